import { nowOf } from './clock';
import { hex } from './ids';
import { carrierKeysOf, allShops } from './shops';
import { standingOf } from './carrier-accounts';
import type { World } from './world';

/** What a token lets its bearer do: call, or, at USPS, have labels paid. */
type TokenUse = 'access' | 'payment';

/** A token that a carrier gave out. */
export type CarrierToken = {
  readonly provider: 'ups' | 'usps';
  readonly use: TokenUse;
  readonly shopId: string;
  /** Epoch milliseconds on the shop's clock. */
  readonly expiresAt: number;
};

/** Gives out a token. */
export function grantToken(world: World, token: CarrierToken): string {
  const text = hex(64);
  world.state.carrierTokens.put('', text, token);
  return text;
}

/** The shop of a token that holds, on the shop's own clock, for this carrier and this use. */
export function shopOfToken(
  world: World,
  text: string,
  { provider, use }: Pick<CarrierToken, 'provider' | 'use'>,
): string | undefined {
  const token = world.state.carrierTokens.get('', text);
  if (token?.provider !== provider || token.use !== use) return undefined;
  const isOpen = nowOf(world, token.shopId) < token.expiresAt && !standingOf(world, token.shopId, provider).isDead;
  return isOpen ? token.shopId : undefined;
}

/** The shop whose client id and secret these are at a carrier. */
export function shopOfClient(
  world: World,
  provider: 'ups' | 'usps',
  client: { readonly clientId: string; readonly clientSecret: string },
): string | undefined {
  const shop = allShops(world).find((one) => {
    const keys = carrierKeysOf(world, one)[provider];
    return keys.clientId === client.clientId && keys.clientSecret === client.clientSecret;
  });
  return shop === undefined || standingOf(world, shop.id, provider).isDead ? undefined : shop.id;
}
