import type { Request } from 'express';
import { allShops } from '../shops';
import type { World } from '../world';

/** A call whose key has been found to be a shop's. */
export type EasyPostCall = {
  readonly shopId: string;
  readonly query: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** The shop whose API key the call carries, as Basic auth's user with an empty password. */
export function shopOfKey(world: World, req: Request): string | undefined {
  const [scheme, credentials] = (req.get('authorization') ?? '').split(' ');
  if (scheme !== 'Basic' || credentials === undefined) return undefined;
  const key = Buffer.from(credentials, 'base64').toString('utf8').split(':')[0];
  return allShops(world).find(({ easypostApiKey }) => easypostApiKey === key)?.id;
}
