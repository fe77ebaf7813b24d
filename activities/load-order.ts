import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import type { LabelHandle } from '../domain/order/state';
import type { OrderFacts, Plan } from '../domain/order/facts';
import { planOrder } from '../domain/time/plan';
import { readMark, trackingMarkKey } from '../domain/tracking/mark';
import { holidaysFor, policyFor } from '../policies/us';
import { sorted } from './outcome';
import { noteGroup } from './common-parcel';
import { marked } from './marked';
import type { Platform, Ports } from './ports';
import { isRememberedVoided, ownerOf, rememberedChoice, rememberOwner } from './purchase-documents';
import { dossierKey } from './save-dossier';
import { asConfigured, atWarehouse, labelsFor, shopOf, type About } from './shop-of';

type Input = About & {
  first: boolean;
  plan: boolean;
  /** Look for the buyer's requests too: the order itself tells only that there is one to cancel. */
  afterSale?: true;
  /** Tracking numbers of which it is asked when they were last heard of. */
  heard?: string[];
};

/**
 * Reads an order and, where it has none yet, works out its deadlines. The first reading of a run looks for the dossier first: an
 * order that is over is not begun again when Temporal has forgotten it.
 */
export async function loadOrder(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    if (input.first && (await ports.documents.get(dossierKey(input))) !== undefined) return { kind: 'alreadyClosed' };
    const { shop, platform } = await shopOf(ports, input);
    const order = await platform.readOrder(input.orderId);
    if (order === undefined) return { kind: 'unknownOrder' };
    const facts = await withOwners(ports, { input, shop }, marked(ports, order));
    await noteGroup(ports, shop, { orderId: input.orderId, facts });
    const read = {
      ...(await requestsOf(platform, input, facts)),
      ...(await modeOf(ports, input)),
      ...(await heardOf(ports, input)),
    };
    if (!input.plan) return { kind: 'loaded', ...read };
    const policy = policyFor(shop.policySet, facts.createdAt);
    if (policy === undefined) return { kind: 'unknownPolicy', facts, policySet: shop.policySet };
    const { shop: there, further } = atWarehouse(shop, order.warehouseId);
    const { shipFrom } = there;
    const holidays = holidaysFor(policy);
    const planned = asConfigured(shop, planOrder({ facts, policy, holidays, shipFrom, tzdata: ports.tzdata }));
    const plan = further === undefined ? planned : { ...planned, isFromFurther: true as const };
    return { kind: 'loaded', ...read, plan: isLenient(shop, plan) ? warnedOf(plan) : plan };
  });
}

/** By the marks that webhooks and the daily asking leave: an order is told of what is new alone. */
async function heardOf({ documents }: Ports, { shopId, heard }: Input): Promise<{ heardAt?: Record<string, number> }> {
  if (heard === undefined) return {};
  const marks = await Promise.all(
    heard.map(async (number) => [number, readMark(await documents.get(trackingMarkKey(shopId, number)))?.at] as const),
  );
  return { heardAt: Object.fromEntries(marks.flatMap(([number, at]) => (at === undefined ? [] : [[number, at]]))) };
}

async function modeOf({ standingOf }: Ports, { shopId }: About): Promise<{ mode?: 'watch' | 'assist' }> {
  const { mode } = await standingOf(shopId);
  return mode === 'auto' ? {} : { mode };
}

type Requests = { facts: OrderFacts; hasAskedAfterSale?: true };

/** A shop whose app may not read requests goes on without: the platform refuses a write where one is open. */
async function requestsOf(platform: Platform, { orderId, afterSale }: Input, facts: OrderFacts): Promise<Requests> {
  if (afterSale === undefined && !facts.cancelRequested) return { facts };
  try {
    const open = await platform.readAfterSale(orderId);
    return { facts: open === undefined ? facts : { ...facts, afterSale: open }, hasAskedAfterSale: true };
  } catch (error) {
    if (error instanceof AdapterError && UNREADABLE.includes(error.outcome)) return { facts };
    throw error;
  }
}

const UNREADABLE: readonly AdapterOutcome[] = ['auth', 'refused', 'bug'];

const FIRST_SET = 'seed';

/** The first rule set was read from an old guide; a live shop that names it is late by today's rules before it is warned. */
const isLenient = ({ kind }: Shop, { policySet }: Plan): boolean => kind === 'live' && policySet === FIRST_SET;

const warnedOf = (plan: Plan): Plan => ({ ...plan, flags: [...(plan.flags ?? []), 'lenientRules'] });

/**
 * Whose labels the numbers on the order are. Another tool's is noted, so that the carrier's webhooks find the order; our own is
 * recognised, so that an order that begins anew after a reset can still give it back.
 */
async function withOwners(ports: Ports, about: Owning, facts: OrderFacts): Promise<OrderFacts> {
  const { tracking, parcels } = facts;
  const owned = async <Tracked extends { tracking?: Tracking }>(one: Tracked): Promise<Tracked> =>
    one.tracking === undefined ? one : { ...one, tracking: await withOwner(ports, about, one.tracking) };
  return {
    ...facts,
    ...(tracking === undefined ? {} : { tracking: await withOwner(ports, about, tracking) }),
    ...(parcels === undefined ? {} : { parcels: await Promise.all(parcels.map(owned)) }),
  };
}

type Owning = { input: Input; shop: Shop };
type Tracking = NonNullable<OrderFacts['tracking']>;

async function withOwner(ports: Ports, { input, shop }: Owning, tracking: Tracking): Promise<Tracking> {
  const { shopId, orderId } = input;
  if (!/^[0-9A-Za-z]+$/.test(tracking.number)) return tracking;
  await rememberOwner(ports, tracking.number, { shopId, orderId });
  const { package: parcel, attempt, orderId: buyer } = (await ownerOf(ports, tracking.number)) ?? {};
  // Of a common parcel the order that bought is the owner.
  if (parcel === undefined || attempt === undefined || buyer !== orderId) return tracking;
  const purchase = { shopId, orderId, package: parcel, attempt };
  const chosen = await rememberedChoice(ports, purchase);
  if (chosen === undefined) return tracking;
  const isVoided =
    input.first && ((await isRememberedVoided(ports, purchase)) || (await wasVoided(ports, shop, chosen.handle)));
  return { ...tracking, own: { attempt, handle: chosen.handle, ...(isVoided ? { isVoided } : {}) } };
}

/** An order that begins anew does not know that it had its label's money asked back. */
async function wasVoided(ports: Ports, shop: Shop, handle: LabelHandle): Promise<boolean> {
  if (handle.from === 'platform') return false;
  return (await labelsFor(ports, shop, handle).readShipment(handle.shipmentId))?.isVoided === true;
}
