import type { EvidencePack2, PackFile, PackOrder, PackResponsibility, PackScan } from '../contracts/pack';
import { responsibilityOf } from '../policies/us/responsibility';
import type { OrderRecord } from './pack-orders';
import type { PackParcel } from './pack-parcels';
import type { Papers } from './pack-papers';

/** What the evidence of one case amounts to. Instants are epoch milliseconds. */

/** Any of these shows that the carrier had the parcels: the platform asks for the form or a proof of pickup (SC 5569963429185294). */
const PROOFS: readonly string[] = ['stampedForm', 'stampedReceipt', 'signature', 'proofOfPickup'];

/** The page asks for no stamp on it; by itself it makes no evidence complete. */
const PAPERS: readonly string[] = [...PROOFS, 'receipt'];

const HOUR_MS = 3_600_000;

const hasFile = (files: readonly PackFile[], kinds: readonly string[]): boolean =>
  files.some((file) => file.kinds.some((kind) => kinds.includes(kind)));

/** `isOnForm`: the parcels went with a form. Without one, what a person brought to the case itself is all there is. */
export type Standing = { papers: Papers; isOnForm: boolean };

export const hasProof = ({ papers }: Pick<Standing, 'papers'>): boolean => hasFile(papers.files, PROOFS);

const hasStampedForm = ({ papers }: Standing): boolean => hasFile(papers.files, ['stampedForm']);

/** A scan by the carrier of the piece, or of the form that it is on, before anything moved. */
const ACCEPTANCES: readonly string[] = ['originAccepted', 'accepted'];

const acceptedAt = (events: readonly PackScan[], until: number): number | undefined =>
  events
    .filter(({ meaning }) => ACCEPTANCES.includes(meaning))
    .map(({ at }) => Date.parse(at))
    .find((at) => at < until);

/** `at`: as it is reported, else as the carrier says. `carrierAt`: when the carrier itself first says that it had the parcel. */
type Scan = { at?: number; carrierAt?: number; isCarriersWord: boolean };

/** When a parcel was scanned, and whether the carrier itself says so. */
export function scanOf(
  { papers }: Pick<Standing, 'papers'>,
  { opening, movedAt = Infinity }: PackParcel,
  events: readonly PackScan[],
): Scan {
  const isOpenedByCarrier = opening.scanBy === 'carrier';
  const carrierAt = acceptedAt(events, movedAt) ?? (isOpenedByCarrier ? opening.scannedAt : undefined);
  const at = papers.scannedAt ?? opening.scannedAt ?? carrierAt;
  return {
    isCarriersWord: isOpenedByCarrier || carrierAt !== undefined,
    ...(at === undefined ? {} : { at }),
    ...(carrierAt === undefined ? {} : { carrierAt }),
  };
}

/** An acceptance this long after the scan that is reported is the same scan: nobody reports one to the minute. */
const SAME_SCAN_MS = 12 * HOUR_MS;

/** They say nothing of where a parcel is: no words of the carrier's, a label that was made, and what the form's own scan leaves. */
const UNMOVING: readonly string[] = ['none', 'labelCreated', 'originAccepted'];

/**
 * How long nothing was heard: on its way since the last event, else since the scan until the first event of the parcel itself. Where
 * the carrier says that it had it only much later than is reported, it was silent since then.
 */
export function silentMsOf(
  { opening, movedAt = Infinity }: PackParcel,
  { at, scan, events }: { at: number; scan: Scan; events: readonly PackScan[] },
): number {
  const last = events.at(-1);
  if (opening.cause === 'lost' && last !== undefined) return Math.max(0, at - Date.parse(last.at));
  if (scan.at === undefined) return 0;
  const { at: scannedAt, carrierAt = scannedAt } = scan;
  const from = carrierAt - scannedAt > SAME_SCAN_MS ? carrierAt : scannedAt;
  const moves = events
    .filter(({ meaning }) => !UNMOVING.includes(meaning))
    .map((event) => Date.parse(event.at))
    .filter((eventAt) => eventAt > scannedAt && eventAt !== carrierAt);
  return Math.max(0, Math.min(at, movedAt, ...moves) - from);
}

export const wholeHours = (ms: number): number | null => (ms < HOUR_MS ? null : Math.floor(ms / HOUR_MS));

