import { ApplicationFailure } from '@temporalio/common';
import { shopKey } from '../contracts/shop';
import type { ConsentAnswer } from '../domain/account/connect';
import { accountFailures } from '../words/account';
import { accountFailureOf, isRefused } from './account-failure';
import type { AccountPorts, PlatformApp } from './account-ports';
import { pairOf } from './token-pair';
import { keepConsent, readCode, readConsent, type Consented } from './connect-documents';
import { platformAppOf } from './platform-app';

/**
 * Turns the code of a consent into tokens, which stay in the vault, and tells the shops that they are for. A code is good once:
 * what it brought is kept before anything else is asked.
 * @throws where it may succeed another time.
 */
export async function exchangeCode(ports: AccountPorts, { state }: { state: string }): Promise<ConsentAnswer> {
  const app = await platformAppOf(ports);
  if (app === undefined) throw ApplicationFailure.retryable(accountFailures.noApp, 'auth');
  try {
    const { pair } = (await readConsent(ports, state)) ?? (await exchange(ports, app, state)) ?? {};
    if (pair === undefined) return { kind: 'refused' };
    const shops = await ports.platformAuth.authorizedShops(app, pair.accessToken);
    await keepConsent(ports, state, { pair, shops });
    const known = await Promise.all(shops.map(({ id }) => ports.documents.get(shopKey(id))));
    return {
      kind: 'shops',
      shops: shops.map(({ id, name, region }, index) => ({ id, name, region, isKnown: known[index] !== undefined })),
    };
  } catch (error) {
    if (isRefused(error)) return { kind: 'refused' };
    throw accountFailureOf(error);
  }
}

async function exchange(ports: AccountPorts, app: PlatformApp, state: string): Promise<Consented | undefined> {
  const code = await readCode(ports, state);
  if (code === undefined) return undefined;
  const consented = { pair: pairOf(await ports.platformAuth.exchangeCode(app, code)) };
  await keepConsent(ports, state, consented);
  return consented;
}
