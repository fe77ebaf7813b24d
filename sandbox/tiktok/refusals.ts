import type { World } from '../world';
import type { Refusal } from './envelope';
import type { Order, OrderStatus } from './order';
import { isLive, isPacked, isSetApart } from './order-items';
import { findOrder, returnsOf } from './orders';
import { isOpenReturn } from './returns';

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

/** Why an order must first be answered for: the buyer wants it cancelled, or something back. */
export function openRequestRefusal(world: World, shopId: string, order: Order): Refusal | undefined {
  const hasReturn = returnsOf(world, shopId, order.id).some(isOpenReturn);
  if (order.is_buyer_request_cancel !== true && !hasReturn) return undefined;
  return { code: 21011007, message: 'There is an open after-sale request, please handle it first' };
}

/** Said where the order goes in several packages and the items do not tell which. */
export const SEVERAL_PACKAGES: Refusal = {
  code: 21011048,
  message: 'The order has several packages, please give order_line_item_ids',
};

const UNKNOWN_ITEMS: Refusal = { code: 21001001, message: 'order_line_item_ids is invalid' };

/** Why some line items cannot go into one parcel. */
export function itemRefusal(
  order: Order,
  itemIds: readonly string[],
  unknownItems = UNKNOWN_ITEMS,
): Refusal | undefined {
  const items = order.line_items.filter(({ id }) => itemIds.includes(id));
  if (items.length < new Set(itemIds).size) return unknownItems;
  if (items.some(isPacked)) return ALREADY_SHIPPED;
  if (!items.every(isLive)) return NOT_TO_SHIP;
  return isOnePackage(order, items) ? undefined : SEVERAL_PACKAGES;
}

/** After a split a parcel is one of the packages that were set apart, with all of its items. */
function isOnePackage(order: Order, items: Order['line_items']): boolean {
  const apart = order.line_items.filter(isSetApart);
  if (apart.length === 0) return true;
  const id = items[0]?.package_id;
  const wanted = apart.filter((item) => item.package_id === id);
  return wanted.length === items.length && items.every((item) => item.package_id === id);
}
