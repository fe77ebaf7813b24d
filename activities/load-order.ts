import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import type { OrderFacts, Plan } from '../domain/order/facts';
import { planOrder } from '../domain/time/plan';
import { holidaysFor, policyFor } from '../policies/us';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { ownerOf, rememberedHandle, rememberOwner } from './purchase-documents';
import { dossierKey } from './save-dossier';
import { shopOf, type About } from './shop-of';

/**
 * Reads an order and, where it has none yet, works out its deadlines. The first reading of a run looks for the dossier first: an
 * order that is over is not begun again when Temporal has forgotten it.
 */
export async function loadOrder(ports: Ports, input: About & { first: boolean; plan: boolean }): Promise<Answer> {
  return sorted(async () => {
    if (input.first && (await ports.documents.get(dossierKey(input))) !== undefined) return { kind: 'alreadyClosed' };
    const { shop, platform } = await shopOf(ports, input);
    const order = await platform.readOrder(input.orderId);
    if (order === undefined) return { kind: 'unknownOrder' };
    const facts = await withOwner(ports, input, order.facts);
    if (!input.plan) return { kind: 'loaded', facts };
    const policy = policyFor(shop.policySet, facts.createdAt);
    if (policy === undefined) return { kind: 'unknownPolicy', facts, policySet: shop.policySet };
    const { shipFrom } = shop;
    const holidays = holidaysFor(policy);
    const plan = planOrder({ facts, policy, holidays, shipFrom, tzdata: ports.tzdata });
    return { kind: 'loaded', facts, plan: isLenient(shop, plan) ? warnedOf(plan) : plan };
  });
}

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
