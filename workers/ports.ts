import type { Client } from '@temporalio/client';
import type { AllPorts } from '../activities';
import type { PlatformApp, PlatformAuth } from '../activities/account-ports';
import { assertWriting } from '../activities/shop-of';
import { appealDesk } from '../adapters/appeal-desk/http';
import type { CarrierWire } from '../adapters/carriers/provider';
import { carrierOf, carriersOf } from '../adapters/carriers/providers';
import { openDocuments } from '../adapters/document-store/open';
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
import { tiktokHandForms } from '../adapters/tiktok-shop/hand-forms';
import { tiktokLabels } from '../adapters/tiktok-shop/platform-labels';
import { tiktokShop } from '../adapters/tiktok-shop/platform';
import { tiktokProducts } from '../adapters/tiktok-shop/products';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { accountsOf, renewalBy } from './accounts';
import { addressMark } from './address-mark';
import { neighboursOf } from './neighbours';
import { orderDeskOf } from './order-desk';

export type PortsWish = {
  documentsDir: string;
  /** Where documents lie instead of in the folder, for more than one host. */
  documentsUrl?: string;
  client: Client;
  taskQueue: string;
  /** Without one nothing can be encrypted: no shop is connected, and no change of address is seen. */
  keyring?: Keyring;
  /** Where platforms reach us. */
  publicUrl?: string;
  count?: AllPorts['count'];
};

/** The only place where adapters meet activities. */
export function portsOf({
  documentsDir,
  documentsUrl,
  client,
  taskQueue,
  keyring,
  publicUrl,
  count,
}: PortsWish): AllPorts {
  const documents = openDocuments({ dir: documentsDir, url: documentsUrl, env: process.env });
  const vault = vaultOf(documents, keyring);
  const findShop = shopDirectory({ documents, vault });
  const tokens = tokenStore(vault);
  const standingOf = standingIn(documents, async (shopId) => (await findShop(shopId))?.kind);
  const renew = renewalBy({ client, taskQueue }, { findShop, tokens, standingOf });
  const mayWrite = ({ id: shopId }: Shop): Promise<void> => assertWriting({ standingOf }, { shopId });
  const gate = callGate();
  const wireOf = wires({ renew, mayWrite, count, gate });
  const carrierWireOf = carrierWires({ mayWrite, count, gate });
  return {
    findShop,
    documents,
    vault,
    standingOf,
    markOf: addressMark(keyring),
    neighbours: neighboursOf(client, taskQueue, async (shopId) => (await findShop(shopId))?.kind === 'sandbox'),
    orderDesk: orderDeskOf(client),
    platformOf: (shop) => tiktokShop(wireOf(shop))(shop),
    carriersOf: carriersOf(carrierWireOf),
    carrierOf: carrierOf(carrierWireOf),
    productsOf: (shop) => tiktokProducts(wireOf(shop))(shop),
    platformLabelsOf: (shop) => tiktokLabels(wireOf(shop))(shop),
    formsOf: formsBy(carrierOf(carrierWireOf)),
    appealDeskOf: appealDesk,
    tzdata: process.versions['tz'] ?? 'unknown',
    tokens,
    platformAuth: authBy(wireOf),
    accounts: accountsOf({ client, taskQueue }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(count === undefined ? {} : { count }),
  };
}

type WiresWish = Required<Pick<TikTokWire, 'renew' | 'mayWrite' | 'gate'>> & { count: AllPorts['count'] };

/**
 * One gate for all live shops of this process. In a shop whose time is played, waits are skipped: there a gate that goes by the
 * wall clock would turn away what is not early.
 */
function wires({ renew, mayWrite, count, gate }: WiresWish): (shop: Shop) => TikTokWire {
  const counted =
    count === undefined ? {} : { count: (call: string, outcome: string) => count('platformCalls', { call, outcome }) };
  const throughGate = (passed: CallGate): TikTokWire => ({ renew, mayWrite, gate: passed, ...counted });
  return ({ kind }) => throughGate(kind === 'sandbox' ? openGate : gate);
}

/** The same for the shops' carrier accounts. */
function carrierWires({ mayWrite, count, gate }: Omit<WiresWish, 'renew'>): (shop: Shop) => CarrierWire {
  const counted: Pick<CarrierWire, 'count'> =
    count === undefined
      ? {}
      : { count: (provider, call, outcome) => count('carrierCalls', { provider, call, outcome }) };
  return ({ kind }) => ({ gate: kind === 'sandbox' ? openGate : gate, mayWrite, ...counted });
}

/** A manifest's account is the account's name and the shop's id. */
const formsBy =
  (accountOf: AllPorts['carrierOf']): AllPorts['formsOf'] =>
  (shop, account) => {
    const byHand = tiktokHandForms(shop);
    if (account === byHand.account) return byHand;
    const forms = accountOf(shop, account.slice(0, -`-${shop.id}`.length))?.forms;
    if (forms !== undefined) return forms;
    throw new AdapterError('retryLater', { provider: account, call: 'forms', code: 'no such account' });
  };

const authBy = (wireOf: (shop: Shop) => TikTokWire): PlatformAuth => ({
  consentUrl: ({ serviceId, consentBaseUrl }: PlatformApp, state) =>
    consentUrl({ serviceId, state, baseUrl: consentBaseUrl }),
  exchangeCode,
  refreshTokens,
  authorizedShops,
  registerWebhooks: (shop, base) => registerWebhooks(wireOf(shop), shop, base),
});
