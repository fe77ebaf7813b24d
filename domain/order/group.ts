import type { Command, GroupWord } from './command';
import type { ParcelNotice } from './event';
import { hasReached } from './milestones';
import { isTerminal } from './phase';
import { isMoving } from './possession';
import { raise, remember, settle } from './record';
import type { Label, OrderState, Package } from './state';

/**
 * Orders that go in one parcel: one of them owns it and buys its label; the others upload its number as their own. Each of the
 * others asks the owner, so that an owner hears of them whatever it did before; the owner tells each when it knows, and again when
 * that changes. When the owner's parcel does not go, each of the others goes alone.
 */

const ALONE = 'alone';

/** What the orders that share a parcel of this one have not been told yet: one word at a time. */
export function wantedOfOwner(state: OrderState): Command[] {
  const news = Object.entries(state.sharers ?? {}).flatMap(([member, told]) => {
    const word = wordFor(state, member);
    return word === undefined || toldAs(word) === told ? [] : [{ member, word }];
  });
  const [first] = news;
  if (first === undefined) return [];
  const orders = news.filter(({ word }) => toldAs(word) === toldAs(first.word)).map(({ member }) => member);
  return [{ kind: 'tellGroup', orders, word: first.word }];
}

/** What one of them is to be told; undefined while nothing is known. */
function wordFor(state: OrderState, member: string): GroupWord | undefined {
  const parcel = Object.values(state.packages).find(({ label }) => label.members?.includes(member) === true);
  if (parcel === undefined) return isUndecided(state) ? undefined : ALONE;
  return isNotSent(state, parcel) ? ALONE : numberOf(parcel.label);
}

/** Once the carrier has it, it goes, whatever becomes of the owner's order. */
const isNotSent = (state: OrderState, parcel: Package): boolean =>
  parcel.handedOverAt === undefined &&
  !isMoving(state, parcel) &&
  (isOver(state) || GIVEN_UP.includes(parcel.label.status));

function numberOf({ status, trackingNumber, carrier = '', replace }: Label): GroupWord | undefined {
  const isReady = status === 'bought' && replace === undefined;
  return isReady && trackingNumber !== undefined ? { trackingNumber, carrier } : undefined;
}

const GIVEN_UP: readonly Label['status'][] = ['refused', 'voided', 'voidRefused', 'adopted'];

const isOver = ({ phase, facts }: OrderState): boolean => isTerminal(phase) || facts?.refunded === true;

/** Whether its label is still to be chosen, and with it who goes in its parcel. */
const isUndecided = (state: OrderState): boolean =>
  !isOver(state) &&
  !hasReached(state, 'awaitingCollection') &&
  Object.values(state.packages).every(({ label }) => label.status === 'none' && label.alone !== true);

const toldAs = (word: GroupWord): string => (word === ALONE ? ALONE : word.trackingNumber);

export function noteGroupTold(state: OrderState, { orders, word }: { orders: string[]; word: GroupWord }): void {
  state.sharers = { ...state.sharers, ...Object.fromEntries(orders.map((member) => [member, toldAs(word)])) };
}

/** Another order asks what becomes of the parcel that it is to go in: it is told, once more if it was told before. */
export function foldAsked(state: OrderState, member: string): void {
  state.sharers = { ...state.sharers, [member]: '' };
}

/** Those for whom a label was chosen are told without asking. */
export function noteMembers(state: OrderState, members: readonly string[]): void {
  const fresh = members.filter((member) => state.sharers?.[member] === undefined);
  if (fresh.length > 0)
    state.sharers = { ...state.sharers, ...Object.fromEntries(fresh.map((member) => [member, ''])) };
}

/** An order that goes in another's parcel asks about it. */
export const wantedOfMember = (key: string, { label }: Package): Command[] =>
  isWaiting(label) && label.owner !== undefined && label.hasAsked !== true
    ? [{ kind: 'askOwner', package: key, attempt: label.attempt, owner: label.owner }]
    : [];

/** Whoever was to be asked may be over: then nobody sends that parcel. */
export function foldAskedOwner(
  state: OrderState,
  parcel: Package,
  { isOver: over, at }: { isOver: boolean; at: number },
): void {
  if (!isWaiting(parcel.label)) return;
  if (over) leaveGroup(state, parcel, at);
  else parcel.label.hasAsked = true;
}

/** The owner has said nothing, and a deadline is near: it is asked again, and a person may send the order alone. */
export function noteWaiting(state: OrderState, at: number): void {
  for (const { label } of Object.values(state.packages)) {
    if (!isWaiting(label)) continue;
    delete label.hasAsked;
    raise(state, { kind: 'waitsForParcel', at, about: label.owner ?? '' });
  }
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

export function leaveGroup(state: OrderState, parcel: Package, at: number): void {
  const owner = parcel.label.owner ?? '';
  goAlone(parcel);
  settle(state, 'waitsForParcel');
  remember(state, { at, what: 'goesAlone', about: owner });
}

/** Folds in what the owner of a common parcel says. */
export function foldShared(state: OrderState, notice: ParcelNotice): void {
  const parcel = Object.values(state.packages).find(({ label }) => label.owner === notice.owner);
  if (parcel === undefined || isTerminal(state.phase)) return;
  // The carrier has it: it goes under the number that it has.
  if (parcel.handedOverAt !== undefined || isMoving(state, parcel)) return;
  if (notice.trackingNumber === undefined) return leaveGroup(state, parcel, notice.at);
  settle(state, 'waitsForParcel');
  takeNumber(state, parcel, { ...notice, trackingNumber: notice.trackingNumber });
}

type Numbered = ParcelNotice & { trackingNumber: string };

function takeNumber(state: OrderState, parcel: Package, { at, trackingNumber, carrier = '' }: Numbered): void {
  const { label } = parcel;
  if (trackingNumber === label.trackingNumber) return;
  const former = label.trackingNumber === undefined ? [] : [...(label.former ?? []), label.trackingNumber];
  parcel.label = { ...label, ...(former.length === 0 ? {} : { former }), trackingNumber, carrier };
  remember(state, { at, what: 'sharesParcel', about: trackingNumber });
}
