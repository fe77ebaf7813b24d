import type { AccountNews, Connected, ShopMode } from '../../domain/account/account';
import type { RenewTokenInput, SwitchModeInput, SwitchWritesInput } from '../messages-account';

/**
 * Shape guards of everything that anyone may send to an account, written by hand because they must never throw: one message
 * that throws in a handler would let a shop's tokens die.
 */

/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;
const MOST_VERSIONS = 1_000_000_000;
const LONGEST_ACTOR = 128;

const MODES: Record<ShopMode, true> = { watch: true, assist: true, auto: true };

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;

const isInstant = (value: unknown): value is number => isCount(value, LAST_INSTANT_MS) && value > 0;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isMode = (value: unknown): value is ShopMode => typeof value === 'string' && Object.hasOwn(MODES, value);

const isOptional = <Value>(value: unknown, is: (value: unknown) => value is Value): value is Value | undefined =>
  value === undefined || is(value);

/** The news, with nothing in it that we did not name; undefined if it is none. */
export function readAccountNews(message: unknown): AccountNews | undefined {
  const { kind, at, expiresAt } = fieldsOf(message);
  if (!isInstant(at)) return undefined;
  if (kind === 'deauthorised') return { kind, at };
  return kind === 'expiring' && isInstant(expiresAt) ? { kind, at, expiresAt } : undefined;
}

/** The question, or the name of the field that is wrong. */
export function readRenewInput(message: unknown): RenewTokenInput | string {
  const { seenVersion } = fieldsOf(message);
  return isCount(seenVersion, MOST_VERSIONS) ? { seenVersion } : 'seenVersion';
}

type Keyed = Pick<SwitchModeInput, 'actor' | 'bodyHash' | 'key'>;

function readKeyed(message: unknown): Keyed | string {
  const { actor, bodyHash, key } = fieldsOf(message);
  if (!isText(actor, LONGEST_ACTOR)) return 'actor';
  if (!isOptional(bodyHash, (value): value is string => isText(value, 128))) return 'bodyHash';
  if (!isOptional(key, (value): value is string => isText(value, 255))) return 'key';
  return { actor, ...(bodyHash === undefined ? {} : { bodyHash }), ...(key === undefined ? {} : { key }) };
}

export function readModeInput(message: unknown): SwitchModeInput | string {
  const keyed = readKeyed(message);
  if (typeof keyed === 'string') return keyed;
  const { mode } = fieldsOf(message);
  return isMode(mode) ? { ...keyed, mode } : 'mode';
}

export function readWritesInput(message: unknown): SwitchWritesInput | string {
  const keyed = readKeyed(message);
  if (typeof keyed === 'string') return keyed;
  const { writes } = fieldsOf(message);
  return writes === 'on' || writes === 'off' ? { ...keyed, writes } : 'writes';
}

export function readConnected(message: unknown): Connected | string {
  const { tokenVersion, accessExpiresAt, refreshExpiresAt, mode, at } = fieldsOf(message);
  if (!isCount(tokenVersion, MOST_VERSIONS)) return 'tokenVersion';
  if (!isInstant(accessExpiresAt)) return 'accessExpiresAt';
  if (!isInstant(refreshExpiresAt)) return 'refreshExpiresAt';
  if (!isOptional(mode, isMode)) return 'mode';
  if (!isInstant(at)) return 'at';
  return { tokenVersion, accessExpiresAt, refreshExpiresAt, at, ...(mode === undefined ? {} : { mode }) };
}
