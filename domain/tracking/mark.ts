import type { TrackingMeaning } from '../order/state';
import type { TrackingEvent } from './event';

/**
 * Where a parcel stands by all that its carrier told of it so far, in whatever order that came. Instants are epoch milliseconds.
 */
export type TrackingMark = {
  /** The event's own time, by which it stands there. */
  at: number;
  meaning: TrackingMeaning;
  /** The earliest event that proves that the carrier has the piece. */
  acceptedAt?: number;
  /** The earliest acceptance at the origin, which the scan of a form may have caused. */
  originAt?: number;
};

/** Under which key a parcel's mark is kept. The number must be one that may stand in a key. */
export const trackingMarkKey = (shopId: string, trackingNumber: string): string =>
  `tracking/${shopId}/${trackingNumber}`;

/**
 * How far each meaning reaches. A step is never taken back by one below it, whatever its time: labels are made known late,
 * a form's scan is dated after the piece's own, and what was delivered is delivered. Meanings of one step go by their time.
 */
const STEPS: Readonly<Record<TrackingMeaning, number>> = {
  none: 0,
  labelCreated: 1,
  originAccepted: 2,
  accepted: 3,
  inTransit: 3,
  outForDelivery: 3,
  exception: 3,
  lost: 4,
  returned: 5,
  delivered: 5,
};

/** Of two events of one step and one instant: which of them stands. */
const AT_ONE_INSTANT: readonly TrackingMeaning[] = [
  'accepted',
  'inTransit',
  'outForDelivery',
  'exception',
  'returned',
  'delivered',
];

/**
 * The end of a parcel's way: the first word of it stands. What is delivered after a return is delivered to the sender. What was lost
 * may be found, and then be delivered or returned.
 */
const isTerminal = (meaning: TrackingMeaning): boolean => STEPS[meaning] >= STEPS.lost;

const PROVES_POSSESSION: readonly TrackingMeaning[] = [
  'accepted',
  'inTransit',
  'outForDelivery',
  'returned',
  'delivered',
];

const NO_NEWS: TrackingMeaning = 'labelCreated';

/**
 * Folds events into what is known of a parcel. Which of two events stands is an order without ties or circles, and each first
 * time is a minimum: so the mark is the same in whatever order, and however often, the events come.
 *
 * @returns `tell`: the events that change something, in the order of their times; `mark`: what is known then, undefined while
 * nothing is. An event that means nothing is never told, and that the carrier knows of a label is nothing that an order does not
 * know: each telling costs it three events of its history.
 */
export function changesOf(
  known: TrackingMark | undefined,
  events: readonly TrackingEvent[],
): { tell: TrackingEvent[]; mark: TrackingMark | undefined } {
  const tell: TrackingEvent[] = [];
  let mark = known;
  for (const event of [...events].filter(({ meaning }) => meaning !== 'none').sort(byTime)) {
    const next = folded(mark, event);
    if (isNews(mark, next) && event.meaning !== NO_NEWS) tell.push(event);
    mark = next;
  }
  return { tell, mark };
}

/** Two marks that say the same: nothing has to be written down. */
export const isSameMark = (one: TrackingMark | undefined, other: TrackingMark | undefined): boolean =>
  one?.at === other?.at && !isNews(one, other);

const byTime = (one: TrackingEvent, other: TrackingEvent): number =>
  one.at - other.at || STEPS[one.meaning] - STEPS[other.meaning] || rankOf(one.meaning) - rankOf(other.meaning);

const rankOf = (meaning: TrackingMeaning): number => AT_ONE_INSTANT.indexOf(meaning);

function folded(mark: TrackingMark | undefined, event: TrackingEvent): TrackingMark {
  const { at, meaning } = mark === undefined || standsAbove(event, mark) ? event : mark;
  const acceptedAt = earliest(mark?.acceptedAt, PROVES_POSSESSION.includes(event.meaning) ? event.at : undefined);
  const originAt = earliest(mark?.originAt, event.meaning === 'originAccepted' ? event.at : undefined);
  return {
    at,
    meaning,
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(originAt === undefined ? {} : { originAt }),
  };
}

/** Whether an event takes the place of what stood. */
export function standsAbove(event: TrackingEvent, mark: Pick<TrackingMark, 'at' | 'meaning'>): boolean {
  const step = STEPS[event.meaning] - STEPS[mark.meaning];
  if (step !== 0) return step > 0;
  if (event.at !== mark.at) return isTerminal(event.meaning) ? event.at < mark.at : event.at > mark.at;
  return rankOf(event.meaning) > rankOf(mark.meaning);
}

const earliest = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);

/** A later event of the same meaning is no news; an earlier proof of possession is, because deadlines are met by it. */
const isNews = (before: TrackingMark | undefined, after: TrackingMark | undefined): boolean =>
  before?.meaning !== after?.meaning ||
  before?.acceptedAt !== after?.acceptedAt ||
  before?.originAt !== after?.originAt;

/** Reads a mark as it was kept; one that cannot be read is none, and everything is told again, which does no harm. */
export function readMark(text: string | undefined): TrackingMark | undefined {
  const kept = parsed(text);
  const { at, meaning, acceptedAt, originAt } = kept;
  if (!isInstant(at) || typeof meaning !== 'string' || !Object.hasOwn(STEPS, meaning)) return undefined;
  return {
    at,
    meaning: meaning as TrackingMeaning,
    ...(isInstant(acceptedAt) ? { acceptedAt } : {}),
    ...(isInstant(originAt) ? { originAt } : {}),
  };
}

const isInstant = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

function parsed(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
