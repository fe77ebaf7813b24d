import type { Client } from '@temporalio/client';
import type { Accounts } from '../activities/account-ports';
import type { Ports } from '../activities/ports';
import type { ShopDirectory } from '../adapters/document-store/shops';
import type { TokenStore } from '../adapters/document-store/tokens';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { updateAccount } from '../engine/shop-accounts';
import { accountActors } from '../words/account';
import { connected, renewToken, switchMode } from '../workflows/messages-account';

type Ref = { client: Client; taskQueue: string };

/** An account that takes longer than this to renew a token is asked again with the next attempt of the step. */
const ANSWER_WITHIN_MS = 15_000;

type Renewing = { findShop: ShopDirectory; tokens: TokenStore; standingOf: Ports['standingOf'] };

/**
 * How a step comes by a newer token. The store is read first: another step may have asked a moment ago. However many steps of this
 * process are refused with one pair, its account is asked once; that of a shop which is not connected is not asked at all.
 */
export function renewalBy(ref: Ref, sources: Renewing): (shop: Shop) => Promise<Shop | undefined> {
  const underWay = new Map<string, Promise<Shop | undefined>>();
  return ({ id, platform: { tokenVersion } }) => {
    const key = `${id} ${tokenVersion}`;
    const known = underWay.get(key);
    if (known !== undefined) return known;
    const renewal = renew(ref, sources, { shopId: id, seenVersion: tokenVersion }).finally(() => underWay.delete(key));
    underWay.set(key, renewal);
    return renewal;
  };
}

async function renew(
  { client, taskQueue }: Ref,
  { findShop, tokens, standingOf }: Renewing,
  { shopId, seenVersion }: { shopId: string; seenVersion: number },
): Promise<Shop | undefined> {
  const kept = await tokens.read(shopId);
  // A shop whose token was never of ours to renew, such as the sandbox's own.
  if (kept === undefined || 'purged' in kept) return undefined;
  if (kept.version <= seenVersion) {
    // Only its owner can help it: every order of the shop would ask in vain, again and again.
    if ((await standingOf(shopId)).connection !== 'connected') return undefined;
    const order = { update: renewToken, input: { seenVersion } };
    await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => updateAccount(client, { taskQueue, shopId }, order));
  }
  return findShop.findFresh(shopId);
}

/** How a shop's account is told by the step that connects it. */
export const accountsOf = ({ client, taskQueue }: Ref): Accounts => ({
  setMode: (shopId, mode) => {
    const order = { update: switchMode, input: { mode, actor: accountActors.connecting } };
    return told('setMode', updateAccount(client, { taskQueue, shopId }, order));
  },
  connected: (shopId, news) =>
    told('connected', updateAccount(client, { taskQueue, shopId }, { update: connected, input: news })),
});

async function told(call: string, telling: Promise<unknown>): Promise<void> {
  try {
    await telling;
  } catch (error) {
    throw new AdapterError('retryLater', { provider: 'account', call, code: nameOf(error) });
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
