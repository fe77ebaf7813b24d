import type { Client } from '@temporalio/client';
import type { Ports } from '../activities/ports';
import { beginAccount, beginCarrierWatch, beginSweep } from '../engine/shop-accounts';

type Keeping = Pick<Ports, 'findShop'> & {
  documents: Pick<Ports['documents'], 'list'>;
  client: Client;
  taskQueue: string;
};

const FOLDER = 'shops';

/**
 * Sees to it that every live shop that is connected has its account, its sweep and the watch over its carrier accounts: they have
 * no end of their own, and what somebody terminated, or a Temporal that is new, is begun again when a worker starts. What is there
 * stays as it is.
 * @returns how many shops there are.
 */
export async function keepShops({ findShop, documents, client, taskQueue }: Keeping): Promise<number> {
  const ids = (await documents.list(FOLDER)).map((key) => key.slice(FOLDER.length + 1));
  const shops = await Promise.all(ids.map(findShop));
  const live = shops.flatMap((shop) => (shop?.kind === 'live' && shop.platform.tokenVersion > 0 ? [shop] : []));
  for (const { id: shopId, sweep } of live) {
    await beginAccount(client, { taskQueue, shopId });
    await beginCarrierWatch(client, { taskQueue, shopId });
    if (sweep !== undefined) await beginSweep(client, { taskQueue, shopId });
  }
  return live.length;
}
