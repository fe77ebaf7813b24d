import { orderOf } from './easypost/shipments';
import { appendScan, type Scan, trackerOfCode } from './easypost/trackers';
import { orderOfReference } from './parcel-reference';
import { noteScan, orderOf as orderOfSaving } from './shipsaving/labels';
import { findOrder } from './tiktok/orders';
import { scanUpsParcel } from './ups/tracking';
import { scanPiece } from './usps/tracking';
import type { World } from './world';

/** A scan as a test orders it. */
export type CarrierScan = Scan & {
  /** The tracking number, if only one of the order's parcels is scanned. */
  readonly package?: string | undefined;
  /** The code that USPS or UPS writes on its own wire; without it, the usual one of the status. */
  readonly code?: string | undefined;
  /** Whether TikTok sees the scan too. */
  readonly platformFollows: boolean;
};

/** The scan of a SCAN Form's barcode, ordered by this name: each piece on it gets an acceptance that nobody saw it for. */
const FORM_SCAN = 'formScan';

type ParcelScan = Scan & { readonly code?: string | undefined };

/** Has the carrier scan one parcel of an order, which its own wire tells; `false` if the order has no such parcel. */
export function scanParcel(
  world: World,
  shopId: string,
  { orderId, number, scan }: { orderId: string; number: string; scan: ParcelScan },
): boolean {
  const isTold = tellScan(world, shopId, { orderId, number, scan });
  const items = findOrder(world, shopId, orderId)?.line_items ?? [];
  return isTold || items.some((item) => item.tracking_number === number);
}

type Told = { readonly orderId: string | null; readonly number: string; readonly scan: ParcelScan };

/** Tells a scan on every wire that knows the number; `false` where none does. */
function tellScan(world: World, shopId: string, { orderId, number, scan }: Told): boolean {
  const tracker = trackerOfCode(world, shopId, number);
  if (tracker !== undefined) appendScan(world, shopId, { tracker, scan, orderId });
  const ownScan = { number, ...scan, code: scan.code === FORM_SCAN ? 'OA' : scan.code };
  const isOfShipSaving = noteScan(world, shopId, { number, scan });
  const isOfUsps = scanPiece(world, shopId, ownScan);
  const isOfUps = scanUpsParcel(world, shopId, ownScan);
  return tracker !== undefined || isOfShipSaving || isOfUsps || isOfUps;
}

/**
 * Has the clerk scan a form's barcode once: each of its parcels is told as accepted at the origin. `false` if there is no
 * such form. TikTok hears nothing of it: only a parcel's own scan counts there.
 */
export function scanForm(world: World, shopId: string, { number, at }: { number: string; at: number }): boolean {
  const ofUsps = world.state.uspsForms.get(shopId, number)?.trackingNumbers;
  const ofEasyPost = world.state.forms.of(shopId).find((form) => form.number === number)?.trackingCodes;
  const ofShipSaving = world.state.savingForms.of(shopId).find((form) => form.number === number)?.trackingCodes;
  const ofTikTok = world.state.sellerManifests.get(shopId, number)?.trackingNumbers;
  const parcels = ofUsps ?? ofEasyPost ?? ofShipSaving ?? ofTikTok;
  for (const parcel of parcels ?? []) {
    const scan = { status: 'in_transit', at, code: FORM_SCAN, statusDetail: 'received_at_origin_facility' } as const;
    tellScan(world, shopId, { orderId: null, number: parcel, scan });
  }
  return parcels !== undefined;
}

/** The number of the newest label of an order that was not given back, whoever sold it. */
export function liveNumber(world: World, shopId: string, orderId: string): string | undefined {
  const labels = SELLERS.flatMap((labelsOf) => labelsOf(world, shopId, orderId)).filter(
    ({ order }) => order === orderId,
  );
  // Of labels of one instant the later line counts: sorting leaves equals as they stand.
  return labels.reverse().sort((one, other) => other.boughtAt - one.boughtAt)[0]?.number;
}

type Live = { readonly boughtAt: number; readonly number: string; readonly order: string | null };

/** The labels of a shop, at least those of one order, that were not given back: by who sold them. */
const SELLERS: readonly ((world: World, shopId: string, orderId: string) => Live[])[] = [
  ({ state }, shopId) =>
    state.shipments
      .of(shopId)
      .flatMap((one) =>
        one.postage === null || one.refundStatus === 'submitted'
          ? []
          : [{ boughtAt: one.postage.boughtAt, number: one.postage.trackingCode, order: orderOf(one) }],
      ),
  ({ state }, shopId) =>
    state.uspsLabels
      .of(shopId)
      .filter((one) => one.state === 'live')
      .map((one) => ({ ...one, number: one.trackingNumber, order: orderOfReference(one.reference) })),
  ({ state }, shopId) =>
    state.upsShipments
      .of(shopId)
      .filter((one) => !one.isVoided)
      .map((one) => ({ ...one, number: one.id, order: one.references.map(orderOfReference)[0] ?? null })),
  ({ state }, shopId) =>
    state.savingLabels
      .of(shopId)
      .filter((one) => !one.isVoided)
      .map((one) => ({ ...one, number: one.trackingCode, order: orderOfSaving(one) })),
];
