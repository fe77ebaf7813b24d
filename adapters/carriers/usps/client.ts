import type { z } from 'zod';
import { AdapterError } from '../../../contracts/adapter-error';
import { callOnce, type HttpAnswer } from '../../http';
import { gatedCall } from '../../gate';
import { accessTokens } from '../access-tokens';
import { callWithToken, patienceOf, type BearerAccount } from '../bearer-call';
import type { AccountAt } from '../provider';
import { PROVIDER, uspsErrorOf } from './errors';
import { PaymentAuthorization, Token } from './wire';

export type UspsAt = AccountAt<'usps'>;

const READ_DEADLINE_MS = 10_000;
/** A purchase or a form: shorter than the activity's own limit, longer than USPS usually takes. */
const WRITE_DEADLINE_MS = 30_000;
/** Published: 8 hours. */
const PAYMENT_LIVES_MS = 8 * 3_600_000;

const PAYMENT_HEADER = 'x-payment-authorization-token';

/** USPS counts requests of all kinds by the hour, askings for tokens among them: one for many. */
const tokens = accessTokens();
const payments = accessTokens();

export type UspsCall<T> = {
  call: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** It spends money or changes something there. */
  isWrite?: true;
  /** It is about a label: who pays must be shown. */
  isPaid?: true;
  answer: z.ZodType<T>;
  read?: (answer: HttpAnswer) => unknown;
};

/**
 * Makes one call to USPS.
 * @throws AdapterError; a clear no is one whose `code` is of USPS's error inventory.
 */
export const callUsps = <T>(at: UspsAt, asked: UspsCall<T>): Promise<T> => {
  const { call, path, body, isPaid, isWrite = false, ...rest } = asked;
  return callWithToken(accountOf(at, isPaid === true), {
    ...rest,
    ...{ call, isWrite },
    url: `${at.account.baseUrl}${path}`,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...asked.headers },
    deadlineMs: isWrite ? WRITE_DEADLINE_MS : READ_DEADLINE_MS,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

/** Whether USPS takes our keys: a token is asked for, unless there is one. */
export const checkUsps = async (at: UspsAt): Promise<void> => {
  await tokens.get(keyOf(at), () => askToken(at));
};

const accountOf = (at: UspsAt, isPaid: boolean): BearerAccount => ({
  provider: PROVIDER,
  wire: at.wire,
  shop: at.shop,
  errorOf: uspsErrorOf,
  lettingIn: async () => {
    const authorization = `Bearer ${await tokens.get(keyOf(at), () => askToken(at))}`;
    if (!isPaid) return { authorization };
    return { authorization, [PAYMENT_HEADER]: await payments.get(keyOf(at), () => askPayment(at)) };
  },
  turnedAway: ({ authorization = '', [PAYMENT_HEADER]: payment = '' }) => {
    tokens.drop(keyOf(at), authorization.replace('Bearer ', ''));
    payments.drop(keyOf(at), payment);
  },
});

/** A secret that was changed must not be answered with a token that was got by the old one. */
const keyOf = ({ account }: UspsAt): string =>
  JSON.stringify([account.baseUrl, account.clientId, account.clientSecret, account.accountNumber]);

async function askToken(at: UspsAt): Promise<{ token: string; livesMs: number }> {
  const { account, shop, wire } = at;
  const from = { provider: PROVIDER, call: 'token' };
  const answer = await gatedCall(wire.gate, { ...from, shopId: shop.id }, () =>
    callOnce({
      ...from,
      url: `${account.baseUrl}/oauth2/v3/token`,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        client_id: account.clientId,
        client_secret: account.clientSecret,
        grant_type: 'client_credentials',
      }),
      isWrite: false,
      deadlineMs: READ_DEADLINE_MS,
    }),
  );
  const read = answer.status < 300 ? Token.safeParse(answer.json).data : undefined;
  wire.count?.(PROVIDER, from.call, read === undefined ? outcomeOfToken(answer.status) : 'ok');
  if (read !== undefined) return { token: read.access_token, livesMs: read.expires_in * 1_000 };
  throw new AdapterError(outcomeOfToken(answer.status), {
    ...{ ...from, code: `HTTP ${answer.status}` },
    ...patienceOf(answer),
  });
}

/** OAuth says 400 or 401 of a client that it does not know (RFC 6749, section 5.2). */
const outcomeOfToken = (status: number): 'auth' | 'retryLater' =>
  [400, 401, 403].includes(status) ? 'auth' : 'retryLater';

async function askPayment(at: UspsAt): Promise<{ token: string; livesMs: number }> {
  const { crid: CRID, mid: MID, manifestMid: manifestMID, accountNumber } = at.account;
  const party = { CRID, MID, manifestMID };
  const roles = [
    { roleName: 'PAYER', ...party, accountType: 'EPS', accountNumber },
    { roleName: 'LABEL_OWNER', ...party },
  ];
  const { paymentAuthorizationToken: token } = await callUsps(at, {
    call: 'paymentAuthorization',
    method: 'POST',
    path: '/payments/v3/payment-authorization',
    body: { roles },
    answer: PaymentAuthorization,
  });
  return { token, livesMs: PAYMENT_LIVES_MS };
}
