import {
  CatalogueEntry,
  entryKey,
  KeptEntry,
  missingKey,
  PullAsked,
  pullAskedKey,
  Pulled,
  pulledKey,
} from '../contracts/catalogue';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { failureOf } from './outcome';
import type { Ports } from './ports';
import type { ListedProduct, ProductPorts, ShopProduct } from './product-port';
import { shopOf } from './shop-of';

type PullPorts = Ports & ProductPorts;
type About = { shopId: string; at: number };
type Tally = Pick<Pulled, 'products' | 'added' | 'updated' | 'unweighed'>;

/**
 * Takes the weights and sizes of a shop's own products into the catalogue. What a person said stands; what was pulled before is
 * replaced. It may be repeated and cut off at any time: what was taken in since its product changed is not read again.
 * @throws ApplicationFailure where the platform does not answer, or does not let us read products.
 */
export async function pullCatalogue(ports: PullPorts, about: About): Promise<Tally> {
  const { shop } = await shopOf(ports, about);
  try {
    return await pullAll(ports, shop, about.at);
  } catch (error) {
    throw error instanceof AdapterError ? failureOf(error) : error;
  }
}

/**
 * The same, where somebody asked for it and it was not done yet: for who comes by regularly. Never fails for the platform's sake:
 * what may be asked again stays asked for, and what cannot be done is answered with the reason.
 * @returns What came of it; undefined where nothing was asked for, or it is still to be done.
 */
export async function pullWhereAsked(ports: PullPorts, { shopId, at }: About): Promise<Pulled | undefined> {
  const askedAt = await openAsking(ports, shopId);
  if (askedAt === undefined) return undefined;
  const { shop } = await shopOf(ports, { shopId });
  try {
    return await answer(ports, shopId, { askedAt, at, ...(await pullAll(ports, shop, at)) });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (PASSING.includes(error.outcome)) return undefined;
    return answer(ports, shopId, { askedAt, at, ...newTally(), code: error.code });
  }
}

const PASSING: readonly AdapterError['outcome'][] = ['retryLater', 'outcomeUnknown', 'heldBack'];

const newTally = (): Tally => ({ products: 0, added: 0, updated: 0, unweighed: 0 });

async function openAsking({ documents }: Ports, shopId: string): Promise<number | undefined> {
  const text = await documents.get(pullAskedKey(shopId));
  if (text === undefined) return undefined;
  const { askedAt } = PullAsked.parse(JSON.parse(text));
  const done = await documents.get(pulledKey(shopId));
  return done !== undefined && Pulled.parse(JSON.parse(done)).askedAt >= askedAt ? undefined : askedAt;
}

async function answer({ documents }: Ports, shopId: string, pulled: Pulled): Promise<Pulled> {
  await documents.put(pulledKey(shopId), JSON.stringify(pulled));
  return pulled;
}

async function pullAll(ports: PullPorts, shop: Shop, at: number): Promise<Tally> {
  const source = ports.productsOf(shop);
  const tally = newTally();
  const pulling = { ports, shop, at, tally };
  let pageToken: string | undefined;
  do {
    const { products, nextPageToken } = await source.search(pageToken);
    for (const listed of products) {
      tally.products += 1;
      const product = (await isKnown(ports, shop, listed)) ? undefined : await source.read(listed.id);
      if (product !== undefined) await takeIn(pulling, product);
    }
    // A page that names itself as its next would never end.
    pageToken = nextPageToken === pageToken ? undefined : nextPageToken;
  } while (pageToken !== undefined);
  return tally;
}

async function keptOf({ documents }: Ports, shopId: string, sku: string): Promise<KeptEntry | undefined> {
  const text = await documents.get(entryKey(shopId, sku));
  return text === undefined ? undefined : KeptEntry.safeParse(JSON.parse(text)).data;
}

/** Whether all of it is in the catalogue, by a person's word or as the shop has it now. */
async function isKnown(ports: Ports, { id }: Shop, { skus, updatedAt }: ListedProduct): Promise<boolean> {
  const kept = await Promise.all(skus.map((sku) => keptOf(ports, id, sku)));
  return kept.every((entry) => entry !== undefined && (entry.pulledAt ?? Infinity) >= updatedAt);
}

type Pulling = { ports: Ports; shop: Shop; at: number; tally: Tally };

async function takeIn({ ports, shop, at, tally }: Pulling, product: ShopProduct): Promise<void> {
  for (const sku of product.skus) {
    const entry = entryOf(product, sku);
    const kept = await keptOf(ports, shop.id, sku.sku);
    if (entry === undefined) {
      if (kept === undefined) tally.unweighed += 1;
      continue;
    }
    if (kept !== undefined && kept.pulledAt === undefined) continue;
    await put({ ports, shop, at, tally }, entry, kept);
  }
}

async function put(
  { ports: { documents }, shop, at, tally }: Pulling,
  entry: CatalogueEntry,
  kept?: KeptEntry,
): Promise<void> {
  const [key, text] = [entryKey(shop.id, entry.sku), JSON.stringify({ ...entry, pulledAt: at })];
  if (kept === undefined) {
    // A person may say it at this moment.
    if (await documents.putIfAbsent(key, text)) tally.added += 1;
  } else {
    await documents.put(key, text);
    tally.updated += 1;
  }
  await documents.remove(missingKey(shop.id, entry.sku));
}

const MOST_TITLE = 300;

/** What the shop's own texts may hold that ours do not is left out; undefined where no weight is named. */
function entryOf(
  { title, weightOz, size, picture }: ShopProduct,
  { sku, barcode }: ShopProduct['skus'][number],
): CatalogueEntry | undefined {
  if (weightOz === undefined) return undefined;
  const bare = { sku, weightOz, ...size };
  const plain = title.replace(/\p{Cc}+/gu, ' ').slice(0, MOST_TITLE);
  const more = {
    ...(plain === '' ? {} : { title: plain }),
    ...(barcode ? { barcode } : {}),
    ...(picture ? { picture } : {}),
  };
  return CatalogueEntry.safeParse({ ...bare, ...more }).data ?? CatalogueEntry.safeParse(bare).data;
}
