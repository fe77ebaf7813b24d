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

/**
 * Writes the app, the shops and their secrets to where the worker and the API read them. It can be run any number of times: what is
 * as it should be is not written again, and a connected shop stays connected.
 * @returns What was done, or the environment variables that are missing: then nothing was written.
 */
export async function applySettings(wish: Applying): Promise<{ applied: Applied[] } | { missing: string[] }> {
  const { settings, env, documents, vault } = wish;
  const missing = missingSecretsOf(settings, env);
  if (missing.length > 0) return { missing };
  const applied: Applied[] = [];
  const app = appOf(settings);
  if (app !== undefined && settings.tiktok !== undefined) {
    const secrets = { ...app, appSecret: secretOf(settings.tiktok.appSecret, env) };
    applied.push({ kind: 'app', isChanged: await putIfOther(vault, TIKTOK_APP_KEY, secrets) });
  }
  for (const [shopId, document] of Object.entries(shopsOf(settings))) {
    // Secrets first: a document without them would be read as a shop that cannot be reached.
    const isOther = await putIfOther(vault, shopSecretsKey(shopId), await withSecrets(wish, shopId));
    applied.push({ kind: 'shopSecrets', shopId, isChanged: isOther });
    const whole = over(await read(documents, shopKey(shopId)), document);
    const isChanged = await putIfOther(documents, shopKey(shopId), whole);
    applied.push({ kind: 'shop', shopId, isChanged, isConnected: whole.platform['shopCipher'] !== '' });
  }
  return { applied };
}

type Whole = PartialShopDocument & { platform: Record<string, unknown> };

function over(existing: unknown, document: PartialShopDocument): Whole {
  const { kind, name, platform, appealDesk } = Existing.parse(existing ?? {});
  const { shopCipher = '' } = platform;
  // A shop whose tokens stand in its document stays connected.
  const tokens = Object.entries(platform).filter(([key]) => ['accessToken', 'tokenVersion'].includes(key));
  return {
    ...document,
    kind,
    name: document.name ?? name ?? document.id,
    platform: { ...document.platform, shopCipher, ...Object.fromEntries(tokens) },
    ...(appealDesk === undefined ? {} : { appealDesk }),
  };
}

/** A shop's secrets with those of the file on top; others, such as an appeal desk's, stay. */
async function withSecrets({ settings, env, vault }: Applying, shopId: string): Promise<object> {
  const { platform, carrier } = shopSecretsOf(settings, shopId);
  const kept = z.looseObject({}).parse((await read(vault, shopSecretsKey(shopId))) ?? {});
  return {
    ...kept,
    platform: { appSecret: secretOf(platform.appSecret, env) },
    carrier: { apiKey: secretOf(carrier.apiKey, env), webhookSecret: secretOf(carrier.webhookSecret, env) },
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
