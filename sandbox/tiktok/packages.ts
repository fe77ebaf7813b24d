import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import type { Order } from './order';
import { findOrder } from './orders';
import { orderIdsOf, type Package } from './packing';

/** A package with the order it is of. */
export type PackageOfOrder = { readonly packed: Package; readonly order: Order };

/** Get Package Detail, without addresses: TikTok redacts them where it ships itself. */
export function readPackage(world: World, { shopId, params }: TikTokCall): Answer {
  const id = params['packageId'] ?? '';
  const found = findPackage(world, shopId, id);
  return found === undefined ? failure(unknownPackage(world, id)) : success(shownPackage(world, shopId, found));
}

/** A package of a shop, with its order. */
export function findPackage(world: World, shopId: string, id: string): PackageOfOrder | undefined {
  const packed = world.state.packages.get(shopId, id);
  const order = packed === undefined ? undefined : findOrder(world, shopId, packed.orderId);
  return packed === undefined || order === undefined ? undefined : { packed, order };
}

/** Why a package is not this shop's. */
export function unknownPackage(world: World, id: string): Refusal {
  const isElsewhere = world.state.packages.shopIds().some((shopId) => world.state.packages.get(shopId, id));
  if (isElsewhere) return { code: 21011028, message: 'The package does not belong to this shop_cipher' };
  return { code: 21011001, message: 'The package does not exist' };
}

/** Where a package stands, which its line items know. */
export function statusOf({ packed, order }: PackageOfOrder): string | undefined {
  return order.line_items.find((item) => item.package_id === packed.id)?.package_status;
}

/** A package as the wire shows it. */
export function shownPackage(world: World, shopId: string, { packed, order }: PackageOfOrder): Record<string, unknown> {
  const orders = orderIdsOf(packed).flatMap((id) => findOrder(world, shopId, id) ?? []);
  const update_time = Math.max(packed.shippedAtS ?? packed.createdAtS, ...orders.map((one) => one.update_time));
  return {
    package_id: packed.id,
    package_status: statusOf({ packed, order }),
    shipping_type: order.shipping_type ?? 'SELLER',
    handover_method: packed.handover?.method ?? 'DROP_OFF',
    pickup_slot: packed.handover?.slot ?? { start_time: 0, end_time: 0 },
    tracking_number: packed.trackingNumber,
    last_mile_tracking_number: '',
    shipping_provider_id: packed.providerId,
    shipping_provider_name: packed.providerName,
    order_line_item_ids: packed.itemIds,
    orders: orders.map((one) => ({ id: one.id, skus: skusOf({ packed, order: one }) })),
    delivery_option_id: order.delivery_option_id,
    warehouse_id: order['warehouse_id'],
    split_and_combine_tag: tagOf({ packed, order }),
    ...packed.measures,
    create_time: packed.createdAtS,
    update_time,
  };
}

function tagOf({ packed, order }: PackageOfOrder): 'DEFAULT' | 'COMBINE' | 'SPLIT' {
  if (orderIdsOf(packed).length > 1) return 'COMBINE';
  return packed.itemIds.length === order.line_items.length ? 'DEFAULT' : 'SPLIT';
}

/** One line item is one unit: what is in the package is counted by SKU. */
function skusOf({ packed, order }: PackageOfOrder): unknown[] {
  const counts = new Map<string, number>();
  for (const { id, sku_id: sku } of order.line_items)
    if (sku !== undefined && packed.itemIds.includes(id)) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  return [...counts].map(([id, quantity]) => ({ id, quantity }));
}
