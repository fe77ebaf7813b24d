import type { Request } from 'express';
import { rawBody, readJson } from '../answer';
import { allShops, appOf, type Shop } from '../shops';
import type { World } from '../world';
import type { Refusal } from './envelope';
import { signRequest } from './sign';

/** A call that has passed the gate. */
export type TikTokCall = {
  readonly shopId: string;
  readonly query: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** What the gate says; the shop is told even of a call turned away, when it can be known. */
export type Admission =
  | { readonly call: TikTokCall; readonly shopId: string }
  | { readonly refusal: Refusal; readonly shopId: string | undefined };

const OLDEST_S = 300;
const NEWEST_S = 30;

/** Checks a call as TikTok does. Signatures live by the wall clock, whatever time a shop believes in. */
export function admit(world: World, req: Request): Admission {
  const query = queryOf(req);
  const token = req.get('x-tts-access-token');
  const isForShop = !req.path.startsWith('/authorization/');
  const cipher = query['shop_cipher'];
  const shop = allShops(world).find((one) => (isForShop ? one.cipher === cipher : one.accessToken === token));
  const refusal =
    timestampRefusal(query) ??
    signRefusal(world, req, query) ??
    tokenRefusal(world, token) ??
    cipherRefusal(query, isForShop);
  if (refusal !== undefined) return { refusal, shopId: shop?.id };
  if (shop === undefined || shop.accessToken !== token) return { refusal: MISMATCH, shopId: shop?.id };
  return readCall(req, shop, query);
}

const MISMATCH: Refusal = { code: 101000, message: 'The access token does not match the shop_cipher', status: 401 };

function readCall(req: Request, shop: Shop, query: Record<string, string>): Admission {
  const body = readJson(rawBody(req));
  if (!body.ok) return { refusal: { code: 36009023, message: 'Body is not valid JSON', status: 400 }, shopId: shop.id };
  const params = Object.fromEntries(Object.entries(req.params).map(([key, value]) => [key, String(value)]));
  return { call: { shopId: shop.id, query, params, body: body.value }, shopId: shop.id };
}

function timestampRefusal(query: Record<string, string>): Refusal | undefined {
  const timestamp = query['timestamp'] ?? '';
  const ageS = Math.floor(Date.now() / 1000) - Number(timestamp);
  if (/^\d{10}$/.test(timestamp) && ageS <= OLDEST_S && ageS >= -NEWEST_S) return undefined;
  return { code: 36009004, message: 'Invalid timestamp', status: 400 };
}

function signRefusal(world: World, req: Request, query: Record<string, string>): Refusal | undefined {
  const app = appOf(world);
  const sign = signRequest(app.appSecret, { path: req.path, query, body: rawBody(req) });
  if (query['app_key'] === app.appKey && query['sign'] === sign) return undefined;
  return { code: 106001, message: 'Signature is invalid', status: 401 };
}

function tokenRefusal(world: World, token: string | undefined): Refusal | undefined {
  if (allShops(world).some((shop) => shop.accessToken === token)) return undefined;
  return { code: 105002, message: 'Expired credentials, please refresh the access token', status: 401 };
}

function cipherRefusal(query: Record<string, string>, isForShop: boolean): Refusal | undefined {
  if (!isForShop || query['shop_cipher'] !== undefined) return undefined;
  return { code: 106013, message: 'shop_cipher is missing', status: 400 };
}

function queryOf(req: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of new URL(req.originalUrl, 'http://sandbox').searchParams) {
    const earlier = query[key];
    query[key] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return query;
}
