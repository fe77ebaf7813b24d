import type { Order, OrderStatus } from './order';
import { goodsOf } from './product-shelf';

type Item = Order['line_items'][number];

/** How far a line item can be, in the order it gets there. */
const FORWARD: readonly unknown[] = [
  'AWAITING_SHIPMENT',
  'AWAITING_COLLECTION',
  'IN_TRANSIT',
  'DELIVERED',
  'COMPLETED',
];

const PACKAGE_STATUS: Readonly<Record<string, string>> = {
  AWAITING_COLLECTION: 'PROCESSING',
  IN_TRANSIT: 'FULFILLING',
  DELIVERED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
};

/** Whether a line item is in a parcel that has been shipped. One in a package that was only set apart is not. */
export function isPacked(item: Pick<Item, 'package_id' | 'package_status'> | undefined): boolean {
  return (item?.package_id ?? '') !== '' && item?.package_status !== 'TO_FULFILL';
}

/** Whether a line item is in a package that was set apart by a split and is not shipped yet. */
export function isSetApart(item: Item): boolean {
  return (item.package_id ?? '') !== '' && item.package_status === 'TO_FULFILL';
}

/** Whether a line item still belongs to its order. */
export function isLive(item: Item): boolean {
  return item.display_status !== 'CANCELLED';
}

/** Whether a line item is at least as far as a status. */
export function hasReached(item: Item, status: OrderStatus): boolean {
  return FORWARD.indexOf(item.display_status) >= FORWARD.indexOf(status);
}

/** A line item after its order or its parcel has come to a status: one that is further stays there. */
export function itemIn(item: Item, status: OrderStatus): Item {
  if (!isLive(item)) return item;
  const wanted = status === 'PARTIALLY_SHIPPING' ? ownStatus(item) : status;
  if (FORWARD.includes(wanted) && hasReached(item, wanted)) return item;
  const packageStatus = PACKAGE_STATUS[wanted];
  const isInPackage = item.package_id !== undefined && packageStatus !== undefined;
  return { ...item, display_status: wanted, ...(isInPackage ? { package_status: packageStatus } : {}) };
}

/** A line item as the wire shows it: one that was placed without telling what it is is one of the usual products. */
export function withGoods(item: Item, index: number): Item {
  return { ...goodsOf(item, index), ...item };
}

/** Where a line item of a partly shipped order stands. */
function ownStatus(item: Item): OrderStatus {
  return isPacked(item) ? 'AWAITING_COLLECTION' : 'AWAITING_SHIPMENT';
}
