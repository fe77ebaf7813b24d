import type { World } from '../world';
import type { Refusal } from './envelope';
import type { Order, OrderStatus } from './order';
import { findOrder } from './orders';

/** Why an order is not this shop's. */
export function unknownOrder(world: World, orderId: string): Refusal {
  const isElsewhere = world.state.orders.shopIds().some((shopId) => findOrder(world, shopId, orderId) !== undefined);
  if (isElsewhere) return { code: 21008111, message: 'The order does not belong to this shop' };
  return { code: 21001001, message: 'The order does not exist' };
}

const ALREADY_SHIPPED: Refusal = { code: 21011006, message: 'The package has already been shipped' };
// Published only as "blocked by state"; it is the closest code that is known for an order that cannot be shipped.
const NOT_TO_SHIP: Refusal = { code: 21011035, message: 'The order status does not allow shipping' };

const STATUS_REFUSALS: Readonly<Record<OrderStatus, Refusal | undefined>> = {
  UNPAID: NOT_TO_SHIP,
  ON_HOLD: NOT_TO_SHIP,
  AWAITING_SHIPMENT: undefined,
  PARTIALLY_SHIPPING: undefined,
  AWAITING_COLLECTION: ALREADY_SHIPPED,
  IN_TRANSIT: ALREADY_SHIPPED,
  DELIVERED: { code: 21011030, message: 'The package has already been delivered' },
  COMPLETED: NOT_TO_SHIP,
  CANCELLED: NOT_TO_SHIP,
};

/** Whose label an order is shipped with. An order that does not say is the seller's. */
type ShippingType = 'SELLER' | 'TIKTOK';

// The code is published for the first only ("not seller-shipped"); none is known for the other way round.
const WRONG_SHIPPING: Readonly<Record<ShippingType, Refusal>> = {
  SELLER: { code: 21011004, message: 'The order is not shipped by the seller' },
  TIKTOK: { code: 21011004, message: 'The order is not shipped by TikTok Shipping' },
};

/** Why an order cannot be shipped in this way now. What TikTok fulfils itself leaves the seller nothing to ship. */
export function shippingRefusal(order: Order, wanted: ShippingType): Refusal | undefined {
  const refusal = STATUS_REFUSALS[order.status];
  if (refusal !== undefined) return refusal;
  if ((order.shipping_type ?? 'SELLER') !== wanted) return WRONG_SHIPPING[wanted];
  return order.fulfillment_type === 'FULFILLMENT_BY_TIKTOK' ? NOT_TO_SHIP : undefined;
}

/** Why an order must first be answered for. */
export function openRequestRefusal(order: Order): Refusal | undefined {
  if (order.is_buyer_request_cancel !== true) return undefined;
  return { code: 21011007, message: 'There is an open after-sale request, please handle it first' };
}

/** Why some line items cannot go into a parcel. */
export function itemRefusal(order: Order, itemIds: readonly string[]): Refusal | undefined {
  const items = itemIds.map((id) => order.line_items.find((item) => item.id === id));
  if (items.includes(undefined)) return { code: 21001001, message: 'order_line_item_ids is invalid' };
  return items.some((item) => isPacked(item)) ? ALREADY_SHIPPED : undefined;
}

/** Whether a line item is in a parcel. */
export function isPacked(item: { package_id?: string | undefined } | undefined): boolean {
  return (item?.package_id ?? '') !== '';
}
