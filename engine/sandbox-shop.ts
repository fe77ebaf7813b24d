import { z } from 'zod';
import { localDocuments } from '../adapters/document-store/local';
import { Shop, shopKey } from '../contracts/shop';
import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';

/** The shop that `npm start` opens, so that an order can be tried at once. */
export const defaultShopId = '7000000000000000001';

/** The sandbox's answer to a new shop. */
const OpenedShop = z.object({
  shopId: z.string(),
  appKey: z.string(),
  appSecret: z.string(),
  accessToken: z.string(),
  shopCipher: z.string(),
  easypost: z.object({ apiKey: z.string(), webhookSecret: z.string() }),
  now: z.number(),
});
type OpenedShop = z.infer<typeof OpenedShop>;

export interface OpenShopOptions {
  readonly sandboxUrl: string;
  /** Where the sandbox sends its webhooks. */
  readonly apiUrl: string;
  readonly documentsDir: string;
  readonly shopId: string;
  /** Where the shop's clock begins, epoch ms; the sandbox's own choice if left out. */
  readonly now?: number;
  /** Whether its platform cancels what is late by its own rules; the sandbox's own choice if left out. */
  readonly autoCancel?: boolean;
}

/**
 * Opens a shop in the sandbox and writes its document, which the worker and the API read. Opening one that exists
 * renews its keys and leaves alone what its owner has changed in the document.
 */
export async function openSandboxShop(options: OpenShopOptions): Promise<{ shopId: string; now: number }> {
  const { documentsDir, sandboxUrl, shopId } = options;
  const opened = await askSandbox(options);
  const documents = localDocuments(documentsDir);
  const written = await documents.get(shopKey(shopId));
  const base = written === undefined ? firstDocument(shopId) : Shop.parse(JSON.parse(written));
  const shop = Shop.parse({ ...base, ...connections(opened, sandboxUrl) });
  await documents.put(shopKey(shopId), JSON.stringify(shop, null, 2));
  return { shopId, now: opened.now };
}

async function askSandbox({ sandboxUrl, apiUrl, shopId, now, autoCancel }: OpenShopOptions): Promise<OpenedShop> {
  const response = await fetch(`${sandboxUrl}/control/shops`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      shopId,
      tiktokWebhookUrl: `${apiUrl}/v1/webhooks/tiktok/${shopId}`,
      easypostWebhookUrl: `${apiUrl}/v1/webhooks/easypost/${shopId}`,
      now,
      autoCancel,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new PlainFailure(engineWords.shopNotOpened(shopId, response.status));
  return OpenedShop.parse(await response.json());
}

function connections(opened: OpenedShop, sandboxUrl: string): Pick<Shop, 'platform' | 'carrier' | 'appealDesk'> {
  const { appKey, appSecret, accessToken, shopCipher, easypost } = opened;
  return {
    platform: { baseUrl: sandboxUrl, appKey, appSecret, accessToken, shopCipher },
    carrier: { kind: 'easypost', baseUrl: `${sandboxUrl}/v2`, ...easypost },
    appealDesk: { baseUrl: `${sandboxUrl}/appeals`, token: accessToken },
  };
}

function firstDocument(shopId: string): object {
  const name = engineWords.sandboxShopName();
  return {
    id: shopId,
    kind: 'sandbox',
    name,
    shipFrom: {
      id: 'main',
      zone: 'America/Los_Angeles',
      workdays: [1, 2, 3, 4, 5],
      opensAt: '09:00',
      closesAt: '17:00',
      address: {
        name,
        street1: '388 Townsend St',
        city: 'San Francisco',
        state: 'CA',
        zip: '94107',
        country: 'US',
        phone: '4155550100',
      },
    },
    policySet: 'seed',
    parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
  };
}
