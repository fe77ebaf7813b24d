import type { TrackingNotice } from './event';
import { raise, remember } from './record';
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

/** Folds the carrier's word in by the time of the event; a late one never undoes a later one, and a delivery stands. */
export function foldTracking(state: OrderState, notice: TrackingNotice): void {
  const parcel = Object.values(state.packages).find(({ label }) => label.trackingNumber === notice.trackingNumber);
  if (parcel === undefined) {
    // The carrier may be faster than the answer of the purchase; the number says nothing more than that answer will.
    if (notice.meaning === 'labelCreated') return;
    remember(state, { at: notice.at, what: 'trackingUnknown', about: notice.trackingNumber });
    return;
  }
  const { tracking } = parcel;
  if (PROVES_POSSESSION.includes(notice.meaning)) {
    tracking.acceptedAt = Math.min(notice.at, tracking.acceptedAt ?? Infinity);
    // Somebody handed it over without a word: it is packed, and its number must be uploaded.
    parcel.packedAt ??= notice.at;
  }
  if (notice.at < tracking.at || tracking.meaning === 'delivered' || tracking.meaning === notice.meaning) return;
  tracking.meaning = notice.meaning;
  tracking.at = notice.at;
  remember(state, { at: notice.at, what: `carrier.${notice.meaning}`, about: notice.trackingNumber });
  noteConsequences(state, parcel, notice);
}

function noteConsequences(state: OrderState, parcel: Package, notice: TrackingNotice): void {
  const isAllDelivered = Object.values(state.packages).every(({ tracking }) => tracking.meaning === 'delivered');
  if (isAllDelivered) state.deliveredAt ??= notice.at;
  const about = parcel.label.trackingNumber ?? '';
  if (notice.meaning === 'returned') raise(state, { kind: 'returnedToSender', at: notice.at, about });
  if (NEEDS_A_PERSON.includes(notice.meaning)) {
    raise(state, { kind: 'carrierException', at: notice.at, about });
  }
}
