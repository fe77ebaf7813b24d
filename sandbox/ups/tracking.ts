import { type Answer, json } from '../answer';
import { centralOffsetMinutes, centralTime } from '../central-time';
import type { TrackerStatus } from '../easypost/trackers';
import type { World } from '../world';
import type { UpsCall } from './gate';
import { serviceOf } from './services';
import { findShipment, hasMoved, keepShipment, type UpsScan, type UpsShipment } from './shipment';
import { NO_TRACKING, refusal } from './wire';

type Activity = Omit<UpsScan, 'at'>;

/** What UPS says once a label is made: nobody has had the parcel in hand. */
export const LABEL_MADE: Activity = {
  type: 'M',
  code: 'MP',
  statusCode: '003',
  text: 'Shipper created a label, UPS has not received the package yet.',
};

const ORIGIN_SCAN: Activity = { type: 'I', code: 'OR', statusCode: '005', text: 'Origin Scan' };
const OTHER: Activity = { type: 'U', code: 'XX', statusCode: '000', text: 'Status Update' };

/** What the carrier says of a parcel, in EasyPost's words, as the activities that UPS itself writes. */
const ACTIVITIES: Partial<Record<TrackerStatus, Activity>> = {
  pre_transit: LABEL_MADE,
  in_transit: { type: 'I', code: 'DP', statusCode: '005', text: 'Departed from Facility' },
  out_for_delivery: { type: 'I', code: 'OT', statusCode: '021', text: 'Out For Delivery Today' },
  delivered: { type: 'D', code: 'FS', statusCode: '011', text: 'DELIVERED' },
  available_for_pickup: { type: 'I', code: 'ZP', statusCode: '048', text: 'Ready for Pickup' },
  return_to_sender: { type: 'X', code: 'RS', statusCode: '016', text: 'Returning to Sender' },
  failure: { type: 'X', code: '48', statusCode: '007', text: 'The address is incorrect or incomplete.' },
};

/** Activities that a test can order by their code. */
const BY_CODE: Readonly<Record<string, Activity>> = Object.fromEntries(
  [
    ...Object.values(ACTIVITIES),
    ORIGIN_SCAN,
    { type: 'P', code: 'PU', statusCode: '005', text: 'Pickup Scan' },
    { type: 'I', code: 'AR', statusCode: '005', text: 'Arrived at Facility' },
  ].map((activity) => [activity.code, activity]),
);

/** A scan of one parcel. */
export type UpsParcelScan = {
  readonly number: string;
  readonly status: TrackerStatus;
  readonly at: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
};

/** Has UPS scan a parcel whose label was bought here; `false` if it was not. */
export function scanUpsParcel(world: World, shopId: string, scan: UpsParcelScan): boolean {
  const shipment = findShipment(world, shopId, scan.number);
  if (shipment === undefined) return false;
  const usual = scan.status === 'in_transit' && !hasMoved(shipment) ? ORIGIN_SCAN : ACTIVITIES[scan.status];
  const activity = BY_CODE[scan.code ?? ''] ?? usual ?? OTHER;
  const added = { ...activity, text: scan.message ?? activity.text, at: scan.at };
  const scans = [...shipment.scans, added].sort((one, other) => one.at - other.at);
  keepShipment(world, shopId, { ...shipment, scans });
  return true;
}

/** Tells of a parcel by its number. */
export function readDetails(world: World, { shopId, params }: UpsCall): Answer {
  const number = params['number'] ?? '';
  const shipment = findShipment(world, shopId, number);
  return shipment === undefined ? refusal(NO_TRACKING) : json(200, tracked([shipment], number));
}

/** Tells of the parcels of a reference. */
export function readByReference(world: World, { shopId, params }: UpsCall): Answer {
  const reference = params['reference'] ?? '';
  const found = world.state.upsShipments.of(shopId).filter(({ references }) => references.includes(reference));
  return found.length === 0 ? refusal(NO_TRACKING) : json(200, tracked(found, reference));
}

function tracked(shipments: readonly UpsShipment[], inquiryNumber: string): unknown {
  const shipment = shipments.map((one) => ({
    inquiryNumber,
    package: one.trackingNumbers.map((trackingNumber) => parcelOf(one, trackingNumber)),
  }));
  return { trackResponse: { shipment } };
}

function parcelOf(shipment: UpsShipment, trackingNumber: string): unknown {
  const newestFirst = [...shipment.scans].reverse();
  const [latest] = newestFirst;
  const delivered = newestFirst.find(({ type }) => type === 'D');
  return {
    trackingNumber,
    activity: newestFirst.map(activityOf),
    ...(latest === undefined ? {} : { currentStatus: statusOf(latest) }),
    deliveryDate: delivered === undefined ? [] : [{ type: 'DEL', date: stamp(delivered.at).date }],
    packageAddress: [],
    packageCount: shipment.trackingNumbers.length,
    referenceNumber: shipment.references.map((number) => ({ type: 'PACKAGE', number })),
    service: { code: shipment.serviceCode, description: serviceOf(shipment.serviceCode)?.name ?? '', levelCode: '' },
    weight: { unitOfMeasurement: 'LBS', weight: shipment.pounds.toFixed(2) },
  };
}

function activityOf(scan: UpsScan): unknown {
  const offset = centralOffsetMinutes(scan.at);
  const iso = new Date(scan.at).toISOString();
  return {
    location: { address: { city: 'Chicago', stateProvince: 'IL', countryCode: 'US', country: 'US' }, slic: '6060' },
    status: statusOf(scan),
    ...stamp(scan.at),
    gmtDate: iso.slice(0, 10).replaceAll('-', ''),
    gmtOffset: `-${String(-offset / 60).padStart(2, '0')}:00`,
    gmtTime: iso.slice(11, 19).replaceAll(':', ''),
  };
}

function statusOf({ type, code, statusCode, text }: UpsScan): Record<string, string> {
  return { type, code, statusCode, description: text };
}

/** Date and time where the parcel is, as UPS writes both. */
function stamp(at: number): { date: string; time: string } {
  const [date = '', time = ''] = centralTime(at).split('T');
  return { date: date.replaceAll('-', ''), time: time.replaceAll(':', '') };
}
