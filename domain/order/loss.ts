import { isMoving } from './possession';
import { raise, settle } from './record';
import { isStopped } from './standing';
import type { OrderState, Package } from './state';

/**
 * A label is not voided once its parcel was given away. Where the order ends all the same and no case claims the loss, somebody
 * has to find the parcel or ask for the money.
 */
export function noteLabelNotVoided(state: OrderState, at: number): void {
  if (state.edition < 2 || state.facts?.status !== 'cancelled') return;
  if (state.attention.some(({ kind }) => kind === 'labelNotVoided')) return;
  const lost = Object.values(state.packages).find((parcel) => isLost(parcel) && !isMoving(state, parcel));
  if (lost !== undefined) raise(state, { kind: 'labelNotVoided', at, about: lost.label.trackingNumber ?? '' });
}

/** Ours, paid for, given away, and on no form whose scan a case could show. */
const isLost = ({ label, handedOverAt, manifest }: Package): boolean =>
  label.status === 'bought' &&
  label.handle?.from !== 'platform' &&
  handedOverAt !== undefined &&
  manifest.scannedAt === undefined;

/** On a form that is made, and must not go: pulled from the pile, or the clerk scans every piece of the form by itself. */
export function notePull(state: OrderState, at: number): void {
  if (state.edition < 2) return;
  const [first] = Object.values(state.packages).flatMap((parcel) => numberToPull(state, parcel) ?? []);
  if (first === undefined || isOnItsWay(state)) return settle(state, 'pullFromForm');
  if (state.attention.some(({ kind }) => kind === 'pullFromForm')) return;
  raise(state, { kind: 'pullFromForm', at, about: first });
}

/** The number that must not go with a form: of a parcel that is kept back, or of a label whose place another took. */
function numberToPull(
  state: OrderState,
  { label, manifest, handedOverAt, packedAt, struck }: Package,
): string | undefined {
  const isMade = manifest.status === 'formed' || (manifest.status === 'stays' && isByHand(state, label));
  const isKept = isMade && handedOverAt === undefined && (isStopped(state) || packedAt === undefined);
  return isKept ? (label.trackingNumber ?? '') : struck?.[0];
}

/** Such a form is being made for hours, by a person who may have the number on their list. */
const isByHand = ({ edition }: OrderState, { handle }: Package['label']): boolean =>
  edition >= 6 && handle?.from === 'platform';

const isOnItsWay = (state: OrderState): boolean => Object.values(state.packages).every((one) => isMoving(state, one));
