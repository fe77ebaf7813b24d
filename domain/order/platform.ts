import type { Answer, OrderNotice } from './event';
import type { OrderFacts, PlatformStatus } from './facts';
import { rankOf } from './milestones';
import { raise, remember, settle } from './record';
import { firstPackages, type OrderState } from './state';

/** An order that cannot be read hears no more than this; what it missed it will read. */
const MOST_EARLY_NOTICES = 20;
/** A notice takes a while: reading the order at the very instant of a change would ask twice for one answer. */
const NOTICE_GRACE_MS = 5 * 60_000;

/**
 * Folds the platform's dated word in by its own time. Its clock has seconds, so two changes may share an instant: then
 * the further one is the later. A newer word that leads back is not believed unread.
 */
export function foldNotice(state: OrderState, notice: OrderNotice): void {
  if (state.facts === undefined) state.early = [...state.early, notice].slice(-MOST_EARLY_NOTICES);
  else if (notice.status === undefined) state.mustReread = true;
  else foldStatus(state, notice.status, notice.at);
}

function foldStatus(state: OrderState, status: PlatformStatus, at: number): void {
  const facts = state.facts;
  if (facts === undefined || status === facts.status || at < facts.statusAt) return;
  if (rankOf(status) < rankOf(facts.status)) {
    if (at > facts.statusAt) state.mustReread = true;
    return;
  }
  facts.status = status;
  facts.statusAt = at;
  noteStatus(state);
}

function noteStatus(state: OrderState): void {
  const facts = state.facts;
  if (facts === undefined) return;
  remember(state, { at: facts.statusAt, what: `platform.${facts.status}` });
  if (facts.status === 'delivered') state.deliveredAt ??= facts.statusAt;
  if (rankOf(facts.status) > rankOf('onHold')) delete state.lookAgainAt;
  // Who cancelled stands only in the order itself.
  if (facts.status === 'cancelled' && facts.cancelledBy === undefined) state.mustReread = true;
}

/** Folds a reading of the order in: the newest word on everything but what is older than a notice we already have. */
export function foldLoaded(state: OrderState, answer: Extract<Answer, { kind: 'loaded' }>, at: number): void {
  const known = state.facts;
  const isNews = known === undefined || answer.facts.statusAt >= known.statusAt;
  const isChanged = known?.status !== answer.facts.status;
  state.facts = isNews ? answer.facts : { ...answer.facts, status: known.status, statusAt: known.statusAt };
  if (answer.plan !== undefined) adoptPlan(state, answer.plan, at);
  if (known === undefined) state.packages = firstPackages(answer.facts.itemIds);
  if (isNews && isChanged) noteStatus(state);
  noteCancelRequest(state, at);
  adoptTracking(state, answer.facts);
  // What was said before the first reading counts as far as it is newer.
  for (const notice of state.early.splice(0)) foldNotice(state, notice);
}

function adoptPlan(
  state: OrderState,
  plan: NonNullable<Extract<Answer, { kind: 'loaded' }>['plan']>,
  at: number,
): void {
  state.plan = plan;
  remember(state, { at, what: 'planned', about: `${plan.policySet} ${plan.policyVersion}` });
  const isOnHold = state.facts !== undefined && rankOf(state.facts.status) <= rankOf('onHold');
  if (isOnHold) state.lookAgainAt = plan.holdEndsAt + NOTICE_GRACE_MS;
}

function noteCancelRequest(state: OrderState, at: number): void {
  if (state.facts?.cancelRequested !== true) return settle(state, 'cancelRequested');
  raise(state, { kind: 'cancelRequested', at, about: state.orderId });
}

/** A tracking number that another tool put there is taken as ours, and our own label is never bought (safety rule 3). */
function adoptTracking(state: OrderState, facts: OrderFacts): void {
  if (facts.tracking === undefined) return;
  for (const parcel of Object.values(state.packages)) {
    if (parcel.upload.status === 'done') continue;
    const isOurs = parcel.label.trackingNumber === facts.tracking.number;
    if (!isOurs && parcel.label.status === 'bought') continue;
    if (!isOurs && parcel.label.status === 'unknown') continue;
    if (!isOurs) {
      parcel.label = {
        ...parcel.label,
        status: 'adopted',
        trackingNumber: facts.tracking.number,
        carrier: facts.tracking.carrier,
      };
      remember(state, { at: facts.statusAt, what: 'labelAdopted', about: facts.tracking.number });
    }
    parcel.upload = { status: 'done', at: facts.statusAt };
  }
}
