import { type RequestHandler, Router } from 'express';
import { type Answer, send } from '../answer';
import { toSeconds } from '../clock';
import { answerThroughFaults } from '../fault-gate';
import { faultInForce, type FaultRoute } from '../faults';
import { appOf, findShop } from '../shops';
import { watch } from '../traffic';
import type { World } from '../world';
import { askConsent, type ConsentDoor } from './auth-consent';
import {
  codeInForce,
  isInForce,
  refreshPair,
  refreshTokenOf,
  spendCode,
  type Token,
  type TokenPair,
} from './auth-tokens';
import { failure, type Refusal, success, tiktokFault } from './envelope';
import { gated, type TikTokCall } from './gate';

/** How TikTok words a dead code and dead refresh tokens; its pages have no list of them (EcomPHP/tiktokshop-php, pull request 15). */
const BAD_CODE: Refusal = { code: 36004004, message: 'invalid auth code' };
const NO_CONSENT: Refusal = { code: 36004005, message: 'can not find related auth record' };
const TOO_OLD: Refusal = { code: 36004001, message: 'rt has expired' };
const WRONG_APP: Refusal = { code: 36009004, message: 'param app_key or app_secret is invalid' };
const WRONG_GRANT: Refusal = { code: 36009004, message: 'param grant_type is invalid' };

const SCOPES = [
  'seller.authorization.info',
  'seller.order.info',
  'seller.fulfillment.basic',
  'seller.return_refund.basic',
];

/** Consent, tokens and the shops that they serve. In the real world the first three stand on hosts of their own. */
export function authRoutes(world: World): Router {
  const router = Router();
  router.get('/open/authorize', consentDoor(world, 'service_id'));
  router.get('/oauth/authorize', consentDoor(world, 'app_key'));
  router.get('/api/v2/token/get', tokenDoor(world, { route: 'tiktok.tokenGet', read: firstPair }));
  router.get('/api/v2/token/refresh', tokenDoor(world, { route: 'tiktok.tokenRefresh', read: nextPair }));
  router.get('/authorization/202309/shops', gated(world, authorizedShops, 'tiktok.shops'));
  return router;
}

function consentDoor(world: World, door: ConsentDoor): RequestHandler {
  return (req, res) => {
    send(res, askConsent(world, door, queryOf(req.originalUrl)));
  };
}

/** What a token call is about, and its work, which is done only if no fault takes the call away before. */
type TokenCall = { readonly shopIds: readonly string[]; readonly work: () => TokenPair };
type TokenDoor = {
  readonly route: FaultRoute;
  readonly read: (world: World, query: URLSearchParams) => TokenCall | Refusal;
};

/** These calls are not signed: the app's secret itself is in their query. */
function tokenDoor(world: World, { route, read }: TokenDoor): RequestHandler {
  return async (req, res) => {
    const query = queryOf(req.originalUrl);
    const call = wrongApp(world, query) ?? read(world, query);
    if ('code' in call) {
      send(res, failure(call));
      return;
    }
    // Faults are a shop's: of a seller with several shops, the first that has one on this call is met.
    const shopId = call.shopIds.find((one) => faultInForce(world, one, route)) ?? call.shopIds[0] ?? '';
    for (const one of call.shopIds) watch(world, one, { req, res });
    await answerThroughFaults(world, { shopId, route, res, instead: tiktokFault }, () => shownPair(call.work()));
  };
}

function wrongApp(world: World, query: URLSearchParams): Refusal | undefined {
  const { appKey, appSecret } = appOf(world);
  return query.get('app_key') === appKey && query.get('app_secret') === appSecret ? undefined : WRONG_APP;
}

function firstPair(world: World, query: URLSearchParams): TokenCall | Refusal {
  if (query.get('grant_type') !== 'authorized_code') return WRONG_GRANT;
  const code = codeInForce(world, query.get('auth_code') ?? '');
  return code === undefined ? BAD_CODE : { shopIds: code.shopIds, work: () => spendCode(world, code) };
}

/** TikTok's own generated client says `authorized_code` here too; its pages say `refresh_token`, and so do the calls that work. */
function nextPair(world: World, query: URLSearchParams): TokenCall | Refusal {
  if (query.get('grant_type') !== 'refresh_token') return WRONG_GRANT;
  const refresh = refreshTokenOf(world, query.get('refresh_token') ?? '');
  if (refresh === undefined || refresh.isRevoked === true) return NO_CONSENT;
  if (!isInForce(refresh)) return TOO_OLD;
  return { shopIds: refresh.shopIds, work: () => refreshPair(world, refresh) };
}

function shownPair({ access, refresh }: TokenPair): Answer {
  return success({
    access_token: access.text,
    access_token_expire_in: secondsOf(access),
    refresh_token: refresh.text,
    refresh_token_expire_in: secondsOf(refresh),
    open_id: access.openId,
    seller_name: `Sandbox seller ${access.openId.slice(0, 6)}`,
    seller_base_region: 'US',
    user_type: 0,
    granted_scopes: SCOPES,
  });
}

/** Absolute, in spite of the name: the unix second in which the token ends. */
function secondsOf({ expiresAt }: Token): number {
  return toSeconds(expiresAt ?? 0);
}

function authorizedShops(world: World, { shopIds }: TikTokCall): Answer {
  const shops = shopIds.map((id) => ({
    id,
    code: `USSB${id}`,
    name: `Sandbox ${id}`,
    region: 'US',
    seller_type: 'LOCAL',
    cipher: findShop(world, id)?.cipher,
  }));
  return success({ shops });
}

function queryOf(originalUrl: string): URLSearchParams {
  return new URL(originalUrl, 'http://sandbox').searchParams;
}
