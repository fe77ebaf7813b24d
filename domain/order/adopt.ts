import { trackingOf, type OrderFacts, type OwnLabel } from './facts';
import { raise, remember } from './record';
import type { OrderState, Package } from './state';

/** Numbers are written with and without blanks, and USPS's with the ZIP code that its barcode begins with. */
const sameNumber = (a: string, b: string): boolean => {
  const plain = (number: string): string => number.replace(/[^0-9A-Za-z]/g, '').replace(/^420\d{5}(?=9\d{21}$)/, '');
  return plain(a) === plain(b);
};

/** A tracking number that another tool put there is taken as ours, and our own label is never bought (safety rule 3). */
export function adoptTracking(state: OrderState, facts: OrderFacts): void {
  const adopt = facts.shippingType === 'platform' && state.edition >= 2 ? adoptPlatformLabel : adoptNumber;
  for (const parcel of Object.values(state.packages)) {
    const tracking = trackingOf(facts, parcel.itemIds);
    if (tracking !== undefined) adopt(state, parcel, { ...facts, tracking });
  }
}

type Tracked = OrderFacts & { tracking: NonNullable<OrderFacts['tracking']> };

/** Of a label of ours that is being replaced: it is corrected once there is another. */
const isFormer = ({ former = [] }: Package['label'], trackingNumber: string): boolean =>
  former.some((number) => sameNumber(number, trackingNumber));

const ADOPTS: readonly Package['label']['status'][] = [
  'none',
  'prepared',
  'adopted',
  'refused',
  'voided',
  'voidRefused',
];

function adoptNumber(state: OrderState, parcel: Package, { tracking, statusAt: at }: Tracked): void {
  const { label, upload } = parcel;
  const { number: trackingNumber, carrier, own } = tracking;
  const isOurs = label.trackingNumber !== undefined && sameNumber(label.trackingNumber, trackingNumber);
  if (isFormer(label, trackingNumber)) return;
  if (upload.status === 'done') {
    if (!isOurs) raise(state, { kind: 'otherTracking', at, about: trackingNumber });
  } else if (isOurs) {
    parcel.upload = { status: 'done', at, number: trackingNumber };
  } else if (own !== undefined) {
    parcel.label = ownLabel(own, { trackingNumber, carrier });
    parcel.upload = { status: 'done', at, number: trackingNumber };
  } else if (ADOPTS.includes(label.status)) {
    parcel.label = { ...label, status: 'adopted', trackingNumber, carrier };
    parcel.upload = { status: 'done', at };
    remember(state, { at, what: 'labelAdopted', about: trackingNumber });
  }
}

/** One whose money was asked back is no label any more: its number stands there until another takes its place. */
const ownLabel = (
  { attempt, handle, isVoided }: OwnLabel,
  tracking: { trackingNumber: string; carrier: string },
): Package['label'] =>
  isVoided === true
    ? { status: 'none', attempt: attempt + 1, former: [tracking.trackingNumber] }
    : { attempt, handle, status: 'bought', ...tracking };

/** Where the platform ships, the number on the order is the label, whoever bought it: there can be no other. */
function adoptPlatformLabel(state: OrderState, parcel: Package, { tracking, statusAt: at }: Tracked): void {
  const { label, upload } = parcel;
  if (upload.status === 'done') return;
  // A purchase of ours whose outcome was never learned is the only one that can have put it there.
  const isOurs = label.status === 'unknown' || label.status === 'bought';
  const status = isOurs ? 'bought' : 'adopted';
  parcel.label = { ...label, status, trackingNumber: tracking.number, carrier: tracking.carrier };
  delete parcel.label.reason;
  // The purchase was given up while its file was being fetched.
  if (isOurs) parcel.label.fileMissing = true;
  parcel.upload = { status: 'done', at };
  remember(state, { at, what: isOurs ? 'labelBought' : 'labelAdopted', about: tracking.number });
}
