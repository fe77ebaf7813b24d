import { refusals } from '../../words/order';
import type { PersonsOrder } from './event';
import { meant } from './parcels';
import { settle } from './record';
import type { LabelChoice, LabelObjection, OrderState, Package } from './state';

type Wish = Pick<PersonsOrder, 'package' | 'choice' | 'method'>;

/** A label may be chosen until it is bought. Why not, as a sentence; undefined when it can. */
export function objectionToChoice(state: OrderState, { package: key, choice, method }: Wish): string | undefined {
  if (choice === undefined && method === undefined) return refusals.nothingChosen;
  if (state.phase !== 'toPack' && state.phase !== 'onHold') return refusals.notIn(state.phase);
  return meant(state, key).some((parcel) => isBought(state, parcel)) ? refusals.boughtAlready : undefined;
}

const OPEN: readonly Package['label']['status'][] = ['none', 'prepared', 'refused'];

function isBought({ outstanding }: OrderState, { label }: Package): boolean {
  const isBeingBought = Object.values(outstanding).some(
    (command) => command.kind === 'buyLabel' && command.handle.shipmentId === label.handle?.shipmentId,
  );
  // What may have been bought unseen cannot be chosen otherwise: that would be a second label.
  return !OPEN.includes(label.status) || label.objection === 'unclear' || isBeingBought;
}

/** Takes a person's choice in: what was prepared, or refused, is forgotten, and the next purchase has a reference of its own. */
export function chooseLabel(state: OrderState, { package: key, choice, method }: Wish): void {
  if (method !== undefined) state.handover = { ...state.handover, method };
  if (choice === undefined) return;
  for (const parcel of meant(state, key)) {
    const { label } = parcel;
    // After the hold something may be written down under this attempt already, though nobody was told of it.
    if (state.phase !== 'onHold') label.attempt += 1;
    label.status = 'none';
    delete label.handle;
    delete label.reason;
    delete label.objection;
    // What was accepted was of another label.
    delete label.accepted;
    delete label.acceptedCents;
    takeChoice(parcel, choice);
  }
  settle(state, 'labelRefused');
}

/** A choice that names nothing leaves it to the shop's rule again. */
function takeChoice({ label }: Package, choice: LabelChoice): void {
  if (Object.keys(choice).length === 0) delete label.choice;
  else label.choice = choice;
}

/** A person who lets a refused label go on accepts what stood against it; what nobody could read back they have looked at. */
export function accept({ label }: Package): void {
  const { objection, accepted = [], quotedCents } = label;
  delete label.objection;
  delete label.quotedCents;
  if (objection === undefined || objection === 'unclear') return;
  label.accepted = [...accepted.filter((one) => one !== objection), objection];
  if (quotedCents !== undefined) label.acceptedCents = quotedCents;
}

/** What a label is asked for with, beyond its parcel: only what is there stands in history. */
export const wishOf = ({
  label: { choice, accepted, acceptedCents },
}: Package): { choice?: LabelChoice; accepted?: LabelObjection[]; acceptedCents?: number } => ({
  ...(choice === undefined ? {} : { choice }),
  ...(accepted === undefined ? {} : { accepted }),
  ...(acceptedCents === undefined ? {} : { acceptedCents }),
});
