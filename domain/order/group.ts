import type { Command, GroupWord } from './command';
import type { ParcelNotice } from './event';
import { isTerminal } from './phase';
import { raise, remember, settle } from './record';
import type { Label, OrderState, Package } from './state';

/**
 * Orders that go in one parcel: the one with the smallest id buys its label and tells the others the number, which each of them
 * uploads as its own. When the owner's parcel does not go, each of the others goes alone.
 */

const ALONE = 'alone';

/** What the other orders of a parcel have not been told yet. */
export function wantedOfGroup(state: OrderState, key: string, { label, packedAt }: Package): Command[] {
  const { members, attempt } = label;
  if (members === undefined) return [];
  const word = wordOf(state, label);
  if (word === undefined || members.told === toldAs(word)) return [];
  // Handed to the carrier it goes, whatever becomes of the owner's order.
  if (word === ALONE && packedAt !== undefined && members.told !== undefined && !isTerminal(state.phase)) return [];
  return [{ kind: 'tellGroup', package: key, attempt, orders: members.orders, word }];
}

function wordOf(state: OrderState, { status, trackingNumber, carrier = '' }: Label): GroupWord | undefined {
  const isGivenUp = state.phase === 'cancelled' || status === 'refused' || status === 'voided';
  if (isGivenUp) return ALONE;
  return status === 'bought' && trackingNumber !== undefined ? { trackingNumber, carrier } : undefined;
}

const toldAs = (word: GroupWord): string => (word === ALONE ? ALONE : word.trackingNumber);

export function noteGroupTold({ label }: Package, word: GroupWord): void {
  if (label.members !== undefined) label.members.told = toldAs(word);
}

/** The owner has said nothing, and a deadline is near: whether to go on waiting is for a person to say. */
export function noteWaiting(state: OrderState, at: number): void {
  const waiting = Object.values(state.packages).find(({ label }) => isWaiting(label));
  if (waiting !== undefined) raise(state, { kind: 'waitsForParcel', at, about: waiting.label.owner ?? '' });
}

export const isWaiting = ({ status, trackingNumber }: Label): boolean =>
  status === 'shared' && trackingNumber === undefined;

/** It does not go with the others: the next label is its own. */
export function goAlone(parcel: Package): void {
  const { attempt, former, trackingNumber } = parcel.label;
  const numbers = [...(former ?? []), ...(trackingNumber === undefined ? [] : [trackingNumber])];
  parcel.label = {
    status: 'none',
    attempt: attempt + 1,
    alone: true,
    ...(numbers.length > 0 ? { former: numbers } : {}),
  };
}

/** Folds in what the owner of a common parcel says. */
export function foldShared(state: OrderState, { at, owner, trackingNumber, carrier = '' }: ParcelNotice): void {
  const parcel = Object.values(state.packages).find(({ label }) => label.owner === owner);
  if (parcel === undefined || isTerminal(state.phase)) return;
  const { label } = parcel;
  settle(state, 'waitsForParcel');
  if (trackingNumber === undefined) {
    goAlone(parcel);
    return remember(state, { at, what: 'goesAlone', about: owner });
  }
  if (trackingNumber === label.trackingNumber) return;
  const former = label.trackingNumber === undefined ? [] : [...(label.former ?? []), label.trackingNumber];
  parcel.label = { ...label, ...(former.length === 0 ? {} : { former }), trackingNumber, carrier };
  remember(state, { at, what: 'sharesParcel', about: trackingNumber });
}
