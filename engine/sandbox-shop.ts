import { z } from 'zod';
import type { Ports } from '../activities/ports';
import { localDocuments } from '../adapters/document-store/local';
import { laidOver } from '../adapters/document-store/shops';
import { shopSecretsKey } from '../adapters/document-store/tokens';
import type { CarrierKind } from '../contracts/carrier-account';
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
  shipsaving: z.object({ apiToken: z.string(), storeName: z.string() }),
  ups: z.object({ clientId: z.string(), clientSecret: z.string(), accountNumber: z.string() }),
  usps: z.object({
    clientId: z.string(),
    clientSecret: z.string(),
    crid: z.string(),
    mid: z.string(),
    manifestMid: z.string(),
    accountNumber: z.string(),
  }),
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
  /** The carrier accounts that rates are asked of, the first one first. @default easypost alone */
  readonly carriers?: readonly CarrierKind[];
  /** Whether its platform cancels what is late by its own rules; the sandbox's own choice if left out. */
  readonly autoCancel?: boolean;
  /** Where its secrets go; into its document if left out. */
  readonly vault?: Ports['vault'];
}

/**
 * Opens a shop in the sandbox and writes its document, which the worker and the API read. Opening one that exists
 * renews its keys and leaves alone what its owner has changed in the document. With a vault the document has no secret in it.
 */
export async function openSandboxShop(options: OpenShopOptions): Promise<{ shopId: string; now: number }> {
  const { documentsDir, shopId, vault } = options;
  const opened = await askSandbox(options);
  const documents = localDocuments(documentsDir);
  const written = await documents.get(shopKey(shopId));
  const base: Json = written === undefined ? firstDocument(shopId) : Json.parse(JSON.parse(written));
  delete base['carrier'];
  const known = { ...base, ...connections(opened, options, base['carriers']) };
  const secrets = secretsOf(opened);
  // Read as a whole before anything is written: what cannot be read would stop the worker and the API.
  const shop = Json.parse(Shop.parse(laidOver(known, secrets)));
  if (vault !== undefined) await vault.put(shopSecretsKey(shopId), JSON.stringify(secrets));
  await documents.put(shopKey(shopId), JSON.stringify(vault === undefined ? shop : { ...shop, ...known }, null, 2));
  return { shopId, now: opened.now };
}

const Json = z.record(z.string(), z.unknown());
type Json = z.infer<typeof Json>;

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

const connections = (opened: OpenedShop, { sandboxUrl, carriers }: OpenShopOptions, known: unknown): Json => ({
  platform: { baseUrl: sandboxUrl, appKey: opened.appKey, shopCipher: opened.shopCipher },
  carriers: accountsOf(opened, sandboxUrl, enabledOf(known, carriers)),
  appealDesk: { baseUrl: `${sandboxUrl}/appeals` },
});

/** The wires of the sandbox, each where its provider has it. */
function accountsOf(opened: OpenedShop, sandboxUrl: string, enabled: readonly string[]): Json {
  const { ups, usps, shipsaving } = opened;
  const accounts: [CarrierKind, Json][] = [
    ['easypost', { baseUrl: `${sandboxUrl}/v2` }],
    ['shipsaving', { baseUrl: `${sandboxUrl}/shipsaving`, storeName: shipsaving.storeName }],
    ['ups', { baseUrl: `${sandboxUrl}/ups/api`, ...withoutSecret(ups) }],
    ['usps', { baseUrl: `${sandboxUrl}/usps`, ...withoutSecret(usps) }],
  ];
  const place = (kind: string): number => (enabled.includes(kind) ? enabled.indexOf(kind) : enabled.length);
  return Object.fromEntries(
    accounts
      .sort(([one], [other]) => place(one) - place(other))
      .map(([kind, account]) => [kind, { kind, enabled: enabled.includes(kind), ...account }]),
  );
}

const withoutSecret = (account: Json): Json =>
  Object.fromEntries(Object.entries(account).filter(([key]) => key !== 'clientSecret'));

/** What the shop's owner has switched on stands, in their order; a new shop has what is asked for. */
function enabledOf(known: unknown, asked: readonly string[] = ['easypost']): readonly string[] {
  const accounts = Object.entries(z.record(z.string(), z.looseObject({})).catch({}).parse(known));
  const enabled = accounts.filter(([, account]) => account['enabled'] !== false).map(([name]) => name);
  return enabled.length === 0 ? asked : enabled;
}

const secretsOf = ({ appSecret, accessToken, easypost, shipsaving, ups, usps }: OpenedShop): Json => ({
  platform: { appSecret, accessToken },
  carriers: {
    easypost,
    shipsaving: { apiToken: shipsaving.apiToken },
    ups: { clientSecret: ups.clientSecret },
    usps: { clientSecret: usps.clientSecret },
  },
  appealDesk: { token: accessToken },
});

function firstDocument(shopId: string): Json {
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
    sweep: { dayMinutes: 60, nightMinutes: 120 },
    parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
  };
}
