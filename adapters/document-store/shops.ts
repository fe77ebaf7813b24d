import { Shop, shopKey } from '../../contracts/shop';

/** A shop's document is read again after this long, so that a change takes hold without a restart. */
const KEPT_MS = 5_000;

/** Finds shops by id in the document store, through a short-lived cache. An unknown shop is asked for every time. */
export function shopDirectory(documents: {
  get(key: string): Promise<string | undefined>;
}): (shopId: string) => Promise<Shop | undefined> {
  const kept = new Map<string, { shop: Shop; until: number }>();
  return async (shopId) => {
    const known = kept.get(shopId);
    if (known && known.until > Date.now()) return known.shop;
    if (!/^\d{1,20}$/.test(shopId)) return undefined;
    const text = await documents.get(shopKey(shopId));
    if (text === undefined) return undefined;
    const shop = Shop.parse(JSON.parse(text));
    kept.set(shopId, { shop, until: Date.now() + KEPT_MS });
    return shop;
  };
}
