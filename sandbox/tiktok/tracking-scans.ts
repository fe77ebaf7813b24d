import { type CarrierScan, liveNumber, scanParcel } from '../carrier';
import type { TrackerStatus } from '../easypost/trackers';
import { toSeconds } from '../clock';
import type { World } from '../world';
import { type Order, type OrderStatus, touched } from './order';
import { hasReached, isLive, isPacked, itemIn } from './order-items';
import { changePlaced, findOrder, moveOrder } from './orders';
import { orderIdsOf } from './packing';

/** One line of a carrier's feed as the platform has read it. */
export type PlatformScan = { readonly number: string; readonly description: string; readonly at: number };

/**
 * Has the carrier scan a parcel of an order, or all of them where none is named; `false` if there is none to scan.
 *
 * The platform reads the feed unless it is told not to: a parcel's line items move one by one, the order once all have.
 */
export function scanOrder(
  world: World,
  shopId: string,
  { orderId, scan }: { orderId: string; scan: CarrierScan },
): boolean {
  const numbers = numbersToScan(world, shopId, { orderId, named: scan.package });
  const scanned = numbers.filter((number) => scanParcel(world, shopId, { orderId, number, scan }));
  if (scan.platformFollows) for (const number of scanned) follow(world, shopId, { orderId, number, scan });
  return scanned.length > 0;
}

function numbersToScan(world: World, shopId: string, which: { orderId: string; named?: string | undefined }): string[] {
  const { orderId, named } = which;
  if (named !== undefined) return [named];
  const order = findOrder(world, shopId, orderId);
  const uploaded = new Set((order?.line_items ?? []).filter(isLive).flatMap((item) => item.tracking_number ?? []));
  if (uploaded.size > 1 || order?.status === 'PARTIALLY_SHIPPING') return [...uploaded];
  return [liveNumber(world, shopId, orderId) ?? [...uploaded][0]].filter((number) => number !== undefined);
}

type Followed = { readonly orderId: string; readonly number: string; readonly scan: CarrierScan };

/** The platform reads a number's feed for every order of the parcel. */
function follow(world: World, shopId: string, { orderId, number, scan }: Followed): void {
  for (const order of ordersIn(world, shopId, { orderId, number })) {
    const line: PlatformScan = { number, description: scan.message ?? DESCRIPTIONS[scan.status], at: scan.at };
    const ref = { shopId, orderId: order.id };
    changePlaced(world, ref, ({ scans = [] }) => ({ scans: [...scans, line] }));
    moveItems(world, shopId, { order, number, scan });
  }
}

/** The orders of one parcel: of a package for several, or of a group under one number. */
function ordersIn(world: World, shopId: string, { orderId, number }: { orderId: string; number: string }): Order[] {
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return [];
  const packed = world.state.packages
    .of(shopId)
    .find((one) => one.trackingNumber === number && orderIdsOf(one).includes(orderId));
  const group = order.auto_combine_group_id ?? 'N/A';
  const isBeside = (one: Order): boolean =>
    (packed !== undefined && orderIdsOf(packed).includes(one.id)) ||
    (group !== 'N/A' && group !== '' && one.auto_combine_group_id === group);
  const all = world.state.orders.of(shopId).map((placed) => placed.order);
  const carries = (one: Order): boolean => one.line_items.some((item) => item.tracking_number === number);
  return all.filter((one) => carries(one) && (one.id === orderId || isBeside(one)));
}

const MOVEMENTS: readonly TrackerStatus[] = ['in_transit', 'out_for_delivery', 'delivered'];
const MOVING: readonly OrderStatus[] = ['PARTIALLY_SHIPPING', 'AWAITING_COLLECTION', 'IN_TRANSIT'];

type Moved = { readonly order: Order; readonly number: string; readonly scan: CarrierScan };

function moveItems(world: World, shopId: string, { order, number, scan }: Moved): void {
  if (!MOVEMENTS.includes(scan.status) || !MOVING.includes(order.status)) return;
  const reached = scan.status === 'delivered' ? 'DELIVERED' : 'IN_TRANSIT';
  const line_items = order.line_items.map((item) => (item.tracking_number === number ? itemIn(item, reached) : item));
  const haveAll = (status: OrderStatus): boolean =>
    line_items.filter(isLive).every((item) => isPacked(item) && hasReached(item, status));
  const move = { orderId: order.id, at: scan.at, fields: { line_items } };
  const isMoved = haveAll('IN_TRANSIT') && moveOrder(world, shopId, { ...move, status: 'IN_TRANSIT' });
  const isDelivered = haveAll('DELIVERED') && moveOrder(world, shopId, { ...move, status: 'DELIVERED' });
  if (isMoved || isDelivered) return;
  const changed = touched({ ...order, line_items }, toSeconds(scan.at));
  changePlaced(world, { shopId, orderId: order.id }, () => ({ order: changed }));
}

const DESCRIPTIONS: Readonly<Record<TrackerStatus, string>> = {
  unknown: 'Status update',
  pre_transit: 'Shipping label created',
  in_transit: 'Your package is in transit',
  out_for_delivery: 'Your package is out for delivery',
  delivered: 'Your package has been delivered',
  available_for_pickup: 'Your package is ready for pickup',
  return_to_sender: 'Your package is being returned to the sender',
  failure: 'Your package could not be delivered',
  cancelled: 'The shipment has been cancelled',
  error: 'Status update',
};
