import type { BookPickupInput, CancelPickupInput } from '../messages-pickup';

/**
 * Shape guards of everything that anyone may send to a pickup, written by hand because they must never throw: one message that
 * throws in a handler would leave a booking without anybody who knows of it.
 */

/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;
const LONGEST_WINDOW_MS = 24 * 3_600_000;
const MOST_PARCELS = 9_999;

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= most;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isOptionalText = (value: unknown, most: number): value is string | undefined =>
  value === undefined || isText(value, most);

/** The order, or the name of the field that is wrong. */
export function readCancelInput(message: unknown): CancelPickupInput | string {
  const { actor, bodyHash, key } = fieldsOf(message);
  if (!isText(actor, 128)) return 'actor';
  if (!isOptionalText(bodyHash, 128)) return 'bodyHash';
  if (!isOptionalText(key, 255)) return 'key';
  return { actor, ...(bodyHash === undefined ? {} : { bodyHash }), ...(key === undefined ? {} : { key }) };
}

export function readBookInput(message: unknown): BookPickupInput | string {
  const keyed = readCancelInput(message);
  if (typeof keyed === 'string') return keyed;
  const { from, until, parcels } = fieldsOf(message);
  if (!isCount(from, LAST_INSTANT_MS)) return 'from';
  if (!isCount(until, LAST_INSTANT_MS) || until <= from || until - from > LONGEST_WINDOW_MS) return 'until';
  if (parcels !== undefined && !isCount(parcels, MOST_PARCELS)) return 'parcels';
  return { ...keyed, from, until, ...(parcels === undefined ? {} : { parcels }) };
}
