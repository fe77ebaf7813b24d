import type { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../../../contracts/adapter-error';
import { gatedCall } from '../../gate';
import { callOnce, type HttpAnswer, type HttpCall } from '../../http';
import { ON_A_FORM_UNNAMED } from '../../../words/forms';
import type { AccountAt } from '../provider';
import { spendOnce } from './once';
import { ErrorBody } from './wire';

export const PROVIDER = 'ShipSaving';

const READ_DEADLINE_MS = 10_000;
/** A purchase or a form asks the carrier: shorter than the activity's own limit, longer than the carrier usually takes. */
const CARRIER_DEADLINE_MS = 30_000;

/** One ShipSaving account of a shop. */
export type ShipSavingAt = AccountAt<'shipsaving'>;

/** `spends`: it is a GET, and buys. `isFree`: a POST that changes nothing and may be made again. */
export type ShipSavingCall = {
  call: string;
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  spends?: true;
  isFree?: true;
};

/** How an order number, or a store, that ShipSaving does not know is told. */
export const UNKNOWN_ORDER = 'unknown order or store';

/** How a void is told of a label that was given back before. */
export const VOIDED_ALREADY = 'voided already';

/**
 * What its sentences mean, and the words that are told instead of them: ShipSaving has no codes. The first that fits holds; a
 * sentence that none fits is a clear no. Source: the error examples of its Open API v2.
 */
const SENTENCES: [RegExp, AdapterOutcome, string][] = [
  [/invalid token|account not found/i, 'auth', 'invalid token'],
  [/insufficient|not enough (balance|funds|money)|balance is too low/i, 'unfunded', 'insufficient balance'],
  [/too many requests|rate limit/i, 'retryLater', 'too many requests'],
  [/\brate\b/i, 'reRate', 'rate gone'],
  // Its own words are not published. "Voided or already on a SCAN Form" is as far as any refusal says it.
  [
    /\b(?:already|is|are) (?:[a-z]+ ){0,3}on (?:a|another|an existing) (?:scan ?form|manifest)\b/i,
    'refused',
    ON_A_FORM_UNNAMED,
  ],
  [/order number|store name/i, 'refused', UNKNOWN_ORDER],
  [/tracking code|shipment not found/i, 'refused', 'unknown label'],
  // "Cannot be voided" is the contrary.
  [/\b(?:already (?:been )?|has been |was |is )voided\b/i, 'refused', VOIDED_ALREADY],
];

const BY_STATUS: Readonly<Record<number, AdapterOutcome>> = {
  401: 'auth',
  403: 'auth',
  408: 'outcomeUnknown',
  429: 'retryLater',
};

/** Makes one call. Throws AdapterError and nothing else; neither the account's token nor an answer's own text is in it. */
export async function askShipSaving<T>(at: ShipSavingAt, call: ShipSavingCall, schema: z.ZodType<T>): Promise<T> {
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

async function ask<T>(at: ShipSavingAt, call: ShipSavingCall, schema: z.ZodType<T>): Promise<T> {
  const { wire, shop } = at;
  // Not inside the gate, which would count a switch that is off as an outage.
  if (isWrite(call)) await assertMayWrite(at, call);
  const key = { provider: PROVIDER, shopId: shop.id, call: call.call };
  const request = requestOf(at, call);
  const answer = await gatedCall(wire.gate, key, () => (call.spends ? spendOnce(request) : callOnce(request)));
  const read = answer.status >= 200 && answer.status < 300 ? schema.safeParse(answer.json).data : undefined;
  if (read !== undefined) return read;
  throw errorOf(call, answer);
}

/** Where nobody can say how the switches stand, nothing is written now. */
async function assertMayWrite({ wire, shop }: ShipSavingAt, { call }: ShipSavingCall): Promise<void> {
  try {
    await wire.mayWrite?.(shop);
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    throw new AdapterError('retryLater', { provider: PROVIDER, call, code: 'switches not read' });
  }
}

const isWrite = ({ method, spends, isFree }: ShipSavingCall): boolean =>
  spends === true || (method === 'POST' && isFree !== true);

function requestOf({ account }: ShipSavingAt, call: ShipSavingCall): HttpCall {
  const query = new URLSearchParams({ ...call.query, api_token: account.apiToken });
  return {
    provider: PROVIDER,
    call: call.call,
    url: `${account.baseUrl}${call.path}?${query.toString()}`,
    method: call.method,
    headers: { 'content-type': 'application/json' },
    isWrite: isWrite(call),
    deadlineMs: isWrite(call) ? CARRIER_DEADLINE_MS : READ_DEADLINE_MS,
    ...(call.method === 'POST' ? { body: JSON.stringify(call.body ?? {}) } : {}),
  };
}

function errorOf(call: ShipSavingCall, answer: HttpAnswer): AdapterError {
  const { outcome, code } = sortedOut(answer);
  const known = call.spends || outcome !== 'reRate' ? outcome : 'refused';
  return new AdapterError(known === 'outcomeUnknown' && !isWrite(call) ? 'retryLater' : known, {
    provider: PROVIDER,
    call: call.call,
    code,
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  });
}

type Sorted = { outcome: AdapterOutcome; code: string };

/** Only a sentence of its own under a status of refusal says that nothing was done: a proxy's page says nothing at all. */
function sortedOut({ status, json }: HttpAnswer): Sorted {
  const code = `HTTP ${status}`;
  const byStatus = BY_STATUS[status];
  if (byStatus !== undefined) return { outcome: byStatus, code };
  const message = ErrorBody.safeParse(json).data?.message;
  if (message === undefined || status < 400 || status >= 500) return { outcome: 'outcomeUnknown', code };
  const known = SENTENCES.find(([pattern]) => pattern.test(message));
  return known === undefined ? { outcome: 'refused', code } : { outcome: known[1], code: known[2] };
}
