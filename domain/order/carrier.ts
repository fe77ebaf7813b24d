import { standsAbove } from '../tracking/mark';
import type { TrackingNotice } from './event';
import { raise, remember, settle } from './record';
import type { OrderState, Package, TrackingMeaning } from './state';

/** Meanings that prove that the carrier has the piece: a label, or a scan of a form, is not among them. */
const PROVES_POSSESSION: readonly TrackingMeaning[] = [
  'accepted',
  'inTransit',
  'outForDelivery',
  'delivered',
  'returned',
];

const NEEDS_A_PERSON: readonly TrackingMeaning[] = ['lost', 'exception'];

/**
 * Folds the carrier's word in by the time of the event, so that the same scans end the same in whatever order they are told: a late
 * one never undoes a later one, and a delivery stands.
 */
export function foldTracking(state: OrderState, notice: TrackingNotice): void {
  const parcel = Object.values(state.packages).find(({ label }) => label.trackingNumber === notice.trackingNumber);
  if (parcel === undefined) {
    // The carrier may be faster than the answer of the purchase; the number says nothing more than that answer will.
    if (notice.meaning === 'labelCreated') return;
    remember(state, { at: notice.at, what: 'trackingUnknown', about: notice.trackingNumber });
    return;
  }
  const { tracking } = parcel;
  if (provesPossession(parcel, notice)) {
    tracking.acceptedAt = Math.min(notice.at, tracking.acceptedAt ?? Infinity);
    // Somebody handed it over without a word: it is packed, and its number must be uploaded.
    parcel.packedAt ??= notice.at;
  } else if (notice.meaning === 'originAccepted') {
    tracking.originAt = Math.min(notice.at, tracking.originAt ?? Infinity);
  }
  if (!isNews(state, tracking, notice)) return;
  tracking.meaning = notice.meaning;
  tracking.at = notice.at;
  remember(state, { at: notice.at, what: `carrier.${notice.meaning}`, about: notice.trackingNumber });
  noteConsequences(state, parcel, notice);
}

/** Where a parcel is on a form: its scan leaves an acceptance on every piece, though nobody saw one. */
const ON_FORM: readonly Package['manifest']['status'][] = ['stays', 'formed', 'scanned'];

const provesPossession = ({ manifest }: Package, { meaning }: TrackingNotice): boolean =>
  meaning === 'originAccepted' ? !ON_FORM.includes(manifest.status) : PROVES_POSSESSION.includes(meaning);

function isNews({ edition }: OrderState, tracking: Package['tracking'], notice: TrackingNotice): boolean {
  const { meaning, at } = tracking;
  if (edition < 4) return notice.at >= at && meaning !== 'delivered' && meaning !== notice.meaning;
  return meaning !== notice.meaning && standsAbove(notice, tracking);
}

function noteConsequences(state: OrderState, parcel: Package, notice: TrackingNotice): void {
  const isAllDelivered = Object.values(state.packages).every(({ tracking }) => tracking.meaning === 'delivered');
  if (isAllDelivered) state.deliveredAt ??= notice.at;
  // A return that came first, though it was told later: what was delivered then went back to its sender.
  else if (state.edition >= 4 && notice.meaning === 'returned') delete state.deliveredAt;
  const about = parcel.label.trackingNumber ?? '';
  // What came before it, though it was told later, is over.
  if (state.edition >= 4) settle(state, 'carrierException', 'returnedToSender');
  if (notice.meaning === 'returned') raise(state, { kind: 'returnedToSender', at: notice.at, about });
  if (NEEDS_A_PERSON.includes(notice.meaning)) {
    raise(state, { kind: 'carrierException', at: notice.at, about });
  }
}
