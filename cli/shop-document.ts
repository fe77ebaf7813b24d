import { z } from 'zod';
import { localDocuments } from '../adapters/document-store/local';
import { ShopKind, shopKey } from '../contracts/shop';
import { PlainFailure } from '../engine/plain-failure';
import { cliFailures } from '../words/cli';

/** What the command line has to know of a shop. It never reads the keys that stand in the same document. */
const ShopDocument = z.object({ kind: ShopKind, clock: z.string().optional() });
type ShopDocument = z.infer<typeof ShopDocument>;

/** Reads a shop's document; a shop that has none is refused with a sentence. */
export async function readShopDocument(documentsDir: string, shopId: string): Promise<ShopDocument> {
  const text = await localDocuments(documentsDir).get(shopKey(shopId));
  if (text === undefined) throw new PlainFailure(cliFailures.noShopDocument(shopId, documentsDir));
  try {
    return ShopDocument.parse(JSON.parse(text));
  } catch (error) {
    throw new PlainFailure(cliFailures.badShopDocument(shopId, documentsDir), { cause: error });
  }
}
