import { type Answer, json } from '../answer';
import { centralOffsetMinutes, centralTime } from '../central-time';
import type { TrackerStatus } from '../easypost/trackers';
import type { World } from '../world';
import type { UspsCall } from './gate';
import { findLabel, hasMoved, keepLabel, type PieceScan, type UspsLabel } from './label';
import { refused } from './wire';

type Meaning = { readonly text: string; readonly category: string };

/** Event codes with the words that the tracking page has for them (Publication 199), as far as scans are played here. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  MA: { text: 'Pre-Shipment Info Sent to USPS, USPS Awaiting Item', category: 'Pre-Shipment' },
  GX: { text: 'Shipping Label Created, USPS Awaiting Item', category: 'Pre-Shipment' },
  TM: { text: 'Shipment Received, Package Acceptance Pending', category: 'Accepted' },
  OA: { text: 'Accepted at USPS Origin Facility', category: 'Accepted' },
  UA: { text: 'Accepted at USPS Facility', category: 'Accepted' },
  '03': { text: 'USPS in possession of item', category: 'Accepted' },
  '07': { text: 'Arrived at Post Office', category: 'In Transit' },
  '10': { text: 'Arrived at USPS Regional Origin Facility', category: 'In Transit' },
  A1: { text: 'Arrived at USPS Regional Facility', category: 'In Transit' },
  T1: { text: 'Departed USPS Regional Facility', category: 'In Transit' },
  OF: { text: 'Out for Delivery', category: 'Out for Delivery' },
  '01': { text: 'Delivered, Front Door/Porch', category: 'Delivered' },
  '16': { text: 'Available for Pickup', category: 'Delivery Attempt' },
  '05': { text: 'Undeliverable as Addressed', category: 'Alert' },
  '09': { text: 'Return to Sender Processed', category: 'Alert' },
};

const OTHER: Meaning = { text: 'Status Update', category: 'In Transit' };

/** What the carrier says of a piece, in EasyPost's words, as the codes that USPS itself writes. */
const CODES: Partial<Record<TrackerStatus, string>> = {
  pre_transit: 'MA',
  in_transit: '10',
  out_for_delivery: 'OF',
  delivered: '01',
  available_for_pickup: '16',
  return_to_sender: '09',
  failure: '05',
};

/** A scan of one piece; without a code of its own it gets the usual one of its status. */
export type UspsScan = {
  readonly number: string;
  readonly status: TrackerStatus;
  readonly at: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
};

/** Has USPS scan a piece whose label was bought here; `false` if it was not. A first movement is the piece's own acceptance. */
export function scanPiece(world: World, shopId: string, { number, status, at, code, message }: UspsScan): boolean {
  const label = findLabel(world, shopId, number);
  if (label === undefined) return false;
  const usual = status === 'in_transit' && !hasMoved(label) ? '03' : CODES[status];
  const scan: PieceScan = { code: code ?? usual ?? '89', at, text: message };
  keepLabel(world, shopId, { ...label, scans: [...label.scans, scan].sort((one, other) => one.at - other.at) });
  return true;
}

/** Tells of a piece. Numbers of other mailers are not told: since April 2026 that takes an agreement. */
export function readTracking(world: World, { shopId, params, query }: UspsCall): Answer {
  const label = findLabel(world, shopId, params['trackingNumber'] ?? '');
  if (label === undefined)
    return refused('/tracking/v3', 404, {
      code: '-2147219283',
      detail: 'A status update is not yet available for this tracking number.',
      parameter: 'trackingNumber',
    });
  return json(200, query.get('expand') === 'DETAIL' ? detailOf(label) : summaryOf(label));
}

function summaryOf(label: UspsLabel): unknown {
  const eventSummaries = newestFirst(label).map((scan) => `${textOf(scan)}, ${centralTime(scan.at)}`);
  return { trackingNumber: label.trackingNumber, eventSummaries };
}

function detailOf(label: UspsLabel): unknown {
  const scans = newestFirst(label);
  const [latest] = scans;
  const meaning = MEANINGS[latest?.code ?? ''] ?? OTHER;
  return {
    trackingNumber: label.trackingNumber,
    mailClass: label.mailClass,
    mailType: 'DOMESTIC_MAIL',
    destinationZIP: label.destinationZip,
    originZIP: label.originZip,
    accessControl: 'FREE',
    status: latest === undefined ? meaning.text : textOf(latest),
    statusCategory: meaning.category,
    statusSummary: latest === undefined ? '' : `${textOf(latest)} at ${centralTime(latest.at)}.`,
    trackingEvents: scans.map((scan) => ({
      eventType: textOf(scan),
      // Local, without a zone: only the offset beside it makes it an instant.
      eventTimestamp: centralTime(scan.at),
      GMTTimestamp: new Date(scan.at).toISOString(),
      GMTOffset: String(centralOffsetMinutes(scan.at)),
      eventCity: 'CHICAGO',
      eventState: 'IL',
      eventZIP: '60607',
      authorizedAgent: false,
      eventCode: scan.code,
    })),
  };
}

function newestFirst({ scans }: UspsLabel): PieceScan[] {
  return [...scans].reverse();
}

function textOf({ code, text }: PieceScan): string {
  return text ?? (MEANINGS[code] ?? OTHER).text;
}
