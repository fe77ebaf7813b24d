import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { AdapterError } from '../../../contracts/adapter-error';
import { gatedCall } from '../../gate';
import { callOnce } from '../../http';
import { accessTokens } from '../access-tokens';
import { callWithToken, patienceOf, type BearerAccount } from '../bearer-call';
import type { AccountAt } from '../provider';
import { PROVIDER, upsErrorOf } from './errors';
import { Token } from './wire';

export type UpsAt = AccountAt<'ups'>;

const READ_DEADLINE_MS = 10_000;
/** A purchase: shorter than the activity's own limit, longer than UPS usually takes. */
const WRITE_DEADLINE_MS = 30_000;

const tokens = accessTokens();

export type UpsCall<T> = {
  call: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** It spends money or changes something there. */
  isWrite?: true;
  answer: z.ZodType<T>;
};

/**
 * Makes one call to UPS.
 * @throws AdapterError; its `code` is UPS's own, or `not found`.
 */
export const callUps = <T>(at: UpsAt, asked: UpsCall<T>): Promise<T> => {
  const { path, body, isWrite = false, ...rest } = asked;
  return callWithToken(accountOf(at), {
    ...rest,
    isWrite,
    url: `${at.account.baseUrl}${path}`,
    headers: {
      // For UPS's own tracing; two calls with one id are two calls.
      transId: randomUUID().replaceAll('-', ''),
      transactionSrc: 'shipclock',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    deadlineMs: isWrite ? WRITE_DEADLINE_MS : READ_DEADLINE_MS,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

/** Whether UPS takes our keys: a token is asked for, unless there is one. */
export const checkUps = async (at: UpsAt): Promise<void> => {
  await tokens.get(keyOf(at), () => askToken(at));
};

const accountOf = (at: UpsAt): BearerAccount => ({
  provider: PROVIDER,
  wire: at.wire,
  shop: at.shop,
  errorOf: upsErrorOf,
  lettingIn: async () => ({ authorization: `Bearer ${await tokens.get(keyOf(at), () => askToken(at))}` }),
  turnedAway: ({ authorization = '' }) => tokens.drop(keyOf(at), authorization.replace('Bearer ', '')),
});

/** A secret that was changed must not be answered with a token that was got by the old one. */
const keyOf = ({ account: { baseUrl, clientId, clientSecret } }: UpsAt): string =>
  JSON.stringify([baseUrl, clientId, clientSecret]);

/** At UPS itself tokens are given beside the API, not under it (UPS OAuth Client Credentials, servers). */
const tokenUrlOf = (baseUrl: string): string =>
  `${baseUrl.replace(/(\.ups\.com)\/api\/?$/, '$1')}/security/v1/oauth/token`;

async function askToken(at: UpsAt): Promise<{ token: string; livesMs: number }> {
  const { account, shop, wire } = at;
  const from = { provider: PROVIDER, call: 'token' };
  const client = Buffer.from(`${account.clientId}:${account.clientSecret}`).toString('base64');
  const answer = await gatedCall(wire.gate, { ...from, shopId: shop.id }, () =>
    callOnce({
      ...from,
      url: tokenUrlOf(account.baseUrl),
      method: 'POST',
      headers: { authorization: `Basic ${client}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      isWrite: false,
      deadlineMs: READ_DEADLINE_MS,
    }),
  );
  const read = answer.status < 300 ? Token.safeParse(answer.json).data : undefined;
  const outcome = [400, 401, 403].includes(answer.status) ? 'auth' : 'retryLater';
  wire.count?.(PROVIDER, from.call, read === undefined ? outcome : 'ok');
  if (read !== undefined) return { token: read.access_token, livesMs: read.expires_in * 1_000 };
  throw new AdapterError(outcome, { ...from, code: `HTTP ${answer.status}`, ...patienceOf(answer) });
}
