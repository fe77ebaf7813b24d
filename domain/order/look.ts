import { hasReached, rankOf } from './milestones';
import { isTerminal } from './phase';
import { isMoneyUnknown, isUnrefunded } from './possession';
import { raise } from './record';
import type { Command } from './command';
import type { OrderState } from './state';

/** The first fruitless look is repeated soon, for notices outrun readings by seconds; later ones wait four times as long each. */
const FIRST_LOOK_MS = 15_000;
const FACTOR = 4;
/** How long a cancellation that the platform has taken may stay without effect. */
const PATIENCE_WITH_CANCEL_MS = 24 * 3_600_000;
const MOST_LOOK_MS = 6 * 3_600_000;

/** Whether something is open that only the platform can tell, and that it may never tell by itself. */
function needsLook(state: OrderState): boolean {
  const { facts } = state;
  if (state.isPaused) return true;
  if (facts === undefined) return true;
  if (isTerminal(state.phase)) {
    return isMoneyOpen(state) || (facts.status === 'cancelled' && facts.cancelledBy === undefined);
  }
  return (
    isShippedUnseen(state) ||
    rankOf(facts.status) <= rankOf('onHold') ||
    state.plan === undefined ||
    isAnswerAwaited(state) ||
    isOverdue(state)
  );
}

/** The platform took our cancellation, or our answer to the buyer's, and its effect is still to be seen. */
const isAnswerAwaited = (state: OrderState): boolean =>
  state.cancelSentAt !== undefined || state.cancelAnswer?.outcome === 'sent' || isRequestOpen(state);

/** The buyer may withdraw a request, and the word of it be lost: until the carrier has the parcel it holds everything up. */
const isRequestOpen = (state: OrderState): boolean =>
  state.edition >= 3 &&
  (state.facts?.cancelRequested === true || state.facts?.afterSale !== undefined) &&
  !hasReached(state, 'inTransit');

/** Money that may be spent, or could not be had back, keeps an order that is over where people look. */
const isMoneyOpen = (state: OrderState): boolean =>
  Object.values(state.packages).some((parcel) => isMoneyUnknown(parcel) || isUnrefunded(parcel));

/** The platform has a tracking number and it is not from us: whose it is stands only in the order itself. */
const isShippedUnseen = (state: OrderState): boolean =>
  hasReached(state, 'awaitingCollection') &&
  isSentByUs(state) &&
  state.facts?.tracking === undefined &&
  Object.values(state.packages).some(({ upload }) => upload.status !== 'done') &&
  !Object.values(state.outstanding).some(({ kind }) => putsNumberThere(state).includes(kind));

const isSentByUs = ({ facts, edition }: OrderState): boolean =>
  edition >= 2 ? facts?.fulfilledBy === 'seller' : facts?.shippingType === 'seller';

/** Where the platform ships, it is the purchase that puts the number there. */
const putsNumberThere = ({ edition }: OrderState): Command['kind'][] =>
  edition >= 2 ? ['uploadTracking', 'buyLabel'] : ['uploadTracking'];

/** A limit passed unmet: the platform cancels in its own time, and its notice may be lost. */
const isOverdue = (state: OrderState): boolean =>
  (state.plan?.deadlines ?? []).some(
    ({ name, severity }) => severity === 'limit' && state.fired.includes(name) && state.met[name] === undefined,
  );

/** A notice takes a while: reading the order at the very instant of a change would ask twice for one answer. */
const NOTICE_GRACE_MS = 5 * 60_000;

/** When the buyer's hold ends; that of a pre-order when it is released. */
export const holdEndsAt = ({ plan, facts, edition }: OrderState): number =>
  Math.max(plan?.holdEndsAt ?? 0, edition >= 2 ? (facts?.releaseAt ?? 0) : 0);

/** Until the hold is over there is nothing to look for: a pre-order waits for weeks and makes no call. */
export function firstLookAt(state: OrderState): number {
  const isOnHold = state.facts !== undefined && rankOf(state.facts.status) <= rankOf('onHold') && !state.isPaused;
  return isOnHold && state.plan !== undefined ? holdEndsAt(state) + NOTICE_GRACE_MS : 0;
}

/** Keeps exactly one look on the agenda while there is a need, and none when there is not. */
export function keepLooking(state: OrderState, now: number): void {
  // A look that is being taken is judged when it has brought its answer.
  if (state.mustReread || Object.values(state.outstanding).some(({ kind }) => kind === 'loadOrder')) return;
  if (state.ended !== undefined || !needsLook(state)) {
    // The count stays until there is news: a lag that comes back after every look is waited for longer each time.
    delete state.look.at;
    return;
  }
  if (state.look.at !== undefined) return;
  const waitMs = Math.min(FIRST_LOOK_MS * FACTOR ** state.look.fruitless, MOST_LOOK_MS);
  state.look = {
    at: Math.max(now + waitMs, state.edition >= 2 ? firstLookAt(state) : 0),
    fruitless: state.look.fruitless + 1,
  };
}

/** The time has come: the order is read again, and what was paused may be tried again after that. */
export function lookAgain(state: OrderState, now: number): void {
  delete state.look.at;
  state.mustReread = true;
  state.isPaused = false;
  if (state.cancelSentAt === undefined || now - state.cancelSentAt < PATIENCE_WITH_CANCEL_MS) return;
  // The platform took it and did nothing: people may order it again, or let the order go on.
  delete state.cancelSentAt;
  delete state.cancelAskedBy;
  raise(state, { kind: 'cancelRefused', at: now, about: state.orderId });
}
