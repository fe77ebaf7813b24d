import type { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { callOnce, type HttpAnswer } from '../http';
import { signRequest } from './sign';
import { Envelope } from './wire';

const PROVIDER = 'TikTok Shop';
const DEADLINE_MS = 10_000;
const HTTP_TOO_MANY = 429;
const HTTP_SERVER_ERROR = 500;

/** Codes that mean something to us; the rest of a write is a clear no, the rest of a read is asked again. Source: facts, 6. */
const OUTCOME_OF_CODE: Partial<Record<number, AdapterOutcome>> = {
  36009002: 'retryLater',
  36009003: 'outcomeUnknown',
  36009007: 'outcomeUnknown',
  10006402: 'outcomeUnknown',
  12001000: 'outcomeUnknown',
  12052881: 'outcomeUnknown',
  33001002: 'outcomeUnknown',
  36009004: 'bug',
  36009009: 'bug',
  36009010: 'bug',
  36009014: 'bug',
  36009022: 'bug',
  36009023: 'bug',
  21001001: 'bug',
  21008111: 'bug',
  21011005: 'bug',
  25001021: 'bug',
  105002: 'auth',
  105005: 'auth',
  101000: 'auth',
  106001: 'auth',
  106013: 'auth',
  10008: 'auth',
  21008106: 'auth',
  36009033: 'auth',
  36009043: 'auth',
  36009044: 'auth',
};

export type TikTokCall<Data> = {
  call: string;
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  data: z.ZodType<Data>;
};

/** Makes one signed call to TikTok Shop's Open API for one shop. Throws AdapterError and nothing else. */
export async function callTikTok<Data>(shop: Shop, call: TikTokCall<Data>): Promise<Data> {
  const { baseUrl, appKey, appSecret, accessToken, shopCipher } = shop.platform;
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const query = {
    ...call.query,
    app_key: appKey,
    shop_cipher: shopCipher,
    // The platform checks this against the wall clock, whatever time the order lives in.
    timestamp: String(Math.floor(Date.now() / 1_000)),
  };
  const sign = signRequest(appSecret, { path: call.path, query, body });
  const answer = await callOnce({
    provider: PROVIDER,
    call: call.call,
    url: `${baseUrl}${call.path}?${new URLSearchParams({ ...query, sign }).toString()}`,
    method: call.method,
    headers: { 'x-tts-access-token': accessToken, 'content-type': 'application/json' },
    isWrite: call.method === 'POST',
    deadlineMs: DEADLINE_MS,
    ...(body === '' ? {} : { body }),
  });
  return dataOf(call, answer);
}

function dataOf<Data>(call: TikTokCall<Data>, answer: HttpAnswer): Data {
  const isWrite = call.method === 'POST';
  const envelope = Envelope.safeParse(answer.json).data;
  const fail = (outcome: AdapterOutcome, code: string): AdapterError =>
    new AdapterError(outcome, {
      provider: PROVIDER,
      call: call.call,
      code,
      ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
    });
  if (answer.status === HTTP_TOO_MANY) throw fail('retryLater', String(HTTP_TOO_MANY));
  // A gateway's page instead of an answer says nothing of what happened behind it.
  if (envelope === undefined) throw fail(isWrite ? 'outcomeUnknown' : 'retryLater', `HTTP ${answer.status}`);
  if (envelope.code !== 0) throw fail(outcomeOf(envelope.code, answer.status, isWrite), String(envelope.code));
  const data = call.data.safeParse(envelope.data ?? {});
  if (!data.success)
    throw fail(isWrite ? 'outcomeUnknown' : 'bug', `answer at ${data.error.issues[0]?.path.join('.') ?? ''}`);
  return data.data;
}

function outcomeOf(code: number, status: number, isWrite: boolean): AdapterOutcome {
  const known = OUTCOME_OF_CODE[code] ?? (status >= HTTP_SERVER_ERROR ? 'outcomeUnknown' : undefined);
  if (known === undefined) return isWrite ? 'refused' : 'retryLater';
  return known === 'outcomeUnknown' && !isWrite ? 'retryLater' : known;
}
