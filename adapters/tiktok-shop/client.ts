import type { z } from 'zod';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { gatedCall, openGate, type CallGate } from '../gate';
import { callOnce, type HttpCall } from '../http';
import { isTokenError, PROVIDER, readEnvelope, withTrueStatus } from './envelope';
import { signedUrl, type Query } from './sign';

const DEADLINE_MS = 10_000;

/** What a call needs beside its shop. */
export type TikTokWire = {
  /** Asks for a newer token pair; undefined where there is none to be had. */
  renew: (shop: Shop) => Promise<Shop | undefined>;
  /**
   * Asked right before a write leaves: between the step's own look at the switches and the write lie further reads, and perhaps a
   * renewal. Throws an AdapterError where the shop may not be written to now.
   */
  mayWrite?: (shop: Shop) => Promise<void>;
  gate: CallGate;
  /** Told of every call: its name and `ok`, or how it failed. */
  count?: (call: string, outcome: string) => void;
};

/** For a shop whose token is not renewed and whose calls are not held up. */
export const PLAIN_WIRE: TikTokWire = { renew: () => Promise.resolve(undefined), gate: openGate };

export type TikTokCall<Data> = {
  call: string;
  method: HttpCall['method'];
  path: string;
  query?: Query;
  body?: unknown;
  /** A search is a POST that only reads. */
  isRead?: true;
  /** It says where we can be reached and changes nothing in the shop: it is made in every mode. */
  isSetup?: true;
  data: z.ZodType<Data>;
};

/**
 * Makes one signed call to TikTok Shop's Open API for one shop. A token that has expired is renewed once, and the call made
 * once more: it was turned away at the door, so nothing was done.
 * @throws AdapterError and nothing else.
 */
export async function callTikTok<Data>(wire: TikTokWire, shop: Shop, call: TikTokCall<Data>): Promise<Data> {
  try {
    const data = await withRenewal(wire, shop, call);
    wire.count?.(call.call, 'ok');
    return data;
  } catch (error) {
    wire.count?.(call.call, error instanceof AdapterError ? error.outcome : 'bug');
    throw error;
  }
}

async function withRenewal<Data>(wire: TikTokWire, shop: Shop, call: TikTokCall<Data>): Promise<Data> {
  const first = await askOnce(wire, shop, call);
  if (first.kind === 'data') return first.data;
  const renewed = first.isExpired ? await renewedOf(wire, shop, call) : undefined;
  if (renewed === undefined || renewed.platform.accessToken === shop.platform.accessToken) throw first.error;
  const second = await askOnce(wire, renewed, call);
  if (second.kind === 'data') return second.data;
  throw second.error;
}

/** Who renews may be out of reach itself: nothing was done, and it may be asked again. */
async function renewedOf(
  wire: TikTokWire,
  shop: Shop,
  { call }: Pick<TikTokCall<unknown>, 'call'>,
): Promise<Shop | undefined> {
  try {
    return await wire.renew(shop);
  } catch (error) {
    throw adapterErrorOf(error, call, 'token not renewed');
  }
}

type Asked<Data> = { kind: 'data'; data: Data } | { kind: 'error'; error: AdapterError; isExpired: boolean };

async function askOnce<Data>(wire: TikTokWire, shop: Shop, call: TikTokCall<Data>): Promise<Asked<Data>> {
  if (shop.platform.accessToken === '') {
    throw new AdapterError('auth', { provider: PROVIDER, call: call.call, code: 'not connected' });
  }
  // Not inside the gate, which would count a switch that is off as an outage; it holds a call up for 2 s at most.
  if (isWrite(call) && call.isSetup !== true) await assertMayWrite(wire, shop, call);
  const key = { provider: PROVIDER, shopId: shop.id, call: call.call };
  const answer = await gatedCall(wire.gate, key, async () => withTrueStatus(await callOnce(requestOf(shop, call))));
  const read = readEnvelope(call, answer, isWrite(call));
  return read.kind === 'data' ? read : { ...read, isExpired: isTokenError(read, answer) };
}

/** Where nobody can say how the switches stand, nothing is written now. */
async function assertMayWrite(
  { mayWrite }: TikTokWire,
  shop: Shop,
  { call }: Pick<TikTokCall<unknown>, 'call'>,
): Promise<void> {
  try {
    await mayWrite?.(shop);
  } catch (error) {
    throw adapterErrorOf(error, call, 'switches not read');
  }
}

const adapterErrorOf = (error: unknown, call: string, code: string): AdapterError =>
  error instanceof AdapterError ? error : new AdapterError('retryLater', { provider: PROVIDER, call, code });

const isWrite = ({ method, isRead }: TikTokCall<unknown>): boolean => method !== 'GET' && isRead !== true;

function requestOf(shop: Shop, call: TikTokCall<unknown>): HttpCall {
  const { baseUrl, appKey, appSecret, accessToken, shopCipher } = shop.platform;
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const query = { ...call.query, app_key: appKey, shop_cipher: shopCipher };
  return {
    provider: PROVIDER,
    call: call.call,
    url: signedUrl({ baseUrl, appSecret }, { path: call.path, query, body }),
    method: call.method,
    headers: { 'x-tts-access-token': accessToken, 'content-type': 'application/json' },
    isWrite: isWrite(call),
    deadlineMs: DEADLINE_MS,
    ...(body === '' ? {} : { body }),
  };
}
