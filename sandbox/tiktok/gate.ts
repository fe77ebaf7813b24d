import type { Request, RequestHandler } from 'express';
import { type Answer, rawBody, readJson, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { Fault, FaultRoute } from '../faults';
import { allShops, appOf, findShop, type Shop } from '../shops';
import { watch } from '../traffic';
import type { World } from '../world';
import { accessInForce, type Token } from './auth-tokens';
import { failure, type Refusal } from './envelope';
import { tiktokInstead } from './instead';
import { limitRefusal } from './limits';
import { signRequest } from './sign';

/** A call that has passed the gate. */
export type TikTokCall = {
  readonly shopId: string;
  /** All shops that the token serves: a call without a cipher is about the seller. */
  readonly shopIds: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** What the gate says; the shop is told even of a call turned away, when it can be known. */
type Admission =
  | { readonly call: TikTokCall; readonly shopId: string }
  | { readonly refusal: Refusal; readonly shopId: string | undefined };

const OLDEST_S = 300;
const NEWEST_S = 30;

/** Answers a call that passes the gate, through the faults that lie on its route. */
export function gated(
  world: World,
  work: (world: World, call: TikTokCall) => Answer,
  route: FaultRoute,
): RequestHandler {
  return async (req, res) => {
    const admission = admit(world, req);
    if (admission.shopId !== undefined) watch(world, admission.shopId, { req, res });
    if ('refusal' in admission) {
      send(res, failure(admission.refusal));
      return;
    }
    const { call, shopId } = admission;
    const instead = (fault: Fault): Answer => tiktokInstead(world, call, fault);
    await answerThroughFaults(world, { shopId, route, res, instead }, () => work(world, call));
  };
}

/** Checks a call as TikTok does. Signatures live by the wall clock, whatever time a shop believes in. */
function admit(world: World, req: Request): Admission {
  const query = queryOf(req);
  const token = accessInForce(world, req.get('x-tts-access-token'));
  const shop = isAboutSeller(req) ? firstShopOf(world, token) : shopOfCipher(world, query['shop_cipher']);
  const refusal =
    timestampRefusal(query) ?? signRefusal(world, req, query) ?? consentRefusal({ req, query, token, shop });
  if (refusal !== undefined || token === undefined || shop === undefined)
    return { refusal: refusal ?? MISMATCH, shopId: shop?.id };
  const tooMany = limitRefusal(world, shop.id);
  return tooMany === undefined ? readCall(req, { shop, token, query }) : { refusal: tooMany, shopId: shop.id };
}

type Claim = {
  readonly req: Request;
  readonly query: Record<string, string>;
  readonly token: Token | undefined;
  readonly shop: Shop | undefined;
};

/** Whether the seller consented, and for this shop. */
function consentRefusal({ req, query, token, shop }: Claim): Refusal | undefined {
  if (token === undefined) return EXPIRED;
  if (!isAboutSeller(req) && query['shop_cipher'] === undefined) return NO_CIPHER;
  return shop !== undefined && token.shopIds.includes(shop.id) ? undefined : MISMATCH;
}

/** These calls name no shop: they are about all that the token serves. */
function isAboutSeller(req: Request): boolean {
  return req.path.startsWith('/authorization/');
}

function shopOfCipher(world: World, cipher: string | undefined): Shop | undefined {
  return allShops(world).find((shop) => shop.cipher === cipher);
}

function firstShopOf(world: World, token: Token | undefined): Shop | undefined {
  return token?.shopIds.map((id) => findShop(world, id)).find((shop) => shop !== undefined);
}

const EXPIRED: Refusal = { code: 105002, message: 'Expired credentials, please refresh the access token', status: 401 };

const NO_CIPHER: Refusal = { code: 106013, message: 'shop_cipher is missing', status: 400 };
const MISMATCH: Refusal = { code: 101000, message: 'The access token does not match the shop_cipher', status: 401 };

type Caller = { readonly shop: Shop; readonly token: Token; readonly query: Record<string, string> };

function readCall(req: Request, { shop, token, query }: Caller): Admission {
  const body = readJson(rawBody(req));
  if (!body.ok) return { refusal: { code: 36009023, message: 'Body is not valid JSON', status: 400 }, shopId: shop.id };
  const params = Object.fromEntries(Object.entries(req.params).map(([key, value]) => [key, String(value)]));
  const { shopIds } = token;
  return { call: { shopId: shop.id, shopIds, query, params, body: body.value }, shopId: shop.id };
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

function queryOf(req: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of new URL(req.originalUrl, 'http://sandbox').searchParams) {
    const earlier = query[key];
    query[key] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return query;
}
