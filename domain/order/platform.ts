import type { Answer, OrderNotice } from './event';
import { adoptTracking } from './adopt';
import { keepAfterSale, noteAfterSale } from './after-sale';
import type { OrderFacts, PlatformStatus } from './facts';
import { firstLookAt } from './look';
import { rankOf } from './milestones';
import { raise, remember, settle } from './record';
import { noteAddress } from './replace';
import { followItems, followParcels } from './parcels';
import { followPlatformTimes } from './platform-times';
import { foldHeard } from './stall';
import { firstPackages, type OrderState } from './state';

/** An order that cannot be read hears no more than this; what it missed it will read. */
const MOST_EARLY_NOTICES = 20;

/**
 * Folds the platform's dated word in by its own time. Its clock has seconds, so two changes may share an instant: then
 * the further one is the later. A newer word that leads back is not believed unread.
 */
export function foldNotice(state: OrderState, notice: OrderNotice): void {
  if (notice.about === 'afterSale') state.askAfterSale = true;
  if (state.facts === undefined) state.early = [...state.early, notice].slice(-MOST_EARLY_NOTICES);
  else if (notice.status === undefined || notice.about !== undefined) state.mustReread = true;
  if (state.facts !== undefined && notice.status !== undefined) foldStatus(state, notice.status, notice);
}

function foldStatus(state: OrderState, status: PlatformStatus, { at, via }: OrderNotice): void {
  const facts = state.facts;
  if (facts === undefined || status === facts.status || at < facts.statusAt) return;
  if (rankOf(status) < rankOf(facts.status)) {
    if (at > facts.statusAt) state.mustReread = true;
    return;
  }
  facts.status = status;
  facts.statusAt = at;
  state.isPaused = false;
  state.look = { fruitless: 0 };
  noteStatus(state);
  // The sweep tells only what no webhook had told.
  if (via === 'sweep') remember(state, { at, what: 'webhookMissed', about: status });
}

function noteStatus(state: OrderState): void {
  const facts = state.facts;
  if (facts === undefined) return;
  remember(state, { at: facts.statusAt, what: `platform.${facts.status}` });
  if (facts.status === 'delivered') state.deliveredAt ??= facts.statusAt;
  // Who cancelled stands only in the order itself.
  if (facts.status === 'cancelled' && facts.cancelledBy === undefined) state.mustReread = true;
}

/** Folds a reading of the order in: the newest word on everything but what is older than a notice we already have. */
export function foldLoaded(state: OrderState, answer: Extract<Answer, { kind: 'loaded' }>, at: number): void {
  const known = state.facts;
  if (known === undefined) state.packages = firstPackages(answer.facts.itemIds);
  const isChanged = takeFacts(state, keepAfterSale(known, answer));
  noteMode(state, answer.mode, at);
  if (answer.plan !== undefined) adoptPlan(state, answer.plan, at);
  if (answer.heardAt !== undefined) foldHeard(state, answer.heardAt, at);
  if (isChanged) noteStatus(state);
  followPlatformTimes(state, timesWith(state, answer.facts.platformTimes));
  noteAfterSale(state, at);
  followItems(state, answer.facts);
  followParcels(state, answer.facts);
  adoptTracking(state, answer.facts);
  noteAddress(state, answer.facts, at);
  // What was said before the first reading counts as far as it is newer.
  for (const notice of state.early.splice(0)) foldNotice(state, notice);
}

/** Whether the reading brought a new status. One that is older than a notice tells all but that. */
function takeFacts(state: OrderState, read: OrderFacts): boolean {
  const known = state.facts;
  if (known !== undefined && read.statusAt < known.statusAt) {
    state.facts = { ...read, status: known.status, statusAt: known.statusAt };
    return false;
  }
  state.facts = read;
  if (known?.status === read.status) return false;
  state.isPaused = false;
  state.look = { fruitless: 0 };
  return true;
}

function adoptPlan(
  state: OrderState,
  plan: NonNullable<Extract<Answer, { kind: 'loaded' }>['plan']>,
  at: number,
): void {
  state.plan = plan;
  remember(state, { at, what: 'planned', about: `${plan.policySet} ${plan.policyVersion}` });
  const lookAt = firstLookAt(state);
  if (lookAt > 0) state.look = { at: lookAt, fruitless: 0 };
  settle(state, 'unknownPolicy');
  // Nobody would be warned of anything.
  if (plan.deadlines.length === 0) raise(state, { kind: 'noRules', at, about: plan.policySet });
}

/** When the platform answers the buyer's request without us is a time that it names, too. */
export const timesWith = (
  { facts }: OrderState,
  platformTimes: OrderFacts['platformTimes'],
): OrderFacts['platformTimes'] => {
  const answerCancelBy = facts?.afterSale?.kind === 'cancel' ? facts.afterSale.answerBy : undefined;
  return answerCancelBy === undefined ? platformTimes : { ...platformTimes, answerCancelBy };
};

/** What its shop lets us do: known by every reading. */
function noteMode(state: OrderState, mode: OrderState['mode'], at: number): void {
  if (mode === undefined) delete state.mode;
  else state.mode = mode;
  const isWaiting = mode === 'assist' && state.approvedBy === undefined && state.facts?.status === 'awaitingShipment';
  if (isWaiting) raise(state, { kind: 'awaitsApproval', at, about: state.orderId });
  else settle(state, 'awaitsApproval');
}
