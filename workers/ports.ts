import type { Client } from '@temporalio/client';
import type { Ports } from '../activities/ports';
import { appealDesk } from '../adapters/appeal-desk/http';
import { easyPostForms } from '../adapters/carriers/easypost/forms';
import { easyPost } from '../adapters/carriers/easypost/provider';
import { localDocuments } from '../adapters/document-store/local';
import { shopDirectory } from '../adapters/document-store/shops';
import { tiktokLabels } from '../adapters/tiktok-shop/platform-labels';
import { tiktokShop } from '../adapters/tiktok-shop/platform';
import { neighboursOf } from './neighbours';

export type PortsWish = { documentsDir: string; client: Client; taskQueue: string };

/** The only place where adapters meet activities. */
export function portsOf({ documentsDir, client, taskQueue }: PortsWish): Ports {
  const documents = localDocuments(documentsDir);
  const findShop = shopDirectory(documents);
  return {
    findShop,
    documents,
    neighbours: neighboursOf(client, taskQueue, async (shopId) => (await findShop(shopId))?.kind === 'sandbox'),
    platformOf: tiktokShop,
    labelsOf: easyPost,
    platformLabelsOf: tiktokLabels,
    formsOf: easyPostForms,
    appealDeskOf: appealDesk,
    tzdata: process.versions['tz'] ?? 'unknown',
  };
}
