import { prefixedId } from '../ids';
import type { World } from '../world';
import { sendEvent } from './events';
import type { Carrier } from './tracking-number';
import { instant } from './wire';

/** What a carrier can say of a parcel (EasyPost's tracker statuses). */
export const TRACKER_STATUSES = [
  'unknown',
  'pre_transit',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'available_for_pickup',
  'return_to_sender',
  'failure',
  'cancelled',
  'error',
] as const;

export type TrackerStatus = (typeof TRACKER_STATUSES)[number];

type TrackingDetail = {
  readonly object: 'TrackingDetail';
  readonly message: string;
  readonly description: string;
  readonly status: TrackerStatus;
  readonly status_detail: string;
  readonly datetime: string;
  readonly source: Carrier;
  readonly carrier_code: null;
  readonly tracking_location: Readonly<Record<'object' | 'city' | 'state' | 'country' | 'zip', string | null>>;
};

export type Tracker = {
  readonly id: string;
  readonly object: 'Tracker';
  readonly mode: 'test';
  readonly tracking_code: string;
  readonly status: TrackerStatus;
  readonly status_detail: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly signed_by: string | null;
  readonly weight: number | null;
  readonly est_delivery_date: string | null;
  readonly shipment_id: string | null;
  readonly carrier: Carrier;
  readonly tracking_details: readonly TrackingDetail[];
  readonly fees: readonly unknown[];
  readonly carrier_detail: null;
  readonly public_url: string;
};

type Beginning = Pick<Tracker, 'tracking_code' | 'carrier' | 'shipment_id' | 'weight' | 'est_delivery_date'>;

/** Begins to follow a number. Like the real one, a fresh tracker knows nothing. */
export function newTracker(world: World, beginning: Beginning, at: number): Tracker {
  const id = prefixedId('trk');
  return {
    ...beginning,
    id,
    object: 'Tracker',
    mode: 'test',
    status: 'unknown',
    status_detail: 'unknown',
    created_at: instant(at),
    updated_at: instant(at),
    signed_by: null,
    tracking_details: [],
    fees: [],
    carrier_detail: null,
    public_url: `${world.url}/track/${id}`,
  };
}

/** The tracker of a number in a shop's account. */
export function trackerOfCode(world: World, shopId: string, code: string): Tracker | undefined {
  return world.state.trackers.of(shopId).find((tracker) => tracker.tracking_code === code);
}

/** One thing a carrier says. */
export type Scan = {
  readonly status: TrackerStatus;
  readonly at: number;
  readonly statusDetail?: string | undefined;
  readonly message?: string | undefined;
};

/** Adds a carrier's scan to a tracker, which then stands where its latest scan stands, and sends the webhook. */
export function appendScan(
  world: World,
  shopId: string,
  { tracker, scan, orderId }: { tracker: Tracker; scan: Scan; orderId: string | null },
): void {
  const tracking_details = [...tracker.tracking_details, detailOf(tracker, scan)].sort((one, other) =>
    one.datetime.localeCompare(other.datetime),
  );
  const latest = tracking_details.at(-1);
  const scanned: Tracker = {
    ...tracker,
    tracking_details,
    status: latest?.status ?? tracker.status,
    status_detail: latest?.status_detail ?? tracker.status_detail,
    updated_at: instant(scan.at),
    signed_by: scan.status === 'delivered' ? 'Front Door' : tracker.signed_by,
  };
  world.state.trackers.put(shopId, tracker.id, scanned);
  sendEvent(world, shopId, {
    description: 'tracker.updated',
    before: { status: tracker.status },
    result: scanned,
    at: scan.at,
    orderId,
  });
}

const USUAL: Partial<Record<TrackerStatus, readonly [message: string, statusDetail: string]>> = {
  pre_transit: ['Shipping Label Created', 'label_created'],
  in_transit: ['Departed Facility', 'departed_facility'],
  out_for_delivery: ['Out for Delivery', 'out_for_delivery'],
  delivered: ['Delivered, Front Door/Porch', 'arrived_at_destination'],
  available_for_pickup: ['Available for Pickup', 'available_for_pickup'],
  return_to_sender: ['Returned to Sender', 'return'],
  failure: ['Undeliverable as Addressed', 'address_correction'],
};

const ACCEPTANCE = ['Accepted at Origin Facility', 'received_at_origin_facility'] as const;

function detailOf(tracker: Tracker, scan: Scan): TrackingDetail {
  const isFirstMove =
    scan.status === 'in_transit' && tracker.tracking_details.every(({ status }) => status === 'pre_transit');
  const [message, statusDetail] = isFirstMove ? ACCEPTANCE : (USUAL[scan.status] ?? ['Status Update', 'status_update']);
  return {
    object: 'TrackingDetail',
    message: scan.message ?? message,
    description: '',
    status: scan.status,
    status_detail: scan.statusDetail ?? statusDetail,
    datetime: instant(scan.at),
    source: tracker.carrier,
    carrier_code: null,
    tracking_location: { object: 'TrackingLocation', city: null, state: null, country: null, zip: null },
  };
}
