import type { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../../../contracts/adapter-error';
import type { Shop } from '../../../contracts/shop';
import { callOnce, type HttpAnswer } from '../../http';
import { ErrorBody, Shipment } from './wire';

const PROVIDER = 'EasyPost';
const READ_DEADLINE_MS = 10_000;
/** A purchase or a form asks the carrier: shorter than the activity's own limit, longer than the carrier usually takes. */
const CARRIER_DEADLINE_MS = 30_000;
const ASK_THE_CARRIER: readonly string[] = ['buy', 'createForm'];

/** What the codes mean for a retry; the rest is a clear no. Source: EasyPost's error list, facts/carriers 1. */
const OUTCOMES: [RegExp, AdapterOutcome][] = [
  [/^SHIPMENT\.PURCHASE\.IN_PROGRESS$/, 'outcomeUnknown'],
  [/^SHIPMENT\.POSTAGE\.(NO_RESPONSE|TIMED_OUT)$/, 'outcomeUnknown'],
  [/^REFUND\.NO_RESPONSE$/, 'outcomeUnknown'],
  [/^SHIPMENT\.(RATE\.|RATES\.UNAVAILABLE|MISSING_RATE)/, 'reRate'],
  [/^RATE_LIMITED$/, 'retryLater'],
];

const HTTP = {
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  timeout: 408,
  tooMany: 429,
  serverError: 500,
} as const;

export type EasyPostCall = { call: string; method: 'GET' | 'POST'; path: string; body?: unknown };

/** Makes one call about a shipment. Throws AdapterError and nothing else; its `code` is EasyPost's own. */
export const callEasyPost = (shop: Shop, call: EasyPostCall): Promise<Shipment> => askEasyPost(shop, call, Shipment);

/** Makes one call whose answer has another shape. Throws as `callEasyPost` does. */
export async function askEasyPost<T>(shop: Shop, call: EasyPostCall, schema: z.ZodType<T>): Promise<T> {
  const isWrite = call.method === 'POST' && call.call !== 'createShipment';
  const answer = await callOnce({
    provider: PROVIDER,
    call: call.call,
    url: `${shop.carrier.baseUrl}${call.path}`,
    method: call.method,
    headers: {
      authorization: `Basic ${Buffer.from(`${shop.carrier.apiKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    isWrite,
    deadlineMs: ASK_THE_CARRIER.includes(call.call) ? CARRIER_DEADLINE_MS : READ_DEADLINE_MS,
    ...(call.method === 'POST' ? { body: JSON.stringify(call.body ?? {}) } : {}),
  });
  const read = answer.status < 300 ? schema.safeParse(answer.json).data : undefined;
  if (read !== undefined) return read;
  throw errorOf(call, answer, isWrite);
}

function errorOf({ call }: EasyPostCall, answer: HttpAnswer, isWrite: boolean): AdapterError {
  const code = ErrorBody.safeParse(answer.json).data?.error.code ?? '';
  const outcome = outcomeOf(code, answer.status);
  return new AdapterError(outcome === 'outcomeUnknown' && !isWrite ? 'retryLater' : outcome, {
    provider: PROVIDER,
    call,
    code: code === '' ? `HTTP ${answer.status}` : code,
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

function outcomeOf(code: string, status: number): AdapterOutcome {
  const byCode = OUTCOMES.find(([pattern]) => pattern.test(code))?.[1];
  if (byCode !== undefined) return byCode;
  if (status === HTTP.tooMany) return 'retryLater';
  if (status === HTTP.unauthorized || status === HTTP.forbidden) return 'auth';
  // An answer that is no answer, and every fault of the server, leaves open what was done.
  return status >= HTTP.serverError || status === HTTP.timeout || status < 300 || code === ''
    ? 'outcomeUnknown'
    : 'refused';
}
