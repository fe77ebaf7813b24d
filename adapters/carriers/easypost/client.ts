import type { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../../../contracts/adapter-error';
import { gatedCall } from '../../gate';
import { callOnce, type HttpAnswer, type HttpCall } from '../../http';
import type { AccountAt } from '../provider';
import { ErrorBody, Shipment } from './wire';

const PROVIDER = 'EasyPost';
const READ_DEADLINE_MS = 10_000;
/** A purchase or a form asks the carrier: shorter than the activity's own limit, longer than the carrier usually takes. */
const CARRIER_DEADLINE_MS = 30_000;
const ASK_THE_CARRIER: readonly string[] = ['buy', 'createForm', 'buyPickup', 'cancelPickup'];

/** What the codes mean for a retry; the rest is a clear no. Source: EasyPost's list of error codes. */
const OUTCOMES: [RegExp, AdapterOutcome][] = [
  [/^SHIPMENT\.PURCHASE\.IN_PROGRESS$/, 'outcomeUnknown'],
  [/^SHIPMENT\.POSTAGE\.(NO_RESPONSE|TIMED_OUT)$/, 'outcomeUnknown'],
  [/^REFUND\.NO_RESPONSE$/, 'outcomeUnknown'],
  [/^SHIPMENT\.(RATE\.|RATES\.UNAVAILABLE|MISSING_RATE)/, 'reRate'],
  [/^PICKUP\.BUY\.NO_MATCHING_RATES$/, 'reRate'],
  [/^RATE_LIMITED$/, 'retryLater'],
  [/^PAYMENT_REQUIRED$|INSUFFICIENT_(FUNDS|BALANCE)/, 'unfunded'],
  [/^(ADDRESS\.VERIFY\.(UPSTREAM_)?UNAVAILABLE|TRACKER\.RUN\.ERROR)$/, 'retryLater'],
];

const HTTP = {
  unauthorized: 401,
  paymentRequired: 402,
  forbidden: 403,
  timeout: 408,
  tooMany: 429,
  serverError: 500,
} as const;

const BY_STATUS: Readonly<Record<number, AdapterOutcome>> = {
  [HTTP.tooMany]: 'retryLater',
  [HTTP.unauthorized]: 'auth',
  [HTTP.forbidden]: 'auth',
  // Only in EasyPost's own words: a proxy's page says nothing about the account.
  [HTTP.paymentRequired]: 'unfunded',
};

/** One EasyPost account of a shop. */
export type EasyPostAt = AccountAt<'easypost'>;

/** `isFree`: a POST that spends nothing and may be made again: rates, an address, a pickup that is not bought. */
export type EasyPostCall = { call: string; method: 'GET' | 'POST'; path: string; body?: unknown; isFree?: true };

/** Makes one call about a shipment. Throws AdapterError and nothing else; its `code` is EasyPost's own. */
export const callEasyPost = (at: EasyPostAt, call: EasyPostCall): Promise<Shipment> => askEasyPost(at, call, Shipment);

/** Makes one call whose answer has another shape. Throws as `callEasyPost` does. */
export async function askEasyPost<T>(at: EasyPostAt, call: EasyPostCall, schema: z.ZodType<T>): Promise<T> {
  const { wire } = at;
  try {
    const read = await ask(at, call, schema);
    wire.count?.(PROVIDER, call.call, 'ok');
    return read;
  } catch (error) {
    wire.count?.(PROVIDER, call.call, error instanceof AdapterError ? error.outcome : 'bug');
    throw error;
  }
}

async function ask<T>(at: EasyPostAt, call: EasyPostCall, schema: z.ZodType<T>): Promise<T> {
  const { wire, shop } = at;
  const isWrite = call.method === 'POST' && call.isFree !== true;
  // Not inside the gate, which would count a switch that is off as an outage.
  if (isWrite) await assertMayWrite(at, call);
  const key = { provider: PROVIDER, shopId: shop.id, call: call.call };
  const answer = await gatedCall(wire.gate, key, () => callOnce(requestOf(at, call, isWrite)));
  const read = answer.status < 300 ? schema.safeParse(answer.json).data : undefined;
  if (read !== undefined) return read;
  throw errorOf(call, answer, isWrite);
}

/** Where nobody can say how the switches stand, nothing is written now. */
async function assertMayWrite({ wire, shop }: EasyPostAt, { call }: EasyPostCall): Promise<void> {
  try {
    await wire.mayWrite?.(shop);
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    throw new AdapterError('retryLater', { provider: PROVIDER, call, code: 'switches not read' });
  }
}

const requestOf = (
  { account }: EasyPostAt,
  { call, method, path, body }: EasyPostCall,
  isWrite: boolean,
): HttpCall => ({
  provider: PROVIDER,
  call,
  url: `${account.baseUrl}${path}`,
  method,
  headers: {
    authorization: `Basic ${Buffer.from(`${account.apiKey}:`).toString('base64')}`,
    'content-type': 'application/json',
  },
  isWrite,
  deadlineMs: ASK_THE_CARRIER.includes(call) ? CARRIER_DEADLINE_MS : READ_DEADLINE_MS,
  ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
});

function errorOf({ call }: EasyPostCall, answer: HttpAnswer, isWrite: boolean): AdapterError {
  const code = codeOf(answer);
  const outcome = outcomeOf(code, answer.status);
  return new AdapterError(outcome === 'outcomeUnknown' && !isWrite ? 'retryLater' : outcome, {
    provider: PROVIDER,
    call,
    code: code === '' ? `HTTP ${answer.status}` : code,
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

/** Its own code, and nothing that is none: a text may repeat an address. */
function codeOf({ json }: HttpAnswer): string {
  const code = ErrorBody.safeParse(json).data?.error.code ?? '';
  return /^[A-Z0-9_.]{0,80}$/.test(code) ? code : 'unnamed';
}

function outcomeOf(code: string, status: number): AdapterOutcome {
  const byCode = OUTCOMES.find(([pattern]) => pattern.test(code))?.[1];
  if (byCode !== undefined) return byCode;
  const byStatus = BY_STATUS[status];
  if (byStatus !== undefined && (code !== '' || status !== HTTP.paymentRequired)) return byStatus;
  // An answer that is no answer, and every fault of the server, leaves open what was done.
  return status >= HTTP.serverError || status === HTTP.timeout || status < 300 || code === ''
    ? 'outcomeUnknown'
    : 'refused';
}
