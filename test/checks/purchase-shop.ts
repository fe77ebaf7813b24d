import { localDocuments } from '../../adapters/document-store/local';
import { shopKey } from '../../contracts/shop';
import { openSandboxShop } from '../../engine/sandbox-shop';
import { call } from '../../stories/call';
import { platformShipping } from '../../stories/moves';
import { newId, sampleOrder } from '../../stories/sample-order';
import type { LedgerLine } from '../../stories/stage';
import type { Floor } from '../support/floor';
import type { Outcome, Seller } from './purchase-cases';

/** A shop of its own that buys through one seller of labels: no purchase meets another's faults. */
export type PurchaseShop = {
  shopId: string;
  control: <Body>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<Body>;
  /** Gives the order's id. */
  place: (wish: { isSilent: boolean }) => Promise<string>;
  /** What the ledger has of an order: labels that were paid for and not given back. */
  paid: (orderId: string) => Promise<Outcome['labels']>;
};

export async function openPurchaseShop(
  { sandboxUrl, apiUrl, documentsDir }: Floor,
  seller: Seller,
  weightOz = 16,
): Promise<PurchaseShop> {
  const shopId = newId();
  const where = { sandboxUrl, apiUrl, documentsDir, shopId, autoCancel: false };
  await openSandboxShop(seller === 'tiktok' ? where : { ...where, carriers: [seller] });
  const documents = localDocuments(documentsDir);
  const written = JSON.parse((await documents.get(shopKey(shopId))) ?? '{}') as object;
  const parcel = { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz };
  await documents.put(shopKey(shopId), JSON.stringify({ ...written, parcel }));
  const control: PurchaseShop['control'] = (method, path, body) =>
    call(method, `${sandboxUrl}/control/shops/${shopId}${path}`, body);
  return {
    shopId,
    control,
    place: async ({ isSilent }) => {
      const more = seller === 'tiktok' ? platformShipping : {};
      const order = sampleOrder({ createdAt: Date.now() - 60_000, status: 'AWAITING_SHIPMENT', ...more });
      await control('PUT', `/orders/${order.id}${isSilent ? '?silent=true' : ''}`, order);
      return order.id;
    },
    paid: async (orderId) => {
      const { data } = await control<{ data: LedgerLine[] }>('GET', `/ledger?order=${orderId}`);
      const lines = (kind: string): number => data.filter((line) => line.kind === kind).length;
      return lines('labelBought') - lines('labelVoided');
    },
  };
}
