import type { ShipmentRequest } from '../../activities/ports';
import { AdapterError } from '../../contracts/adapter-error';
import type { WireLineItem, WireOrder } from '../../contracts/platform-order';
import { PROVIDER } from './envelope';
import { liveItemsOf, packageOf } from './items';

/** What goes in one parcel: a whole order, some items of one, or several whole orders. The first order is the one that buys. */
export type ParcelAbout = { orderIds: [string, ...string[]]; itemIds?: string[] };

/**
 * A shipment has no id of its own before it is bought: its name says what it is about, so that a read-back finds exactly its
 * package. `<order>`, `<order>/<item>+<item>`, or `<order>&<order>`.
 */
export function shipmentIdOf(request: Pick<ShipmentRequest, 'orderId' | 'itemIds' | 'withOrders'>): string {
  const { orderId, itemIds = [], withOrders = [] } = request;
  if (withOrders.length > 0) return [orderId, ...withOrders].join('&');
  return itemIds.length > 0 ? `${orderId}/${itemIds.join('+')}` : orderId;
}

/** What a shipment id says. */
export function aboutOf(shipmentId: string): ParcelAbout {
  const [orders = '', items] = shipmentId.split('/');
  const [owner = '', ...others] = orders.split('&');
  return { orderIds: [owner, ...others], ...(items === undefined ? {} : { itemIds: items.split('+') }) };
}

const stale = (code: string): AdapterError =>
  new AdapterError('stale', { provider: PROVIDER, call: 'readShipment', code });

/**
 * The items that go in the parcel.
 * @throws AdapterError `stale` where one of them is not there any more.
 */
export function itemsOf({ itemIds }: ParcelAbout, orders: readonly WireOrder[]): WireLineItem[] {
  const items = orders.flatMap(liveItemsOf);
  if (itemIds === undefined) return items;
  const named = items.filter(({ id }) => itemIds.includes(id));
  if (named.length === itemIds.length) return named;
  throw stale('items changed');
}

/**
 * The one package that all of these items are in; undefined while none is in any.
 * @throws AdapterError `stale` where they are in several: somebody else has packed them in another way.
 */
export function onePackageOf(items: readonly WireLineItem[]): string | undefined {
  const [packageId, ...others] = new Set(items.map(packageOf));
  if (others.length === 0) return packageId;
  throw stale('items in other packages');
}

type Contents = { order_line_item_ids: readonly string[]; orders: readonly { id: string }[] };

/**
 * That a package holds this parcel and no more, as far as the platform tells what is in it.
 * @throws AdapterError `stale` where it holds something else.
 */
export function checkContents(about: ParcelAbout, items: readonly WireLineItem[], contents: Contents): void {
  const isSame = (wanted: readonly string[], found: readonly string[]): boolean =>
    found.length === 0 || (found.length === wanted.length && found.every((id) => wanted.includes(id)));
  const hasItems = isSame(
    items.map(({ id }) => id),
    contents.order_line_item_ids,
  );
  const hasOrders = isSame(
    about.orderIds,
    contents.orders.map(({ id }) => id),
  );
  // Whole orders are taken as they are packed: what was cancelled after that may still be in the package.
  const isSome = about.itemIds !== undefined;
  if (!hasOrders || (isSome && !hasItems)) throw stale('another package');
}
