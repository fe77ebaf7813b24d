import type { Client } from '@temporalio/client';
import type { AllPorts } from '../activities';
import type { PlatformApp, PlatformAuth } from '../activities/account-ports';
import { assertWriting } from '../activities/shop-of';
import { appealDesk } from '../adapters/appeal-desk/http';
import { easyPostForms } from '../adapters/carriers/easypost/forms';
import { easyPost } from '../adapters/carriers/easypost/provider';
import { localDocuments } from '../adapters/document-store/local';
import { shopDirectory } from '../adapters/document-store/shops';
import { standingOf as standingIn } from '../adapters/document-store/standing';
import { tokenStore } from '../adapters/document-store/tokens';
import { vaultOf } from '../adapters/document-store/vault';
import { callGate, openGate, type CallGate } from '../adapters/gate';
import type { Keyring } from '../adapters/keyring/keyring';
import {
  authorizedShops,
  consentUrl,
  exchangeCode,
  refreshTokens,
  registerWebhooks,
} from '../adapters/tiktok-shop/auth';
import type { TikTokWire } from '../adapters/tiktok-shop/client';
import { tiktokLabels } from '../adapters/tiktok-shop/platform-labels';
import { tiktokShop } from '../adapters/tiktok-shop/platform';
import type { Shop } from '../contracts/shop';
import { accountsOf, renewalBy } from './accounts';
import { addressMark } from './address-mark';
import { neighboursOf } from './neighbours';

export type PortsWish = {
  documentsDir: string;
  client: Client;
  taskQueue: string;
  /** Without one nothing can be encrypted: no shop is connected, and no change of address is seen. */
  keyring?: Keyring;
  /** Where platforms reach us. */
  publicUrl?: string;
  count?: AllPorts['count'];
};

/** The only place where adapters meet activities. */
export function portsOf({ documentsDir, client, taskQueue, keyring, publicUrl, count }: PortsWish): AllPorts {
  const documents = localDocuments(documentsDir);
  const vault = vaultOf(documents, keyring);
  const findShop = shopDirectory({ documents, vault });
  const tokens = tokenStore(vault);
  const standingOf = standingIn(documents, async (shopId) => (await findShop(shopId))?.kind);
  const renew = renewalBy({ client, taskQueue }, { findShop, tokens, standingOf });
  const wireOf = wires({ renew, mayWrite: ({ id: shopId }) => assertWriting({ standingOf }, { shopId }), count });
  return {
    findShop,
    documents,
    vault,
    standingOf,
    markOf: addressMark(keyring),
    neighbours: neighboursOf(client, taskQueue, async (shopId) => (await findShop(shopId))?.kind === 'sandbox'),
    platformOf: (shop) => tiktokShop(wireOf(shop))(shop),
    labelsOf: easyPost,
    platformLabelsOf: (shop) => tiktokLabels(wireOf(shop))(shop),
    formsOf: easyPostForms,
    appealDeskOf: appealDesk,
    tzdata: process.versions['tz'] ?? 'unknown',
    tokens,
    platformAuth: authBy(wireOf),
    accounts: accountsOf({ client, taskQueue }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(count === undefined ? {} : { count }),
  };
}

type WiresWish = Required<Pick<TikTokWire, 'renew' | 'mayWrite'>> & { count: AllPorts['count'] };

/**
 * One gate for all live shops of this process. In a shop whose time is played, waits are skipped: there a gate that goes by the
 * wall clock would turn away what is not early.
 */
function wires({ renew, mayWrite, count }: WiresWish): (shop: Shop) => TikTokWire {
  const gate = callGate();
  const counted =
    count === undefined ? {} : { count: (call: string, outcome: string) => count('platformCalls', { call, outcome }) };
  const throughGate = (passed: CallGate): TikTokWire => ({ renew, mayWrite, gate: passed, ...counted });
  return ({ kind }) => throughGate(kind === 'sandbox' ? openGate : gate);
}

const authBy = (wireOf: (shop: Shop) => TikTokWire): PlatformAuth => ({
  consentUrl: ({ serviceId, consentBaseUrl }: PlatformApp, state) =>
    consentUrl({ serviceId, state, baseUrl: consentBaseUrl }),
  exchangeCode,
  refreshTokens,
  authorizedShops,
  registerWebhooks: (shop, base) => registerWebhooks(wireOf(shop), shop, base),
});
