import type { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { gatedCall } from '../gate';
import { callOnce, type HttpAnswer, type HttpCall } from '../http';
import type { CarrierWire } from './provider';

/** What the calls of one account have in common. */
export type BearerAccount = {
  provider: string;
  wire: CarrierWire;
  shop: Shop;
  /** Headers that let a call in. */
  lettingIn: (call: BearerCall<unknown>) => Promise<Record<string, string>>;
  /** Told that what `lettingIn` gave was turned away. */
  turnedAway: (headers: Record<string, string>) => void;
  /** What an answer that is no success means. Its `code` is the provider's own, never its text. */
  errorOf: (answer: HttpAnswer, call: { call: string; isWrite: boolean }) => AdapterError;
};

export type BearerCall<T> = {
  /** Its name, for the gate, the metrics and errors. */
  call: string;
  method: HttpCall['method'];
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** It spends money or changes something there. */
  isWrite: boolean;
  deadlineMs: number;
  answer: z.ZodType<T>;
  /** What is read of an answer, where it is not its JSON. */
  read?: (answer: HttpAnswer) => unknown;
};

const UNAUTHORIZED = 401;
const FIRST_NO_SUCCESS = 300;

/**
 * Makes one call that a token lets in. One that was turned away at the door with 401 did nothing, so the token is renewed once and
 * the call made once more; nothing else is ever repeated here.
 * @throws AdapterError and nothing else.
 */
export async function callWithToken<T>(account: BearerAccount, call: BearerCall<T>): Promise<T> {
  const { wire, provider } = account;
  try {
    const first = await askOnce(account, call);
    const read = first.answer.status === UNAUTHORIZED ? await again(account, call, first.headers) : first.answer;
    const value = valueOf(account, call, read);
    wire.count?.(provider, call.call, 'ok');
    return value;
  } catch (error) {
    wire.count?.(provider, call.call, error instanceof AdapterError ? error.outcome : 'bug');
    throw error;
  }
}

type Asked = { answer: HttpAnswer; headers: Record<string, string> };

async function again<T>(
  account: BearerAccount,
  call: BearerCall<T>,
  headers: Record<string, string>,
): Promise<HttpAnswer> {
  account.turnedAway(headers);
  return (await askOnce(account, call)).answer;
}

async function askOnce<T>(account: BearerAccount, call: BearerCall<T>): Promise<Asked> {
  const { wire, shop, provider } = account;
  const headers = await account.lettingIn(call);
  // After the token, so that nothing lies between the look at the switches and the write; outside the gate, which would count a
  // switch that is off as an outage.
  if (call.isWrite) await assertMayWrite(account, call);
  const key = { provider, shopId: shop.id, call: call.call };
  const { method, url, body, isWrite, deadlineMs } = call;
  const request: HttpCall = {
    ...{ provider, call: call.call, method, url, isWrite, deadlineMs },
    headers: { accept: 'application/json', ...call.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  };
  return { answer: await gatedCall(wire.gate, key, () => callOnce(request)), headers };
}

/** Where nobody can say how the switches stand, nothing is written now. */
async function assertMayWrite({ wire, shop, provider }: BearerAccount, { call }: BearerCall<unknown>): Promise<void> {
  try {
    await wire.mayWrite?.(shop);
  } catch (error) {
    if (error instanceof AdapterError) throw error;
    throw new AdapterError('retryLater', { provider, call, code: 'switches not read' });
  }
}

function valueOf<T>(account: BearerAccount, call: BearerCall<T>, answer: HttpAnswer): T {
  const { provider } = account;
  if (answer.status >= FIRST_NO_SUCCESS) throw account.errorOf(answer, call);
  const read = call.answer.safeParse(call.read === undefined ? answer.json : call.read(answer));
  if (read.success) return read.data;
  // A success that cannot be read says nothing of what was done.
  const code = `answer at ${read.error.issues[0]?.path.join('.') ?? ''}`;
  throw new AdapterError(call.isWrite ? 'outcomeUnknown' : 'retryLater', { provider, call: call.call, code });
}

/** How long an answer asks us to wait, for an error. */
export const patienceOf = ({ retryAfterMs }: HttpAnswer): { retryAfterMs?: number } =>
  retryAfterMs === undefined ? {} : { retryAfterMs };

/** What a status means where no code says more. `refused` is left to a body that can be read: a gateway's page decides nothing. */
export function outcomeOfStatus(status: number, isWrite: boolean, hasCode: boolean): AdapterOutcome {
  if (status === 429) return 'retryLater';
  if (status === UNAUTHORIZED || status === 403) return 'auth';
  if (status === 402) return 'unfunded';
  if (status >= 500 || status === 408 || !hasCode) return isWrite ? 'outcomeUnknown' : 'retryLater';
  return 'refused';
}
