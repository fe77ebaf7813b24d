import { orderOf } from './easypost/shipments';
import { appendScan, type Scan, type Tracker, trackerOfCode } from './easypost/trackers';
import type { Order } from './tiktok/order';
import { findOrder, moveOrder } from './tiktok/orders';
import type { World } from './world';

/** A scan as a test orders it. */
export type CarrierScan = Scan & {
  /** The tracking number, if the order has more than one parcel. */
  readonly package?: string | undefined;
  /** Whether TikTok sees the scan too. */
  readonly platformFollows: boolean;
};

/** Has the carrier scan an order's parcel; `false` if the order has none to scan. */
export function scanParcel(
  world: World,
  shopId: string,
  { orderId, scan }: { orderId: string; scan: CarrierScan },
): boolean {
  const order = findOrder(world, shopId, orderId);
  const number = scan.package ?? liveNumber(world, shopId, orderId) ?? uploadedNumbers(order)[0];
  if (number === undefined) return false;
  const tracker = trackerOfCode(world, shopId, number);
  if (tracker !== undefined) appendScan(world, shopId, { tracker, scan, orderId });
  const isUploaded = uploadedNumbers(order).includes(number);
  if (order !== undefined && isUploaded && scan.platformFollows) follow(world, shopId, { order, scan });
  return tracker !== undefined || isUploaded;
}

/** The number of the newest label of an order that was not given back. */
function liveNumber(world: World, shopId: string, orderId: string): string | undefined {
  const shipment = world.state.shipments
    .of(shopId)
    .findLast((one) => orderOf(one) === orderId && one.postage !== null && one.refundStatus !== 'submitted');
  return shipment?.postage?.trackingCode;
}

function uploadedNumbers(order: Order | undefined): string[] {
  const numbers = order?.line_items.flatMap((item) => item.tracking_number ?? []) ?? [];
  return [...new Set(numbers)];
}

/** The platform reads the carrier's feed: the first movement, and the delivery of the last parcel. */
function follow(world: World, shopId: string, { order, scan }: { order: Order; scan: CarrierScan }): void {
  const isMovement = ['in_transit', 'out_for_delivery', 'delivered'].includes(scan.status);
  // Refused by the machine unless the order waits for its collection: a later movement changes nothing.
  if (isMovement) moveOrder(world, shopId, { orderId: order.id, status: 'IN_TRANSIT', at: scan.at });
  if (scan.status === 'delivered' && allDelivered(world, shopId, order)) {
    moveOrder(world, shopId, { orderId: order.id, status: 'DELIVERED', at: scan.at });
  }
}

/** A parcel whose label was bought elsewhere has no tracker here; its one delivery scan speaks for it. */
function allDelivered(world: World, shopId: string, order: Order): boolean {
  const trackers = uploadedNumbers(order).map((number) => trackerOfCode(world, shopId, number));
  return trackers.every((tracker: Tracker | undefined) => tracker === undefined || tracker.status === 'delivered');
}
