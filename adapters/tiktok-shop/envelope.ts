import { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { HttpAnswer } from '../http';
import { meaningOf, type CodeClass } from './error-codes';

export const PROVIDER = 'TikTok Shop';

const HTTP = { unauthorized: 401, tooMany: 429, serverError: 500, unavailable: 503 } as const;

/** Every answer has this envelope; code 0 is success, under any HTTP status. */
const Envelope = z.looseObject({ code: z.int(), data: z.unknown().optional() });

/** A call about several things answers 0 and tells in its data which of them failed. */
const Partly = z.looseObject({ errors: z.array(z.looseObject({ code: z.coerce.number().catch(-1) })).min(1) });

type Expected<Data> = { call: string; data: z.ZodType<Data> };

/** What an answer says: data, or an error and the class of its code. */
type Read<Data> = { kind: 'data'; data: Data } | { kind: 'error'; error: AdapterError; class: CodeClass | 'unknown' };

const TOO_MANY_CODE = 36009002;

/** Too many calls, whether the status says so or the code alone: whoever counts calls goes by the status. */
export const withTrueStatus = (answer: HttpAnswer): HttpAnswer =>
  codeIn(answer.json) === TOO_MANY_CODE ? { ...answer, status: HTTP.tooMany } : answer;

/** A group of codes about the token; of those that are known, one is about its scope instead. */
const TOKEN_CODES = /^105\d{3}$/;

/** Whether a newer token could help. */
export function isTokenError(
  { class: ofCode, error }: Extract<Read<unknown>, { kind: 'error' }>,
  answer: HttpAnswer,
): boolean {
  if (ofCode === 'expired') return true;
  if (answer.status !== HTTP.unauthorized) return false;
  if (ofCode === 'unknown') return TOKEN_CODES.test(error.code);
  // The code of every wrong parameter is said of the text of a token too.
  const { message } = (answer.json ?? {}) as { message?: unknown };
  return ofCode === 'request' && /token/i.test(String(message));
}

/** Reads an answer of TikTok Shop's. The platform's own words stay behind: they may repeat an address or a token. */
export function readEnvelope<Data>(expected: Expected<Data>, answer: HttpAnswer, isWrite: boolean): Read<Data> {
  const fail = (outcome: AdapterOutcome, code: string, ofCode: CodeClass | 'unknown' = 'unknown'): Read<Data> => ({
    kind: 'error',
    class: ofCode,
    error: new AdapterError(outcome, {
      provider: PROVIDER,
      call: expected.call,
      code,
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    }),
  });
  const early = ofStatus(answer.status);
  const code = codeIn(answer.json);
  if (early !== undefined) return fail(early, String(code ?? `HTTP ${answer.status}`), classOf(code));
  // A gateway's page instead of an answer says nothing of what happened behind it.
  if (code === undefined) return fail(withoutEnvelope(answer.status, isWrite), `HTTP ${answer.status}`);
  const verdict = outcomeOf(code, answer.status, isWrite);
  if (verdict !== 'ok') return fail(verdict, String(code), classOf(code));
  const data = expected.data.safeParse((answer.json as { data?: unknown }).data ?? {});
  if (data.success) return { kind: 'data', data: data.data };
  return fail(isWrite ? 'outcomeUnknown' : 'bug', `answer at ${data.error.issues[0]?.path.join('.') ?? ''}`);
}

/** Too many and out of service are said before anything is looked at: nothing was done. */
const ofStatus = (status: number): AdapterOutcome | undefined =>
  status === HTTP.tooMany || status === HTTP.unavailable ? 'retryLater' : undefined;

const classOf = (code: number | undefined): CodeClass | 'unknown' =>
  (code === undefined ? undefined : meaningOf(code)?.class) ?? 'unknown';

/** The code of the whole, or the first one inside an answer that did a part only; undefined where it is no answer. */
function codeIn(json: unknown): number | undefined {
  const envelope = Envelope.safeParse(json).data;
  if (envelope === undefined || envelope.code !== 0) return envelope?.code;
  return Partly.safeParse(envelope.data).data?.errors[0]?.code ?? 0;
}

function withoutEnvelope(status: number, isWrite: boolean): AdapterOutcome {
  if (status === HTTP.unauthorized) return 'auth';
  return isWrite ? 'outcomeUnknown' : 'retryLater';
}

function outcomeOf(code: number, status: number, isWrite: boolean): AdapterOutcome | 'ok' {
  const meaning = meaningOf(code);
  if (meaning !== undefined) return isWrite ? meaning.write : meaning.read;
  if (status === HTTP.unauthorized) return 'auth';
  if (!isWrite) return 'retryLater';
  return status >= HTTP.serverError ? 'outcomeUnknown' : 'refused';
}
