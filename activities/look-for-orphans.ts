import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import { purchasesFolder, readPurchaseKey } from '../contracts/label-documents';
import type { ManifestKey } from '../domain/manifest/manifest';
import { parcelsOffForm, type OffFormSources } from '../domain/manifest/off-form';
import { placeName } from '../domain/manifest/papers';
import { manifestFolder } from '../workflows/messages-manifest';
import type { Ports } from './ports';
import type { About } from './shop-of';

type Input = ManifestKey & Pick<About, 'shopId' | 'at'>;

/** How many labelled parcels are on no form: `count` of all, `waiting` of those that are not packed yet. */
type OrphanAnswer = { kind: 'orphans'; count: number; waiting: number };

/**
 * Counts, before a manifest's cut-off, the labelled parcels of its account and ship-from that would not leave with it. Lists of open
 * orders are a second behind, so one that joined just now may be counted; the API names each.
 */
export async function lookForOrphans(ports: Ports, input: Input): Promise<OrphanAnswer> {
  const { account, shipFrom, date, shopId } = input;
  const orders = (await ports.neighbours.openOrders(shopId))
    .filter((order) => order.shipFrom === undefined || placeName(order.shipFrom) === shipFrom)
    .map(({ trackingNumbers = [], ...order }) => ({ ...order, trackingNumbers }));
  const off = await parcelsOffForm(sourcesOf(ports, shopId), { orders, accounts: [account], shipFrom, date });
  return { kind: 'orphans', count: off.length, waiting: off.filter(({ why }) => why === 'notPacked').length };
}

const sourcesOf = ({ documents }: Ports, shopId: string): OffFormSources => ({
  shelf: documents,
  folderOf: manifestFolder,
  purchasesOf: (orderId) => purchasesFolder({ shopId, orderId }),
  readPurchaseKey,
  accountOf: ({ account = FIRST_ACCOUNT, from }) => `${from === 'platform' ? 'tiktok' : account}-${shopId}`,
});
