import { z } from 'zod';
import type { Ports } from '../../activities/ports';
import { keyFailures } from '../../words/keys';

/** What opens a shop at the platform. Instants are epoch milliseconds. */
const TokenPair = z.object({
  accessToken: z.string().min(1),
  accessExpiresAt: z.number(),
  refreshToken: z.string().min(1),
  refreshExpiresAt: z.number(),
  /** The platform's id of the seller who consented, where it told. */
  sellerOpenId: z.string().optional(),
});
export type TokenPair = z.infer<typeof TokenPair>;

const Stored = z.union([TokenPair, z.object({ purged: z.literal(true) })]);

/** The newest tokens of a shop, or that they were taken away. Versions count from 1. */
export type ShopTokens = ({ version: number } & TokenPair) | { version: number; purged: true };

export type TokenStore = {
  /** Undefined where the shop never had any. */
  read: (shopId: string) => Promise<ShopTokens | undefined>;
  /**
   * Compare-and-swap: writes the pair as version `expectedVersion + 1`, where that is the next one; 0 before the first.
   * @returns `false` where somebody else has written meanwhile: read again.
   */
  store: (shopId: string, pair: TokenPair, expectedVersion: number) => Promise<boolean>;
  /** Takes all tokens away; a version without any stands in their place. May be repeated. */
  purge: (shopId: string) => Promise<void>;
};

type Vault = Ports['vault'];

/** The one before the newest is kept: a call that is under way may still need it. */
const KEPT_VERSIONS = 2;

/** Wide enough for ever: keys sort as their numbers do. */
const VERSION_DIGITS = 8;

/** How often the newest is looked for while others write; more than any two writers take. */
const MOST_LOOKS = 20;

/** Under which key what is secret of a shop is kept, but for its tokens. */
export const shopSecretsKey = (shopId: string): string => `secrets/shops/${shopId}`;

const folderOf = (shopId: string): string => `${shopSecretsKey(shopId)}/tokens`;
const keyOf = (shopId: string, version: number): string =>
  `${folderOf(shopId)}/${String(version).padStart(VERSION_DIGITS, '0')}`;

/** The tokens of shops, each pair a version of its own in the vault. */
export function tokenStore(vault: Vault): TokenStore {
  return {
    read: (shopId) => readNewest(vault, shopId),
    store: async (shopId, pair, expectedVersion) => {
      // An older version may be gone already, and its key free: being absent is not enough.
      if ((await newestVersion(vault, shopId)) !== expectedVersion) return false;
      const version = expectedVersion + 1;
      const text = JSON.stringify(TokenPair.parse(pair));
      if (!(await vault.putIfAbsent(keyOf(shopId, version), text))) return false;
      if ((await newestVersion(vault, shopId)) !== version) return false;
      await removeUpTo(vault, shopId, version - KEPT_VERSIONS);
      return true;
    },
    purge: async (shopId) => {
      const version = await purgedVersion(vault, shopId);
      await removeUpTo(vault, shopId, version - 1);
    },
  };
}

async function versionsOf(vault: Vault, shopId: string): Promise<number[]> {
  const keys = await vault.list(folderOf(shopId));
  return keys.map((key) => Number(key.slice(key.lastIndexOf('/') + 1))).filter((version) => Number.isInteger(version));
}

const newestVersion = async (vault: Vault, shopId: string): Promise<number> =>
  Math.max(0, ...(await versionsOf(vault, shopId)));

async function readNewest(vault: Vault, shopId: string): Promise<ShopTokens | undefined> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const version = await newestVersion(vault, shopId);
    if (version === 0) return undefined;
    const text = await vault.get(keyOf(shopId, version));
    // It was removed between the look and the reading: there is a newer one.
    if (text !== undefined) return { version, ...Stored.parse(JSON.parse(text)) };
  }
  throw new Error(keyFailures.tokensBusy(folderOf(shopId)));
}

/** The version that says that there are no tokens: the newest, if it does, or a new one. */
async function purgedVersion(vault: Vault, shopId: string): Promise<number> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const newest = await readNewest(vault, shopId);
    if (newest !== undefined && 'purged' in newest) return newest.version;
    const version = (newest?.version ?? 0) + 1;
    if (await vault.putIfAbsent(keyOf(shopId, version), JSON.stringify({ purged: true }))) return version;
  }
  throw new Error(keyFailures.tokensBusy(folderOf(shopId)));
}

async function removeUpTo(vault: Vault, shopId: string, last: number): Promise<void> {
  const versions = await versionsOf(vault, shopId);
  await Promise.all(
    versions.filter((version) => version <= last).map((version) => vault.remove(keyOf(shopId, version))),
  );
}
