import type { AdapterOutcome } from '../../contracts/adapter-error';

/** What a code of the platform's is about. `ok` is none. */
export type CodeClass =
  | 'ok'
  | 'slow'
  | 'internal'
  | 'request'
  | 'bug'
  | 'config'
  | 'stop'
  | 'expired'
  | 'reread'
  | 'state'
  | 'done'
  | 'human';

/** What a class means for a call that only reads, and for one that writes. */
type CodeMeaning = { class: CodeClass; read: AdapterOutcome | 'ok'; write: AdapterOutcome | 'ok' };

const MEANINGS: Record<CodeClass, Omit<CodeMeaning, 'class'>> = {
  ok: { read: 'ok', write: 'ok' },
  slow: { read: 'retryLater', write: 'retryLater' },
  // It may have been done before the platform stumbled.
  internal: { read: 'retryLater', write: 'outcomeUnknown' },
  request: { read: 'bug', write: 'bug' },
  bug: { read: 'bug', write: 'bug' },
  config: { read: 'auth', write: 'auth' },
  stop: { read: 'auth', write: 'auth' },
  // After the one renewal that the client makes by itself.
  expired: { read: 'auth', write: 'auth' },
  reread: { read: 'stale', write: 'stale' },
  state: { read: 'stale', write: 'stale' },
  // Somebody was faster, perhaps we: whose number stands there is read back.
  done: { read: 'stale', write: 'outcomeUnknown' },
  human: { read: 'refused', write: 'refused' },
};

/**
 * The platform's codes, as far as they are known. Source: Partner Center, "Common errors", "Rate limits" and the error tables
 * of the fulfillment, order and return calls (202309), read 2026-11.
 */
export const CODE_CLASSES: Readonly<Record<number, CodeClass>> = {
  0: 'ok',
  36009002: 'slow',
  36009003: 'internal',
  36009007: 'internal',
  10006402: 'internal',
  12001000: 'internal',
  12052881: 'internal',
  33001002: 'internal',
  // Several meanings: a parameter, the timestamp, the text of the token. None of them is cured by asking again.
  36009004: 'request',
  36009009: 'bug',
  36009010: 'bug',
  36009014: 'bug',
  36009022: 'bug',
  36009023: 'bug',
  21001001: 'bug',
  21008111: 'bug',
  21011005: 'bug',
  25001021: 'bug',
  36009033: 'config',
  105005: 'config',
  101000: 'config',
  106001: 'config',
  106013: 'config',
  10008: 'config',
  21008106: 'config',
  36009043: 'stop',
  36009044: 'stop',
  105002: 'expired',
  21011001: 'reread',
  21011028: 'reread',
  21011004: 'state',
  21011007: 'state',
  21011030: 'state',
  21011035: 'state',
  21011043: 'state',
  21011006: 'done',
  21011022: 'human',
  21011037: 'human',
  21011048: 'human',
  21011050: 'human',
  21011051: 'human',
  21011052: 'human',
};

/** Undefined for a code that is not known. */
export function meaningOf(code: number): CodeMeaning | undefined {
  const ofCode = CODE_CLASSES[code];
  return ofCode && { class: ofCode, ...MEANINGS[ofCode] };
}
