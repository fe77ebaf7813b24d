import type { OrderNotice, TrackingNotice } from '../../domain/order/event';
import type { PlatformStatus } from '../../domain/order/facts';
import { rankOf } from '../../domain/order/milestones';
import type { TrackingMeaning } from '../../domain/order/state';
import type { PersonsOrderInput } from '../messages';

/**
 * Shape guards of everything that anyone may send to an order, written by hand because they must never throw: one message that
 * throws in a handler stops the order for ever, and a schema library costs half a megabyte per open order.
 */

/** Clocks differ by seconds; a carrier gets its zone wrong by hours. What is dated further ahead is not believed. */
const MOST_AHEAD_MS = 10 * 60_000;
/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;

const MEANINGS: Record<TrackingMeaning, true> = {
  none: true,
  labelCreated: true,
  accepted: true,
  inTransit: true,
  outForDelivery: true,
  delivered: true,
  returned: true,
  lost: true,
  exception: true,
};

const VIAS: readonly string[] = ['webhook', 'api', 'sweep'] satisfies OrderNotice['via'][];

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LAST_INSTANT_MS;

const isAhead = (at: number): boolean => at > Date.now() + MOST_AHEAD_MS;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isStatus = (value: unknown): value is PlatformStatus =>
  typeof value === 'string' && rankOf(value as PlatformStatus) >= 0;

/** The notice, with nothing in it that we did not name; undefined if it is none. */
export function readOrderNotice(message: unknown): OrderNotice | undefined {
  const { at, status, via } = fieldsOf(message);
  if (!isInstant(at) || typeof via !== 'string' || !VIAS.includes(via)) return undefined;
  if (status !== undefined && !isStatus(status)) return undefined;
  // A word from the future would make every later word look old: the order is read instead.
  if (isAhead(at)) return { at: Date.now(), via: via as OrderNotice['via'] };
  return { at, via: via as OrderNotice['via'], ...(status === undefined ? {} : { status }) };
}

export function readTrackingNotice(message: unknown): TrackingNotice | undefined {
  const { at, trackingNumber, meaning } = fieldsOf(message);
  if (!isInstant(at) || !isText(trackingNumber, 64)) return undefined;
  if (typeof meaning !== 'string' || !Object.hasOwn(MEANINGS, meaning)) return undefined;
  return { at: isAhead(at) ? Date.now() : at, trackingNumber, meaning: meaning as TrackingMeaning };
}

/** The order, or the name of the field that is wrong. */
export function readPersonsOrder(message: unknown): PersonsOrderInput | string {
  const { actor, bodyHash, key } = fieldsOf(message);
  if (!isText(actor, 128)) return 'actor';
  if (!isText(bodyHash, 128)) return 'bodyHash';
  if (key !== undefined && !isText(key, 255)) return 'key';
  return { actor, bodyHash, ...(key === undefined ? {} : { key }) };
}
