import type { Client } from '@temporalio/client';
import type { Accounts } from '../activities/account-ports';
import type { ShopDirectory } from '../adapters/document-store/shops';
import type { TokenStore } from '../adapters/document-store/tokens';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { updateAccount } from '../engine/shop-accounts';
import { connected, renewToken } from '../workflows/messages-account';

type Ref = { client: Client; taskQueue: string };

/** An account that takes longer than this to renew a token is asked again with the next attempt of the step. */
const ANSWER_WITHIN_MS = 15_000;

/** How a step comes by a newer token. The store is read first: another step may have asked a moment ago. */
export function renewalBy(
  { client, taskQueue }: Ref,
  { findShop, tokens }: { findShop: ShopDirectory; tokens: TokenStore },
): (shop: Shop) => Promise<Shop | undefined> {
  return async ({ id: shopId, platform: { tokenVersion: seenVersion } }) => {
    const kept = await tokens.read(shopId);
    // A shop whose token was never of ours to renew, such as the sandbox's own.
    if (kept === undefined || 'purged' in kept) return undefined;
    if (kept.version <= seenVersion) {
      const order = { update: renewToken, input: { seenVersion } };
      await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
        updateAccount(client, { taskQueue, shopId }, order),
      );
    }
    return findShop.findFresh(shopId);
  };
}

/** How a shop's account is told by the step that connects it. */
export const accountsOf = ({ client, taskQueue }: Ref): Accounts => ({
  connected: async (shopId, news) => {
    try {
      await updateAccount(client, { taskQueue, shopId }, { update: connected, input: news });
    } catch (error) {
      throw new AdapterError('retryLater', { provider: 'account', call: 'connected', code: nameOf(error) });
    }
  },
});

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
