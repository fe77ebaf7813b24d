import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import type { OrderFacts, Plan } from '../domain/order/facts';
import { planOrder } from '../domain/time/plan';
import { holidaysFor, policyFor } from '../policies/us';
import { sorted } from './outcome';
import { noteGroup } from './common-parcel';
import { marked } from './marked';
import type { Platform, Ports } from './ports';
import { ownerOf, rememberedHandle, rememberOwner } from './purchase-documents';
import { dossierKey } from './save-dossier';
import { asConfigured, shopOf, type About } from './shop-of';

type Input = About & {
  first: boolean;
  plan: boolean;
  /** Look for the buyer's requests too: the order itself tells only that there is one to cancel. */
  afterSale?: true;
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
    const facts = await withOwner(ports, input, marked(ports, order));
    await noteGroup(ports, shop, { orderId: input.orderId, facts });
    const read = { ...(await requestsOf(platform, input, facts)), ...(await modeOf(ports, input)) };
    if (!input.plan) return { kind: 'loaded', ...read };
    const policy = policyFor(shop.policySet, facts.createdAt);
    if (policy === undefined) return { kind: 'unknownPolicy', facts, policySet: shop.policySet };
    const { shipFrom } = shop;
    const holidays = holidaysFor(policy);
    const plan = asConfigured(shop, planOrder({ facts, policy, holidays, shipFrom, tzdata: ports.tzdata }));
    return { kind: 'loaded', ...read, plan: isLenient(shop, plan) ? warnedOf(plan) : plan };
  });
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
 * Whose label the number on the order is. Another tool's is noted, so that the carrier's webhooks find the order; our own is
 * recognised, so that an order that begins anew after a reset can still give it back.
 */
async function withOwner(ports: Ports, { shopId, orderId }: About, facts: OrderFacts): Promise<OrderFacts> {
  const { tracking } = facts;
  if (tracking === undefined || !/^[0-9A-Za-z]+$/.test(tracking.number)) return facts;
  await rememberOwner(ports, tracking.number, { shopId, orderId });
  const { package: parcel, attempt } = (await ownerOf(ports, tracking.number)) ?? {};
  if (parcel === undefined || attempt === undefined) return facts;
  const handle = await rememberedHandle(ports, { shopId, orderId, package: parcel, attempt });
  return handle === undefined ? facts : { ...facts, tracking: { ...tracking, own: { attempt, handle } } };
}
