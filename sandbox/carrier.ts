import { appendScan, type Scan, trackerOfCode } from './easypost/trackers';
import { findOrder } from './tiktok/orders';
import type { World } from './world';

/** A scan as a test orders it. */
export type CarrierScan = Scan & {
  /** The tracking number, if only one of the order's parcels is scanned. */
  readonly package?: string | undefined;
  /** Whether TikTok sees the scan too. */
  readonly platformFollows: boolean;
};

/** Has the carrier scan one parcel of an order, which its own tracker tells; `false` if the order has no such parcel. */
export function scanParcel(
  world: World,
  shopId: string,
  { orderId, number, scan }: { orderId: string; number: string; scan: Scan },
): boolean {
  const tracker = trackerOfCode(world, shopId, number);
  if (tracker !== undefined) appendScan(world, shopId, { tracker, scan, orderId });
  const items = findOrder(world, shopId, orderId)?.line_items ?? [];
  return tracker !== undefined || items.some((item) => item.tracking_number === number);
}
