import { z } from 'zod';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { callOnce, type HttpAnswer, type HttpCall } from '../http';
import { callTikTok, type TikTokWire } from './client';
import { PROVIDER, readEnvelope } from './envelope';
import { signedUrl } from './sign';
import { TOPICS } from './topics';
import { SellersShopsData, TokenData, WebhooksData } from './wire';

/** An app in Partner Center, and where its three hosts are. */
export type TikTokApp = {
  baseUrl: string;
  authUrl: string;
  consentBaseUrl: string;
  appKey: string;
  appSecret: string;
  serviceId: string;
};

/** What a seller's consent gives. Instants are epoch milliseconds. */
export type TokenPair = {
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string;
  refreshExpiresAt: number;
  sellerName: string;
  openId: string;
  scopes: string[];
};

/** A shop of a seller that has consented. */
export type AuthorizedShop = {
  id: string;
  name: string;
  region: string;
  /** `LOCAL` or `CROSS_BORDER`. */
  sellerType: string;
  cipher: string;
  code: string;
};

const CONSENT_URL = 'https://services.tiktokshop.com';
const DEADLINE_MS = 10_000;

/** Where a seller consents. `state` comes back with the code. Source: Partner Center, "Seller authorization guide". */
export function consentUrl(wish: { serviceId: string; state: string; baseUrl?: string }): string {
  const query = new URLSearchParams({ service_id: wish.serviceId, state: wish.state });
  return `${wish.baseUrl ?? CONSENT_URL}/open/authorize?${query.toString()}`;
}

/**
 * Turns the code that a consent gave into tokens. A code is good once, within 30 min: where the answer is lost, only another
 * consent helps.
 * @throws AdapterError `refused` where the code is not taken.
 */
export const exchangeCode = (app: TikTokApp, code: string): Promise<TokenPair> =>
  // The word is `authorized_code` and not OAuth's: Partner Center, "Authorization", Get Access Token.
  tokensOf(app, 'exchangeCode', { path: 'get', query: { auth_code: code, grant_type: 'authorized_code' } });

/**
 * A newer pair for a refresh token. The old refresh token may be dead afterwards, whether or not the answer arrives.
 * @throws AdapterError `refused` where the refresh token is dead; `auth` where the app itself is not taken.
 */
export const refreshTokens = (app: TikTokApp, refreshToken: string): Promise<TokenPair> =>
  tokensOf(app, 'refreshTokens', {
    path: 'refresh',
    query: { refresh_token: refreshToken, grant_type: 'refresh_token' },
  });

type TokenCall = { path: 'get' | 'refresh'; query: Record<string, string> };

/** The secrets go in the query, because the platform wants them there: the address must enter no error and no log. */
async function tokensOf(app: TikTokApp, call: string, { path, query }: TokenCall): Promise<TokenPair> {
  const given = new URLSearchParams({ app_key: app.appKey, app_secret: app.appSecret, ...query });
  const url = `${app.authUrl}/api/v2/token/${path}?${given.toString()}`;
  const token = await ask({ call, url, headers: {} }, TokenData);
  return {
    accessToken: token.access_token,
    // Absolute, though their name says otherwise.
    accessExpiresAt: token.access_token_expire_in * 1_000,
    refreshToken: token.refresh_token,
    refreshExpiresAt: token.refresh_token_expire_in * 1_000,
    sellerName: token.seller_name,
    openId: token.open_id,
    scopes: token.granted_scopes,
  };
}

/**
 * The shops of the seller whose token this is.
 * @throws AdapterError `refused` where the token is not taken any more.
 */
export async function authorizedShops(
  app: Pick<TikTokApp, 'baseUrl' | 'appKey' | 'appSecret'>,
  accessToken: string,
): Promise<AuthorizedShop[]> {
  const request = { path: '/authorization/202309/shops', query: { app_key: app.appKey }, body: '' };
  const headers = { 'x-tts-access-token': accessToken, 'content-type': 'application/json' };
  const { shops } = await ask({ call: 'authorizedShops', url: signedUrl(app, request), headers }, SellersShopsData);
  return shops.map(({ id, name, region, seller_type: sellerType, cipher, code }) => ({
    id,
    name,
    region,
    sellerType,
    cipher,
    code,
  }));
}

async function ask<Data>(request: Pick<HttpCall, 'call' | 'url' | 'headers'>, data: z.ZodType<Data>): Promise<Data> {
  const isWrite = request.call !== 'authorizedShops';
  const answer = await callOnce({ ...request, provider: PROVIDER, method: 'GET', isWrite, deadlineMs: DEADLINE_MS });
  const read = readEnvelope({ call: request.call, data }, answer, isWrite);
  if (read.kind === 'data') return read.data;
  const { code } = read.error;
  const isDead = read.class === 'expired' || (isWrite && isNotTaken(request.call, code, answer));
  if (isDead) throw new AdapterError('refused', { provider: PROVIDER, call: request.call, code });
  // Our app's key or secret, which a person puts right: until then no shop has lost its consent.
  if (isApps(request.call, code)) throw new AdapterError('auth', { provider: PROVIDER, call: request.call, code });
  throw read.error;
}

/** Codes of the authorization itself: a code or a refresh token that is wrong, used, or too old. */
const AUTHORIZATION_CODES = /^36004\d{3}$/;
const BAD_PARAMETER = '36009004';

/** The code of every wrong parameter is said of the token and of our app alike: its words tell which. */
const ABOUT_TOKEN: Partial<Record<string, RegExp>> = {
  exchangeCode: /token|auth_code/i,
  refreshTokens: /refresh[ _]?token/i,
};
const ABOUT_APP = /app[ _]?(key|secret)/i;

/** A code or a token that is not taken: asking again cannot help, another consent can. One about the app is the app's own. */
function isNotTaken(call: string, code: string, { json }: HttpAnswer): boolean {
  if (AUTHORIZATION_CODES.test(code)) return true;
  const message = String(((json ?? {}) as { message?: unknown }).message);
  return code === BAD_PARAMETER && !ABOUT_APP.test(message) && ABOUT_TOKEN[call]?.test(message) === true;
}

/** A code is good for half an hour and once; a refresh token is still good when the app is put right. */
const isApps = (call: string, code: string): boolean => call === 'refreshTokens' && code === BAD_PARAMETER;

/** A topic and the address that its webhooks of a shop go to. */
export type RegisteredWebhook = { eventType: string; address: string };

/** Needs the scope `seller.authorization.info`. */
export async function registeredWebhooks(wire: TikTokWire, shop: Shop): Promise<RegisteredWebhook[]> {
  const { webhooks } = await callTikTok(wire, shop, {
    call: 'registeredWebhooks',
    method: 'GET',
    path: '/event/202309/webhooks',
    data: WebhooksData,
  });
  return webhooks.map(({ event_type: eventType, address }) => ({ eventType, address }));
}

/** Has every topic that we take sent to an address of its own below `base`; what stands right already is left alone. */
export async function registerWebhooks(wire: TikTokWire, shop: Shop, base: string): Promise<RegisteredWebhook[]> {
  const before = await registeredWebhooks(wire, shop);
  const wanted = TOPICS.map(({ eventType, slug }) => ({ eventType, address: `${base.replace(/\/$/, '')}/${slug}` }));
  for (const { eventType, address } of wanted) {
    if (before.some((one) => one.eventType === eventType && one.address === address)) continue;
    await callTikTok(wire, shop, {
      call: 'registerWebhook',
      method: 'PUT',
      path: '/event/202309/webhooks',
      body: { event_type: eventType, address },
      isSetup: true,
      data: z.looseObject({}),
    });
  }
  return wanted;
}
