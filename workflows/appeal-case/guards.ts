import type { AppealNews, AppealOpening, Recovered } from '../../domain/appeal/appeal';
import type { PersonsAppeal } from '../../domain/appeal/event';

/**
 * Shape guards of everything that anyone may send to a case, written by hand because they must never throw: one message that
 * throws in a handler stops the case for ever.
 */

/** Clocks differ by seconds; what is dated further ahead is not believed. */
const MOST_AHEAD_MS = 10 * 60_000;
/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;
const MOST_TEXT = 256;
const MOST_NOTE = 2_000;

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LAST_INSTANT_MS;

const isText = (value: unknown, most = MOST_TEXT): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

/** The teller's clock may be ahead of ours by what it lived through while it told. */
const notAhead = (at: number): number => (at > Date.now() + MOST_AHEAD_MS ? Date.now() : at);

/** The news, with nothing in it that we did not name; undefined if it is none, or about another case. */
export function readAppealNews(message: unknown, about: CaseRef): AppealNews | undefined {
  const { kind, at, deadline, opening } = fieldsOf(message);
  if (!isInstant(at)) return undefined;
  switch (kind) {
    case 'opened': {
      const read = readOpening(opening, about);
      return read && { kind, at: notAhead(at), opening: read };
    }
    case 'limitBroken':
      return isText(deadline, 64) ? { kind, at: notAhead(at), deadline } : undefined;
    case 'moved':
    case 'over':
      return { kind, at: notAhead(at) };
    default:
      return undefined;
  }
}

type CaseRef = { shopId: string; orderId: string };

const KINDS: readonly unknown[] = ['opened', 'limitBroken', 'moved', 'over'] satisfies AppealNews['kind'][];

/** Whether it says that something happened: what, a case of edition 2 reads in its documents. */
export function isNews(message: unknown): boolean {
  const { kind, at } = fieldsOf(message);
  return KINDS.includes(kind) && isInstant(at);
}

const TEXTS = ['shopId', 'orderId', 'package'] as const;
/** What an order may not know: a case without it is weak, and is a case all the same. */
const LOOSE_TEXTS = ['trackingNumber', 'carrier', 'policySet', 'manifest', 'formId'] as const;

function readOpening(message: unknown, about: CaseRef): AppealOpening | undefined {
  const fields = fieldsOf(message);
  const { scannedAt, stalledAt, shopId, orderId } = fields;
  if ((scannedAt !== undefined && !isInstant(scannedAt)) || !isInstant(stalledAt)) return undefined;
  if (!TEXTS.every((name) => isText(fields[name]))) return undefined;
  if (!LOOSE_TEXTS.every((name) => fields[name] === '' || isText(fields[name]))) return undefined;
  if (shopId !== about.shopId || orderId !== about.orderId) return undefined;
  const text = (name: (typeof TEXTS | typeof LOOSE_TEXTS)[number]): string => String(fields[name]);
  return {
    shopId: about.shopId,
    orderId: about.orderId,
    package: text('package'),
    trackingNumber: text('trackingNumber'),
    carrier: text('carrier'),
    policySet: text('policySet'),
    manifest: text('manifest'),
    formId: text('formId'),
    ...(scannedAt === undefined ? {} : { scannedAt }),
    stalledAt,
    ...causeOf(fields['cause']),
  };
}

const causeOf = (cause: unknown): Pick<AppealOpening, 'cause'> =>
  cause === 'cancelled' || cause === 'lost' || cause === 'notCollected' ? { cause } : {};

type Keys = { key?: string; bodyHash?: string };

/** A person's order as it was read, with the caller's key. */
export type ReadOrder = { order: PersonsAppeal; keys: Keys };

/** SHA-256 in hex. */
const HASH = /^[0-9a-f]{64}$/;
const isHash = (value: unknown): value is string => isText(value) && HASH.test(value);

/** The order, or the name of the field that is wrong. One with its note in itself is read for replays alone. */
export function readAppealAgain(message: unknown): ReadOrder | string {
  const { actor, note, noteHash } = fieldsOf(message);
  const keys = readKeys(message);
  if (typeof keys === 'string') return keys;
  if (!isText(actor, 128)) return 'actor';
  if (isHash(noteHash)) return { order: { verb: 'appealAgain', actor, noteHash }, keys };
  if (noteHash !== undefined || !isText(note, MOST_NOTE)) return 'noteHash';
  return { order: { verb: 'appealAgain', actor, note }, keys };
}

/** The order, or the name of the field that is wrong. */
export function readFileAppeal(message: unknown): ReadOrder | string {
  const { actor, note, noteHash } = fieldsOf(message);
  const keys = readKeys(message);
  if (typeof keys === 'string') return keys;
  if (!isText(actor, 128)) return 'actor';
  if (note !== undefined) return 'note';
  if (noteHash === undefined) return { order: { verb: 'fileAppeal', actor }, keys };
  return isHash(noteHash) ? { order: { verb: 'fileAppeal', actor, noteHash }, keys } : 'noteHash';
}

/** The order, or the name of the field that is wrong. */
export function readRecordDecision(message: unknown): ReadOrder | string {
  const { actor, outcome, at, recovered } = fieldsOf(message);
  const keys = readKeys(message);
  if (typeof keys === 'string') return keys;
  if (!isText(actor, 128)) return 'actor';
  if (outcome !== 'won' && outcome !== 'lost') return 'outcome';
  const read = recovered === undefined ? undefined : readRecovered(recovered);
  if (read === 'recovered') return read;
  const order: Decision = {
    verb: 'recordDecision',
    actor,
    outcome,
    ...(read === undefined ? {} : { recovered: read }),
  };
  if (at === undefined) return { order, keys };
  return isPast(at) ? { order: { ...order, decidedAt: at }, keys } : 'at';
}

/** The order, or the name of the field that is wrong. */
export function readRecordFiling(message: unknown): ReadOrder | string {
  const { actor, caseNumber, filedAt } = fieldsOf(message);
  const keys = readKeys(message);
  if (typeof keys === 'string') return keys;
  if (!isText(actor, 128)) return 'actor';
  if (!isText(caseNumber, 64) || !CASE_NUMBER.test(caseNumber)) return 'caseNumber';
  const order = { verb: 'recordFiling' as const, actor, caseNumber };
  if (filedAt === undefined) return { order, keys };
  return isPast(filedAt) ? { order: { ...order, filedAt }, keys } : 'filedAt';
}

type Decision = Extract<PersonsAppeal, { verb: 'recordDecision' }>;

/** As Seller Center shows numbers; not a place for free text. */
const CASE_NUMBER = /^[A-Za-z0-9][A-Za-z0-9_.:#/-]*$/;

const isPast = (at: unknown): at is number => isInstant(at) && at <= Date.now() + MOST_AHEAD_MS;

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const RECOVERED = ['cents', 'points', 'orders'] as const;

function readRecovered(message: unknown): Recovered | 'recovered' {
  const fields = fieldsOf(message);
  const named = RECOVERED.filter((name) => fields[name] !== undefined);
  if (typeof message !== 'object' || message === null || !named.every((name) => isCount(fields[name]))) {
    return 'recovered';
  }
  return Object.fromEntries(named.map((name) => [name, fields[name]]));
}

function readKeys(message: unknown): Keys | string {
  const { key, bodyHash } = fieldsOf(message);
  if (key !== undefined && !isText(key)) return 'key';
  if (bodyHash !== undefined && !isText(bodyHash, 128)) return 'bodyHash';
  return { ...(key === undefined ? {} : { key }), ...(bodyHash === undefined ? {} : { bodyHash }) };
}
