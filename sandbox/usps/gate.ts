import type { Request } from 'express';
import { shopOfToken } from '../carrier-tokens';
import type { World } from '../world';

/** A call whose token has been found to be a shop's. */
export type UspsCall = {
  readonly shopId: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A header of the call, by its name in any case; empty where it is not there. */
  readonly header: (name: string) => string;
};

/** The shop whose access token the call carries. */
export function shopOfBearer(world: World, req: Request): string | undefined {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined) return undefined;
  return shopOfToken(world, token, { provider: 'usps', use: 'access' });
}

/** Whether the call carries a payment authorization of its own shop's. */
export function isPayable(world: World, call: UspsCall): boolean {
  const token = call.header('x-payment-authorization-token');
  return shopOfToken(world, token, { provider: 'usps', use: 'payment' }) === call.shopId;
}
