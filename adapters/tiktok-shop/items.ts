import type { OrderItem } from '../../activities/ports';
import type { WireLineItem, WireOrder } from '../../contracts/platform-order';
import type { OrderFacts, PlatformParcel } from '../../domain/order/facts';

const CANCELLED: readonly unknown[] = ['CANCELLED', 'CANCEL'];

/** The line items that are still to be had; all of them where all are cancelled. */
export function liveItemsOf({ line_items: items }: Pick<WireOrder, 'line_items'>): WireLineItem[] {
  const live = items.filter(({ display_status: status }) => !CANCELLED.includes(status));
  return live.length === 0 ? items : live;
}

/** A word of the wire; it leaves out what is not there, says null, or is empty. */
const wordOf = (word: string | null | undefined): string | undefined =>
  word === null || word === '' ? undefined : word;

type Tracking = NonNullable<PlatformParcel['tracking']>;

function trackingOfItem({ tracking_number, shipping_provider_name: carrier }: WireLineItem): Tracking | undefined {
  const number = wordOf(tracking_number);
  return number === undefined ? undefined : { number, carrier: carrier ?? '' };
}

/** The number on the order, or the one on its items: the platform fills either. */
export function trackingOf(order: WireOrder): OrderFacts['tracking'] {
  const ofItem = liveItemsOf(order)
    .map(trackingOfItem)
    .find((tracking) => tracking !== undefined);
  const number = wordOf(order.tracking_number);
  if (number === undefined) return ofItem;
  return { number, carrier: wordOf(order.shipping_provider) ?? ofItem?.carrier ?? '' };
}

/** What is in the order: by the seller's own number of it, where one was given. */
export const orderItemsOf = (order: WireOrder): OrderItem[] => liveItemsOf(order).map(orderItemOf);

function orderItemOf(item: WireLineItem): OrderItem {
  const [skuId, productId] = [wordOf(item.sku_id), textOf(item['product_id'])];
  const title = [textOf(item['product_name']), textOf(item['sku_name'])]
    .filter((text) => text !== undefined)
    .join(', ');
  return {
    id: item.id,
    sku: wordOf(item.seller_sku) ?? skuId ?? productId ?? item.id,
    title,
    ...(skuId === undefined ? {} : { skuId }),
    ...(productId === undefined ? {} : { productId }),
  };
}

/** A field that the contract leaves unread. */
const textOf = (field: unknown): string | undefined => (typeof field === 'string' ? wordOf(field) : undefined);

/** Which package an item is in, by its id; undefined while it is in none. */
export const packageOf = (item: WireLineItem): string | undefined => wordOf(item.package_id);

/**
 * How the platform has the items in parcels, where it is not one parcel with all of them: items with one package, or with one
 * number where no package is named, go together; those with neither are still to be packed.
 */
export function parcelsOf(order: WireOrder): Pick<OrderFacts, 'parcels'> {
  const groups = new Map<string, PlatformParcel>();
  for (const item of liveItemsOf(order)) {
    const tracking = trackingOfItem(item);
    const name = packageOf(item) ?? tracking?.number ?? '';
    const parcel = groups.get(name);
    if (parcel === undefined) groups.set(name, { itemIds: [item.id], ...(tracking ? { tracking } : {}) });
    else {
      parcel.itemIds.push(item.id);
      if (tracking !== undefined) parcel.tracking ??= tracking;
    }
  }
  return groups.size > 1 ? { parcels: [...groups.values()] } : {};
}

/** The orders that the platform recommends to send together; `N/A` where the seller wants none. */
export function combineGroupOf({ auto_combine_group_id: group }: WireOrder): Pick<OrderFacts, 'combineGroup'> {
  const name = wordOf(group);
  return name === undefined || name === 'N/A' ? {} : { combineGroup: name };
}
