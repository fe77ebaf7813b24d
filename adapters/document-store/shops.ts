import { z } from 'zod';
import type { Ports } from '../../activities/ports';
import { Shop, shopKey } from '../../contracts/shop';
import { shopSecretsKey, tokenStore, type ShopTokens, type TokenStore } from './tokens';

/** A shop's document is read again after this long, so that a change takes hold without a restart. */
const KEPT_MS = 5_000;

type Reads = { get(key: string): Promise<string | undefined> };

/** Where shops are found. Without a vault, all that a shop's document lacks is missing. */
export type ShopSources = { documents: Reads; vault?: Ports['vault'] };

/** Finds shops by id; an unknown one is asked for every time. */
export type ShopDirectory = ((shopId: string) => Promise<Shop | undefined>) & {
  /** Past the cache: for who was just told that a token is not taken any more. */
  findFresh: (shopId: string) => Promise<Shop | undefined>;
};

/**
 * Finds shops by id, through a short-lived cache. A shop is its document, what is secret of it from the vault laid over that, and
 * the newest of its tokens. A document that has its secrets in it goes on working.
 */
export function shopDirectory(sources: Reads | ShopSources): ShopDirectory {
  const { documents, vault }: ShopSources = 'documents' in sources ? sources : { documents: sources };
  const tokens = vault && tokenStore(vault);
  const kept = new Map<string, { shop: Shop; until: number }>();

  const findFresh = async (shopId: string): Promise<Shop | undefined> => {
    if (!/^\d{1,20}$/.test(shopId)) return undefined;
    const text = await documents.get(shopKey(shopId));
    if (text === undefined) return undefined;
    const shop = Shop.parse(await wholeShop(shopId, Json.parse(JSON.parse(text)), { vault, tokens }));
    kept.set(shopId, { shop, until: Date.now() + KEPT_MS });
    return shop;
  };
  const find = async (shopId: string): Promise<Shop | undefined> => {
    const known = kept.get(shopId);
    return known && known.until > Date.now() ? known.shop : findFresh(shopId);
  };
  return Object.assign(find, { findFresh });
}

const Json = z.record(z.string(), z.unknown());
type Json = z.infer<typeof Json>;

type Secrets = { vault: Ports['vault'] | undefined; tokens: TokenStore | undefined };

async function wholeShop(shopId: string, document: Json, { vault, tokens }: Secrets): Promise<Json> {
  if (vault === undefined || tokens === undefined) return document;
  const [text, pair] = await Promise.all([vault.get(shopSecretsKey(shopId)), tokens.read(shopId)]);
  const secrets = text === undefined ? {} : Json.parse(JSON.parse(text));
  return laidOver(laidOver(unconnected(document), secrets), tokensOf(pair));
}

/** A shop that is configured before it is connected has no token yet; that is no mistake. */
const unconnected = (document: Json): Json => laidOver({ platform: { accessToken: '' } }, document);

function tokensOf(pair: ShopTokens | undefined): Json {
  if (pair === undefined) return {};
  const accessToken = 'purged' in pair ? '' : pair.accessToken;
  return { platform: { accessToken, tokenVersion: pair.version } };
}

/** Records are merged, all else is replaced. */
export function laidOver(below: Json, above: Json): Json {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const [under, over] = [Json.safeParse(merged[key]), Json.safeParse(value)];
    merged[key] = under.success && over.success ? laidOver(under.data, over.data) : value;
  }
  return merged;
}
