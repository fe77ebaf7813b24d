import type { Ports } from '../activities/ports';
import { easyPost } from '../adapters/carriers/easypost/provider';
import { localDocuments } from '../adapters/document-store/local';
import { shopDirectory } from '../adapters/document-store/shops';
import { tiktokShop } from '../adapters/tiktok-shop/platform';

/** The only place where adapters meet activities. */
export function portsOf(documentsDir: string): Ports {
  const documents = localDocuments(documentsDir);
  return {
    findShop: shopDirectory(documents),
    documents,
    platformOf: tiktokShop,
    labelsOf: easyPost,
    tzdata: process.versions['tz'] ?? 'unknown',
  };
}
