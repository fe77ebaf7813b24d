import { z } from 'zod';
import { type Answer, json } from '../answer';
import { grantToken, shopOfClient } from '../carrier-tokens';
import { nowOf } from '../clock';
import { carrierKeysOf, findShop } from '../shops';
import type { World } from '../world';
import type { UspsCall } from './gate';
import { refused } from './wire';

const Client = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.literal('client_credentials'),
});

/** USPS's published life of both tokens is 8 hours; an access token's is told a second short of it. */
const LIFE_SECONDS = 28_799;
const PAYMENT_LIFE_MS = 28_800_000;

/** The shop of a token request's client, if its id and secret are right. */
export function shopOfRequest(world: World, body: unknown): string | undefined {
  const client = Client.safeParse(body);
  if (!client.success) return undefined;
  const { client_id: clientId, client_secret: clientSecret } = client.data;
  return shopOfClient(world, 'usps', { clientId, clientSecret });
}

/** What OAuth says of a client that is not known (RFC 6749, section 5.2). */
export const WRONG_CLIENT: Answer = json(401, {
  error: 'invalid_client',
  error_description: 'The client credentials are invalid.',
});

/** Gives out an access token. */
export function accessToken(world: World, shopId: string): Answer {
  const now = nowOf(world, shopId);
  const expiresAt = now + LIFE_SECONDS * 1000;
  return json(200, {
    access_token: grantToken(world, { provider: 'usps', use: 'access', shopId, expiresAt }),
    token_type: 'Bearer',
    issued_at: now,
    expires_in: LIFE_SECONDS,
    status: 'approved',
    scope: 'domestic-prices labels payments scan-forms shipments tracking carrier-pickup',
    issuer: 'sandbox',
    client_id: 'sandbox',
  });
}

const Role = z.looseObject({
  roleName: z.string(),
  CRID: z.string().optional(),
  MID: z.string().optional(),
  manifestMID: z.string().optional(),
  accountType: z.string().optional(),
  accountNumber: z.string().optional(),
});
const Parties = z.object({ roles: z.array(Role).min(1) });

const PAYMENTS = '/payments/v3';

/** Gives out a payment authorization to the account's own parties: who pays, and whose label it is. */
export function paymentAuthorization(world: World, { shopId, body }: UspsCall): Answer {
  const parties = Parties.safeParse(body);
  const shop = findShop(world, shopId);
  if (!parties.success || shop === undefined)
    return refused(PAYMENTS, 400, { code: '010005', detail: 'The roles are missing or incomplete.' });
  const keys = carrierKeysOf(world, shop).usps;
  const isOwn = (name: string): boolean =>
    parties.data.roles.some((role) => role.roleName === name && role.CRID === keys.crid && role.MID === keys.mid);
  const payer = parties.data.roles.find(({ roleName }) => roleName === 'PAYER');
  if (!isOwn('PAYER') || !isOwn('LABEL_OWNER') || payer?.accountNumber !== keys.accountNumber)
    return refused(PAYMENTS, 403, { code: '403', detail: 'The account is not enrolled for these parties.' });
  const expiresAt = nowOf(world, shopId) + PAYMENT_LIFE_MS;
  const paymentAuthorizationToken = grantToken(world, { provider: 'usps', use: 'payment', shopId, expiresAt });
  return json(200, { paymentAuthorizationToken, roles: parties.data.roles });
}
