import type { Alert, AlertNews } from '../../domain/alerts/alert';
import type { AcknowledgeInput, AlertListInput } from '../messages-alerts';

/**
 * Shape guards of everything that anyone may send to a desk, written by hand because they must never throw: one message that
 * throws in a handler stops the alerts of a whole shop.
 */

/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;
const LONGEST_KEY = 255;
const LONGEST_NAME = 64;
const LONGEST_ACTOR = 128;
/** What is longer is cut: every alert is carried from run to run. */
const LONGEST_DETAIL = 200;

const KINDS: readonly string[] = ['deadline', 'task', 'drift'] satisfies Alert['kind'][];
const STATES: readonly string[] = ['open', 'acknowledged', 'settled', 'all'] satisfies AlertListInput['state'][];

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isSpan = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LAST_INSTANT_MS;

const isInstant = (value: unknown): value is number => isSpan(value) && value > 0;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

/** The news, with nothing in them that we did not name, and how many of their entries made no sense; undefined if they are none. */
export function readNews(message: unknown): { news: AlertNews; unreadable: number } | undefined {
  const { at, raise, settle } = fieldsOf(message);
  if (!isSpan(at) || !Array.isArray(raise) || !Array.isArray(settle)) return undefined;
  const news = {
    // Who tells only what is settled may have no instant of its own.
    at: at === 0 ? Date.now() : at,
    raise: raise.flatMap((entry: unknown) => readAlert(entry) ?? []),
    settle: settle.filter(isSettleMark),
  };
  // One entry that makes no sense does not silence the others.
  const unreadable = raise.length + settle.length - news.raise.length - news.settle.length;
  return { news, unreadable };
}

/** A mere `*` would settle the whole shop, which no order can mean. */
const isSettleMark = (value: unknown): value is string => isText(value, LONGEST_KEY) && value !== '*';

function readAlert(entry: unknown): Alert | undefined {
  const { key, orderId, kind, about, raisedAt, dueAt, tierMs, detail } = fieldsOf(entry);
  if (!isText(key, LONGEST_KEY) || key.endsWith('*')) return undefined;
  if (!isText(about, LONGEST_NAME) || typeof kind !== 'string' || !KINDS.includes(kind)) return undefined;
  // What is about no single order, such as a day's form, names none.
  if (orderId !== '' && !isText(orderId, LONGEST_NAME)) return undefined;
  if (!isInstant(raisedAt)) return undefined;
  const more = readMore({ dueAt, tierMs, detail });
  return more && { key, orderId, kind: kind as Alert['kind'], about, raisedAt, ...more };
}

function readMore({ dueAt, tierMs, detail }: Fields): Pick<Alert, 'dueAt' | 'tierMs' | 'detail'> | undefined {
  if (dueAt !== undefined && !isInstant(dueAt)) return undefined;
  if (tierMs !== undefined && !isSpan(tierMs)) return undefined;
  if (detail !== undefined && typeof detail !== 'string') return undefined;
  return {
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(tierMs === undefined ? {} : { tierMs }),
    ...(detail === undefined ? {} : { detail: detail.slice(0, LONGEST_DETAIL) }),
  };
}

/** The order, or the name of the field that is wrong. */
export function readAcknowledging(message: unknown): AcknowledgeInput | string {
  const { key, actor } = fieldsOf(message);
  if (!isText(key, LONGEST_KEY)) return 'key';
  if (!isText(actor, LONGEST_ACTOR)) return 'actor';
  return { key, actor };
}

/** Which alerts are asked for; all of them where that is not said, or not understood. */
export function readListState(message: unknown): AlertListInput['state'] {
  const { state } = fieldsOf(message);
  return typeof state === 'string' && STATES.includes(state) ? (state as AlertListInput['state']) : 'all';
}