/** Whose fault it is by the platform's rules. */
export function judged(
  standing: Standing,
  { parcel, record, events, at }: { parcel: PackParcel; record: OrderRecord; events: PackScan[]; at: number },
): PackResponsibility {
  const { papers } = standing;
  const scan = scanOf(standing, parcel, events);
  const due = record.deadlines.find(({ name }) => name === 'shipBy')?.dueAt;
  const { limitBroken, opening } = parcel;
  return responsibilityOf({
    ...(scan.at === undefined ? {} : { scannedAt: scan.at }),
    isCarriersWord: scan.isCarriersWord,
    ...(scan.carrierAt === undefined ? {} : { carrierAt: scan.carrierAt }),
    hasForm: record.trackingNumber !== undefined && papers.formOf.has(record.trackingNumber),
    hasProof: hasProof(standing) || hasFile(papers.files, PAPERS),
    ...(due === undefined ? {} : { dispatchBy: Date.parse(due) }),
    ...(limitBroken === undefined ? {} : { limitAt: limitBroken.at }),
    silentMs: silentMsOf(parcel, { at, scan, events }),
    ...(opening.cause === undefined ? {} : { cause: opening.cause }),
  });
}

/** Of all parcels together: what holds for each, or that it differs. */
export function judgedTogether(orders: readonly PackOrder[]): PackResponsibility {
  const [first, ...others] = orders.map(({ responsibility }) => responsibility);
  if (first === undefined) return responsibilityOf({ hasForm: false, hasProof: false, silentMs: 0 });
  if (others.every(({ reason }) => reason === first.reason)) return first;
  const isOneParty = others.every(({ party }) => party === first.party);
  return { ...first, party: isOneParty ? first.party : 'unclear', reason: 'mixed' };
}

export type Found = {
  orders: readonly PackOrder[];
  hasPlatform: boolean;
  hasPickup: boolean;
  cause: EvidencePack2['cause'];
  isScanKnown: boolean;
};

/** What was not found, by the names in `words/pack.ts`. */
export function missingOf(standing: Standing, found: Found): string[] {
  const { papers } = standing;
  const { orders } = found;
  const lacking: [string, boolean][] = [
    ...(isShownByCarrier(found) ? [] : handoverLacks(standing, found)),
    ['label', orders.some(({ label }) => label === null)],
    ['order', orders.some(({ readFrom }) => readFrom === 'nowhere')],
    ['platformReading', !found.hasPlatform],
    ['pickup', found.cause === 'notCollected' && !found.hasPickup],
    ['tampered', papers.tampered.length > 0],
  ];
  return lacking.flatMap(([name, isLacking]) => (isLacking ? [name] : []));
}

/** A parcel that was cancelled or lost on its way, and was scanned itself: the carrier's own word needs no form and no stamp. */
const isShownByCarrier = ({ cause, orders }: Found): boolean =>
  (cause === 'cancelled' || cause === 'lost') &&
  orders.length > 0 &&
  orders.every(({ events }) => events.some(({ meaning }) => meaning === 'accepted' || meaning === 'inTransit'));

const handoverLacks = (standing: Standing, { orders, isScanKnown }: Found): [string, boolean][] => [
  ...formLacks(standing, orders),
  ['scan', standing.isOnForm && isScanLacking(standing.papers, isScanKnown)],
  ['proof', !hasProof(standing)],
];

/** A report that cannot be so leaves doubt in all the others. */
const isScanLacking = ({ reports, isDoubtful }: Papers, isScanKnown: boolean): boolean =>
  isDoubtful || (reports.length === 0 && !isScanKnown);

function formLacks(standing: Standing, orders: readonly PackOrder[]): [string, boolean][] {
  const { papers, isOnForm } = standing;
  if (!isOnForm) return [];
  const { forms } = papers;
  const hasFiles = forms.length > 0 && forms.every(({ sha256 }) => sha256 !== null);
  return [
    ['form', forms.length === 0],
    ['formFile', forms.length > 0 && !hasFiles && !hasStampedForm(standing)],
    ['parcelOnForm', forms.length > 0 && orders.some(({ form }) => form === null)],
  ];
}

/** Without these a claim is not borne out. */
const NEEDED: readonly string[] = ['form', 'formFile', 'parcelOnForm', 'scan', 'proof', 'tampered'];

export const isComplete = (missing: readonly string[]): boolean => !missing.some((name) => NEEDED.includes(name));
