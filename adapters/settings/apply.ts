import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { shopKey } from '../../contracts/shop';
import type { SecretReference, Settings } from '../../contracts/settings';
import { shopSecretsKey } from '../document-store/tokens';
import { appOf, missingSecretsOf, shopSecretsOf, shopsOf, type PartialShopDocument } from './documents';
import { valueOf } from './variables';

/** Where the credentials of the app at TikTok Shop are kept, encrypted. */
const TIKTOK_APP_KEY = 'secrets/apps/tiktok';

type Store = {
  get: (key: string) => Promise<string | undefined>;
  put: (key: string, text: string) => Promise<void>;
};

export type Applying = { settings: Settings; env: NodeJS.ProcessEnv; documents: Store; vault: Store };

/** What one document was and whether it had to be written. */
export type Applied = {
  kind: 'shop' | 'shopSecrets' | 'app';
  shopId?: string;
  isChanged: boolean;
  isConnected?: boolean;
};

/** What stands in a shop's document and is not the file's to say: it comes from the platform, or from another way of opening it. */
const Existing = z.looseObject({
  kind: z.enum(['sandbox', 'live']).default('live'),
  name: z.string().optional(),
  platform: z.looseObject({}).default({}),
  appealDesk: z.unknown().optional(),
});
type Existing = z.infer<typeof Existing>;

/** `sandboxShops`: those of the file that the sandbox has opened under the same id; of them nothing was written. */
export type Application = { applied: Applied[]; sandboxShops: string[] };

/**
 * Writes the app, the shops and their secrets to where the worker and the API read them. It can be run any number of times: what is
 * as it should be is not written again, and a connected shop stays connected. A shop of the sandbox keeps its own accounts: they are
 * played there and nowhere else, and its open orders need them.
 * @returns What was done, or the environment variables that are missing: then nothing was written.
 */
export async function applySettings(wish: Applying): Promise<Application | { missing: string[] }> {
  const { settings, env } = wish;
  const missing = missingSecretsOf(settings, env);
  if (missing.length > 0) return { missing };
  // Everything is read before anything is written: what cannot be read must leave nothing half done.
  const shops = await shopsToWrite(wish);
  const live = shops.filter(({ existing }) => existing.kind === 'live');
  const sandboxShops = shops.filter(({ existing }) => existing.kind === 'sandbox').map(({ shopId }) => shopId);
  const applied = await writeApp(wish);
  for (const shop of live) applied.push(...(await writeShop(wish, shop)));
  return { applied, sandboxShops };
}

type ShopToWrite = { shopId: string; existing: Existing; document: PartialShopDocument; secrets: object };

const shopsToWrite = (wish: Applying): Promise<ShopToWrite[]> =>
  Promise.all(
    Object.entries(shopsOf(wish.settings)).map(async ([shopId, document]) => ({
      shopId,
      existing: Existing.parse((await read(wish.documents, shopKey(shopId))) ?? {}),
      document,
      secrets: await withSecrets(wish, shopId),
    })),
  );

async function writeApp({ settings, env, vault }: Applying): Promise<Applied[]> {
  const app = appOf(settings);
  if (app === undefined || settings.tiktok === undefined) return [];
  const secrets = { ...app, appSecret: secretOf(settings.tiktok.appSecret, env) };
  return [{ kind: 'app', isChanged: await putIfOther(vault, TIKTOK_APP_KEY, secrets) }];
}

async function writeShop({ documents, vault }: Applying, shop: ShopToWrite): Promise<Applied[]> {
  const { shopId, existing, document, secrets } = shop;
  // Secrets first: a document without them would be read as a shop that cannot be reached.
  const isOther = await putIfOther(vault, shopSecretsKey(shopId), secrets);
  const whole = over(existing, document);
  const isChanged = await putIfOther(documents, shopKey(shopId), whole);
  return [
    { kind: 'shopSecrets', shopId, isChanged: isOther },
    { kind: 'shop', shopId, isChanged, isConnected: whole.platform['shopCipher'] !== '' },
  ];
}

type Whole = PartialShopDocument & { platform: Record<string, unknown> };

function over({ name, platform, appealDesk }: Existing, document: PartialShopDocument): Whole {
  const { shopCipher = '' } = platform;
  // A shop whose tokens stand in its document stays connected.
  const tokens = Object.entries(platform).filter(([key]) => ['accessToken', 'tokenVersion'].includes(key));
  return {
    ...document,
    name: document.name ?? name ?? document.id,
    platform: { ...document.platform, shopCipher, ...Object.fromEntries(tokens) },
    ...(appealDesk === undefined ? {} : { appealDesk }),
  };
}

/** A shop's secrets with those of the file on top; others, such as an appeal desk's, stay. */
async function withSecrets({ settings, env, vault }: Applying, shopId: string): Promise<object> {
  const { platform, carriers } = shopSecretsOf(settings, shopId);
  // From when a shop had one account, which had no name.
  const kept = z.looseObject({}).parse((await read(vault, shopSecretsKey(shopId))) ?? {});
  delete kept['carrier'];
  return {
    ...kept,
    platform: { appSecret: secretOf(platform.appSecret, env) },
    carriers: Object.fromEntries(
      Object.entries(carriers).map(([name, secrets]) => [
        name,
        Object.fromEntries(Object.entries(secrets).map(([key, reference]) => [key, secretOf(reference, env)])),
      ]),
    ),
  };
}

const secretOf = ({ variable }: SecretReference, env: NodeJS.ProcessEnv): string => valueOf(env, variable) ?? '';

async function read(store: Store, key: string): Promise<unknown> {
  const text = await store.get(key);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

async function putIfOther(store: Store, key: string, value: object): Promise<boolean> {
  if (isDeepStrictEqual(await read(store, key), JSON.parse(JSON.stringify(value)))) return false;
  await store.put(key, JSON.stringify(value, null, 2));
  return true;
}
