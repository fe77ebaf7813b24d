import { leaveGroup } from './group';
import type { OrderFacts } from './facts';
import { isTerminal } from './phase';
import { mayBeMoving } from './possession';
import { raise, remember } from './record';
import type { Label, OrderState, Package } from './state';

/** An address may change until the carrier has the parcel: a label that shows the old one is voided and another is bought. */
export function noteAddress(state: OrderState, { addressMark }: OrderFacts, at: number): void {
  if (addressMark === undefined) return;
  for (const parcel of Object.values(state.packages)) {
    const { label } = parcel;
    const made = label.handle?.addressMark ?? label.sharedMark;
    if (made === undefined || !isOther(made, addressMark) || label.replace !== undefined) continue;
    if (isWithCarrier(state, parcel)) raise(state, { kind: 'addressChangedTooLate', at, about: state.orderId });
    else if (label.status === 'shared') leaveShared(state, parcel, at);
    else replaceLabel(state, parcel, { why: 'address', at });
  }
}

/** The others go to the old address. What was packed with them is to be taken out. */
function leaveShared(state: OrderState, parcel: Package, at: number): void {
  const number = parcel.label.trackingNumber;
  if (parcel.packedAt !== undefined && number !== undefined) raise(state, { kind: 'reprintLabel', at, about: number });
  leaveGroup(state, parcel, at);
}

/** Marks begin with one of their key: under another key nothing can be said. */
const KEY_CHARACTERS = 4;

export const isOther = (a: string, b: string): boolean =>
  a !== b && a.slice(0, KEY_CHARACTERS) === b.slice(0, KEY_CHARACTERS);

export const isWithCarrier = (state: OrderState, parcel: Package): boolean =>
  parcel.handedOverAt !== undefined || mayBeMoving(state, parcel);

/** Has a label given back and another bought in its place; one that nothing was spent on is simply forgotten. */
export function replaceLabel(
  state: OrderState,
  parcel: Package,
  { why, at }: { why: NonNullable<Label['replace']>; at: number },
): void {
  if (why === 'address') remember(state, { at, what: 'addressChanged' });
  if (parcel.label.handle !== undefined) parcel.label.replace = why;
}

/** The money of a label that is replaced is back, or will not come, or never went out: the next one is bought. */
export function noteReplaced(state: OrderState, at: number): void {
  if (isTerminal(state.phase)) return;
  for (const parcel of Object.values(state.packages)) {
    const { label, packedAt } = parcel;
    if (label.replace === undefined) continue;
    if (isWithCarrier(state, parcel)) {
      keepLabel(state, parcel, at);
      continue;
    }
    if (mayBePaid(state, label)) continue;
    const number = label.trackingNumber;
    // What was packed wears the old one.
    if (packedAt !== undefined && number !== undefined) raise(state, { kind: 'reprintLabel', at, about: number });
    keepUnrefunded(parcel);
    if (state.edition >= 6) keepOnForm(parcel);
    nextLabel(parcel);
  }
}

/** The carrier was faster: the parcel goes as it is, and what is wrong with it is a person's matter. */
function keepLabel(state: OrderState, { label }: Package, at: number): void {
  const isVoided = label.status === 'voided';
  raise(state, { kind: isVoided ? 'voidedOnTheWay' : 'addressChangedTooLate', at, about: label.trackingNumber ?? '' });
  delete label.replace;
}

function mayBePaid(state: OrderState, { status, handle, objection }: Label): boolean {
  // What nobody could read back is for a person to find out first.
  if (objection === 'unclear') return true;
  if (status === 'bought' || status === 'unknown') return true;
  return Object.values(state.outstanding).some(
    (command) => command.kind === 'buyLabel' && command.handle.shipmentId === handle?.shipmentId,
  );
}

/** What was not refunded is asked back again when a person says so. */
function keepUnrefunded(parcel: Package): void {
  const { status, handle, attempt, trackingNumber = '' } = parcel.label;
  if (status !== 'voidRefused' || handle === undefined) return;
  const known = parcel.unrefunded ?? [];
  parcel.unrefunded = [...known, { shipmentId: handle.shipmentId, attempt, about: trackingNumber }];
}

/** A form that is made, or is being made, keeps the number of a label that another takes the place of: there it is struck off. */
function keepOnForm(parcel: Package): void {
  const { manifest, label } = parcel;
  if (manifest.status !== 'formed' && manifest.status !== 'stays') return;
  if (label.trackingNumber !== undefined) parcel.struck = [...(parcel.struck ?? []), label.trackingNumber];
}

function nextLabel(parcel: Package): void {
  const { attempt, former = [], trackingNumber, alone, choice } = parcel.label;
  const numbers = trackingNumber === undefined ? former : [...former, trackingNumber];
  parcel.label = {
    status: 'none',
    attempt: attempt + 1,
    ...(numbers.length === 0 ? {} : { former: numbers }),
    ...(alone === undefined ? {} : { alone }),
    ...(choice === undefined ? {} : { choice }),
  };
  const { turn, after } = parcel.manifest;
  // The next label is another member of a form.
  if (parcel.manifest.status !== 'none')
    parcel.manifest = { status: 'none', turn: turn + 1, ...(after === undefined ? {} : { after }) };
}
