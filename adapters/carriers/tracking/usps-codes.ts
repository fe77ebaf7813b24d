import type { TrackingMeaning } from '../../../domain/order/state';

/**
 * USPS event codes in our meanings. Sources: USPS Tracking API v3 (event codes), the code tables that aggregators publish (eHub,
 * DigitalGenius); where they disagree, the reading that proves less.
 */
const MEANINGS: Readonly<Record<string, TrackingMeaning>> = {
  // Label made, or its data sent: USPS awaits the item.
  MA: 'labelCreated',
  GX: 'labelCreated',
  '89': 'labelCreated',
  // "Shipment Received, Package Acceptance Pending": a form or a sack was scanned, the piece was not. Some file it under in transit.
  TM: 'labelCreated',
  // "(Origin) Acceptance", "Accepted at USPS Origin Facility": the scan of a form leaves it for every piece on it as well.
  OA: 'originAccepted',
  UA: 'originAccepted',
  // "USPS in possession of item", "Picked up": a scan of the piece.
  '03': 'accepted',
  '10': 'inTransit',
  A1: 'inTransit',
  T1: 'inTransit',
  TL: 'inTransit',
  SF: 'inTransit',
  '07': 'inTransit',
  // At a post office, for the buyer to fetch.
  '14': 'inTransit',
  '16': 'inTransit',
  OF: 'outForDelivery',
  '01': 'delivered',
  // Notice left, no access, receptacle full, undeliverable, held.
  '02': 'exception',
  '04': 'exception',
  '05': 'exception',
  '51': 'exception',
  '52': 'exception',
  '53': 'exception',
  '54': 'exception',
  '55': 'exception',
  '56': 'exception',
  // Returned to the sender.
  '09': 'returned',
  '21': 'returned',
  '22': 'returned',
  '23': 'returned',
  '24': 'returned',
  '25': 'returned',
  '26': 'returned',
  '29': 'returned',
};

/** What a USPS event code says of a parcel. One that is not known says nothing: it must never read as moving. */
export function meaningOfUspsCode(code: string): TrackingMeaning {
  const known = code.trim().toUpperCase();
  return Object.hasOwn(MEANINGS, known) ? (MEANINGS[known] ?? 'none') : 'none';
}
