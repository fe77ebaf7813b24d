import type { Request } from 'express';
import { type Answer, json } from '../answer';
import { grantToken, shopOfClient, shopOfToken } from '../carrier-tokens';
import { nowOf } from '../clock';
import { carrierKeysOf, findShop } from '../shops';
import type { World } from '../world';

/** A call whose token has been found to be a shop's. */
export type UpsCall = {
  readonly shopId: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A header of the call, by its name in any case; empty where it is not there. */
  readonly header: (name: string) => string;
};

/** UPS's tokens live four hours. */
const LIFE_SECONDS = 14_399;

/** The shop whose access token the call carries. */
export function shopOfBearer(world: World, req: Request): string | undefined {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined) return undefined;
  return shopOfToken(world, token, { provider: 'ups', use: 'access' });
}

/** The shop whose client id and secret the call carries, as Basic auth's user and password. */
export function shopOfBasic(world: World, req: Request): string | undefined {
  const [scheme, credentials] = (req.get('authorization') ?? '').split(' ');
  if (scheme !== 'Basic' || credentials === undefined) return undefined;
  const [clientId = '', clientSecret = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  return shopOfClient(world, 'ups', { clientId, clientSecret });
}

/** Gives out an access token. All its numbers are text. */
export function accessToken(world: World, shopId: string): Answer {
  const now = nowOf(world, shopId);
  const expiresAt = now + LIFE_SECONDS * 1000;
  return json(200, {
    token_type: 'Bearer',
    issued_at: String(now),
    client_id: 'sandbox',
    access_token: grantToken(world, { provider: 'ups', use: 'access', shopId, expiresAt }),
    scope: '',
    expires_in: String(LIFE_SECONDS),
    refresh_count: '0',
    status: 'approved',
  });
}

/** The six signs of a shop's account number. */
export function accountOf(world: World, shopId: string): string | undefined {
  const shop = findShop(world, shopId);
  return shop === undefined ? undefined : carrierKeysOf(world, shop).ups.accountNumber;
}
