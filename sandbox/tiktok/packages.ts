import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import type { Order } from './order';
import { findOrder } from './orders';
import type { Package } from './packing';

/** A package with the order it is of. */
export type PackageOfOrder = { readonly packed: Package; readonly order: Order };

/** Get Package Detail, without addresses: TikTok redacts them where it ships itself. */
export function readPackage(world: World, { shopId, params }: TikTokCall): Answer {
  const id = params['packageId'] ?? '';
  const found = findPackage(world, shopId, id);
  return found === undefined ? failure(unknownPackage(world, id)) : success(shownPackage(found));
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

function shownPackage({ packed, order }: PackageOfOrder): Record<string, unknown> {
  const isWhole = packed.itemIds.length === order.line_items.length;
  return {
    package_id: packed.id,
    package_status: statusOf({ packed, order }),
    shipping_type: order.shipping_type ?? 'SELLER',
    handover_method: 'DROP_OFF',
    tracking_number: packed.trackingNumber,
    last_mile_tracking_number: '',
    shipping_provider_id: packed.providerId,
    shipping_provider_name: packed.providerName,
    order_line_item_ids: packed.itemIds,
    orders: [{ id: order.id, skus: skusOf({ packed, order }) }],
    delivery_option_id: order.delivery_option_id,
    split_and_combine_tag: isWhole ? 'DEFAULT' : 'SPLIT',
    ...packed.measures,
    create_time: packed.createdAtS,
    update_time: Math.max(packed.createdAtS, order.update_time),
  };
}

/** One line item is one unit: what is in the package is counted by SKU. */
function skusOf({ packed, order }: PackageOfOrder): unknown[] {
  const counts = new Map<string, number>();
  for (const { id, sku_id: sku } of order.line_items)
    if (sku !== undefined && packed.itemIds.includes(id)) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  return [...counts].map(([id, quantity]) => ({ id, quantity }));
}
