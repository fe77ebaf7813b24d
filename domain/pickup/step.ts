import { pickupRefusals, pickupTaskDetail } from '../../words/pickup';
import type { PickupAnswer, PickupCommand, PickupEvent, PickupOrder } from './event';
import type { PickupState, PickupStatus, PickupVerdict } from './state';

/** One turn: the next state, what to begin, and the answers to people, in order. */
export type Turn = { state: PickupState; start: PickupCommand[]; verdicts: PickupVerdict[] };

/** More often than this nobody books one day. */
const MOST_ATTEMPTS = 20;

const UNDER_WAY: readonly PickupStatus[] = ['booking', 'changing', 'cancelling'];

/** Something is being done at the carrier. */
export const isUnderWay = ({ status }: Pick<PickupState, 'status'>): boolean => UNDER_WAY.includes(status);

/** Decides, and does nothing else. */
export function step(before: PickupState, events: readonly PickupEvent[]): Turn {
  const turn: Turn = { state: { ...before, history: [...before.history] }, start: [], verdicts: [] };
  for (const event of events) fold(turn, event);
  end(turn, events.at(-1)?.at ?? 0);
  return turn;
}

function fold(turn: Turn, event: PickupEvent): void {
  const { state } = turn;
  switch (event.kind) {
    case 'opened':
    case 'woke':
      break;
    case 'ordered':
      turn.verdicts.push(follow(turn, event.order, event.at));
      break;
    case 'answered':
      foldAnswer(turn, event.answer, event.at);
      break;
    case 'deskTold':
      state.telling -= 1;
      break;
    case 'badMessage':
      state.unreadable += 1;
      break;
    case 'workflowCancelled':
      state.isCancelAsked = true;
      break;
  }
}

/** Why a person's order cannot be followed now; undefined where it can. */
export function objectionTo(state: PickupState, order: PickupOrder, at: number): string | undefined {
  if (isUnderWay(state)) return pickupRefusals.underWay(state.status);
  if (order.verb === 'cancelPickup')
    return ['booked', 'unclear'].includes(state.status) ? undefined : pickupRefusals.nothingBooked(state.date);
  if (at >= Math.min(order.wish.until, state.endsAt)) return pickupRefusals.past(state.date);
  if (state.attempt >= MOST_ATTEMPTS) return pickupRefusals.tooOften(MOST_ATTEMPTS);
  const isBooked = state.status === 'booked';
  if (order.verb === 'bookPickup') return isBooked ? pickupRefusals.booked(confirmationOf(state)) : undefined;
  return isBooked ? undefined : pickupRefusals.nothingBooked(state.date);
}

const confirmationOf = ({ confirmed }: PickupState): string => confirmed?.confirmation ?? '';

function follow(turn: Turn, order: PickupOrder, at: number): PickupVerdict {
  const { state } = turn;
  const reason = objectionTo(state, order, at);
  if (reason !== undefined) return { accepted: false, reason, at, status: state.status };
  delete state.reason;
  if (state.isOnDesk) tellDesk(turn);
  begin(turn, order, at);
  return { accepted: true, at, status: state.status };
}

function begin(turn: Turn, order: PickupOrder, at: number): void {
  const { state, start } = turn;
  if (order.verb === 'cancelPickup') {
    // Of what is unclear a person who looked it up says that nobody comes: what is written down must say so too.
    start.push({ kind: 'cancel', ...(state.status === 'unclear' ? { isGone: true } : {}) });
    note(state, { at, what: 'cancelling', by: order.actor });
    return;
  }
  state.attempt += 1;
  const isNew = order.verb === 'bookPickup';
  note(state, { at, what: isNew ? 'booking' : 'changing', by: order.actor });
  start.push({ kind: isNew ? 'book' : 'change', attempt: state.attempt, wish: order.wish });
}

function note(state: PickupState, line: PickupState['history'][number]): void {
  state.status = line.what;
  state.history.push(line);
}

function foldAnswer(turn: Turn, answer: PickupAnswer, at: number): void {
  const { state } = turn;
  const before = state.status;
  if (!isUnderWay(state)) return;
  switch (answer.kind) {
    case 'booked': {
      const { confirmation, parcels, window, priceCents } = answer;
      state.confirmed = { confirmation, parcels, window, ...(priceCents === undefined ? {} : { priceCents }) };
      state.confirmedAt = at;
      note(state, { at, what: 'booked', about: confirmation });
      break;
    }
    case 'cancelled':
      delete state.confirmed;
      note(state, { at, what: 'cancelled' });
      break;
    case 'refused':
      foldRefusal(turn, { before, ...answer }, at);
      break;
    case 'unclear':
      foldUnclear(turn, answer.reference, at);
      break;
    case 'failed':
      foldUnclear(turn, answer.type, at);
      break;
  }
}

type Refused = { before: PickupStatus; reason: string; isCancelled?: true };

/** What was booked stays booked where its change or its end was refused. */
function foldRefusal(turn: Turn, { before, reason, isCancelled }: Refused, at: number): void {
  const { state } = turn;
  const stays = before !== 'booking' && isCancelled !== true;
  if (!stays) delete state.confirmed;
  state.reason = reason;
  note(state, { at, what: stays ? 'booked' : 'refused', about: reason });
  tellDesk(turn, { about: 'pickupRefused', detail: pickupTaskDetail.refused(state, reason), attempt: state.attempt });
}

function foldUnclear(turn: Turn, reference: string, at: number): void {
  const { state } = turn;
  note(state, { at, what: 'unclear', about: reference });
  tellDesk(turn, {
    about: 'pickupUnclear',
    detail: pickupTaskDetail.unclear(state, reference),
    attempt: state.attempt,
  });
}

function tellDesk({ state, start }: Turn, raise?: (PickupCommand & { kind: 'tellDesk' })['raise']): void {
  state.isOnDesk = raise !== undefined;
  state.telling += 1;
  start.push({ kind: 'tellDesk', ...(raise === undefined ? {} : { raise }) });
}

/** With its day it is over; what is under way then is taken in first, and its task is nobody's any more. */
function end(turn: Turn, at: number): void {
  const { state } = turn;
  if (at < state.endsAt || isUnderWay(state) || state.endedAt !== undefined) return;
  if (state.isOnDesk) tellDesk(turn);
  if (state.telling === 0) state.endedAt = at;
}
