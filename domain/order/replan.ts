import type { Plan, PlanBasis } from './facts';
import { hasReached, latestOf } from './milestones';
import { remember } from './record';
import type { OrderState } from './state';

/** Notes when the platform first counted the order as ready: later statuses have times of their own. */
export function noteReady(state: OrderState): void {
  if (state.facts?.status === 'awaitingCollection') state.readyAt ??= state.facts.statusAt;
}

/** What the rules of this order depend on, as it stands now; undefined while nothing was planned. */
function basisNow(state: OrderState): PlanBasis | undefined {
  const { facts, plan, handover, readyAt } = state;
  const planned = plan?.basis;
  if (facts === undefined || planned === undefined) return undefined;
  const packedAt = latestOf(Object.values(state.packages), (parcel) => parcel.packedAt);
  const moments = { packedAt, readyAt, handoverMethod: handover?.method };
  const known = planned.dependsOn.flatMap((name) => (moments[name] === undefined ? [] : [[name, moments[name]]]));
  const { orderType, shippingType, releaseAt, handling, platformTimes } = facts;
  return {
    orderType,
    shippingType,
    ...(releaseAt === undefined ? {} : { releaseAt }),
    ...(handling === undefined ? {} : { handling }),
    ...(Object.fromEntries(known) as Partial<PlanBasis>),
    ...(Object.keys(platformTimes).length === 0 ? {} : { platformTimes }),
    dependsOn: planned.dependsOn,
  };
}

const sorted = (basis: PlanBasis): string => JSON.stringify(Object.entries(basis).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What to plan again from, where that has changed since the order was planned. */
export function changedBasis(state: OrderState): PlanBasis | undefined {
  const now = basisNow(state);
  const before = state.plan?.basis;
  if (now === undefined || before === undefined || sorted(now) === sorted(before)) return undefined;
  // On its way there is nothing more to plan.
  return hasReached(state, 'inTransit') ? undefined : now;
}

/** Takes a new plan over. What was met stays met; a deadline that moved is warned of anew. */
export function replacePlan(state: OrderState, plan: Plan, at: number): void {
  const before = state.plan?.deadlines ?? [];
  const moved = plan.deadlines.filter(
    (deadline) => before.find(({ name }) => name === deadline.name)?.at !== deadline.at,
  );
  const flags = [...new Set([...(state.plan?.flags ?? []), ...(plan.flags ?? [])])];
  state.plan = flags.length === 0 ? plan : { ...plan, flags };
  for (const { name } of moved) forgetWarnings(state, name);
  if (moved.length > 0) remember(state, { at, what: 'plannedAgain', about: moved.map(({ name }) => name).join(', ') });
}

/** Warnings and lateness count anew from a new instant. */
export function forgetWarnings(state: OrderState, name: string): void {
  state.fired = state.fired.filter((mark) => mark !== name && !mark.startsWith(`${name}:`));
  state.attention = state.attention.filter(({ about }) => about !== name);
}
