import { refusals } from '../../words/order';
import type { OrderFacts } from './facts';
import { raise, remember } from './record';
import { replaceLabel } from './replace';
import { emptyPackage, type OrderState, type Package } from './state';

/** Why an order cannot be split like this, as a sentence; undefined when it can. */
export function objectionToSplit(state: OrderState, parcels: readonly string[][] = []): string | undefined {
  const all = state.facts?.itemIds ?? [];
  if (!isPartition(parcels, all)) return refusals.notAllItems(all);
  const [parcel, ...others] = Object.values(state.packages);
  if (parcel === undefined || others.length > 0) return refusals.alreadySplit;
  if (parcel.upload.status === 'done') return refusals.alreadyShipped;
  const { owner, members } = parcel.label;
  return owner === undefined && members === undefined ? undefined : refusals.combined;
}

/** Each item once, in two parcels or more, none of them empty. */
function isPartition(parcels: readonly string[][], all: readonly string[]): boolean {
  const named = parcels.flat();
  const isEach = named.length === all.length && new Set(named).size === all.length;
  const isKnown = named.every((id) => all.includes(id));
  return parcels.length > 1 && parcels.every((items) => items.length > 0) && isEach && isKnown;
}

/** Makes an order of one parcel one of several. A label that is there was made for all its items: it is replaced. */
export function split(state: OrderState, parcels: readonly string[][], at: number): void {
  const whole = state.packages['1'];
  const [first = [], ...others] = parcels;
  if (whole === undefined) return;
  whole.itemIds = [...first];
  delete whole.packedAt;
  replaceLabel(state, whole, { why: 'items', at });
  others.forEach((itemIds, index) => (state.packages[String(index + 2)] = emptyPackage([...itemIds])));
  remember(state, { at, what: 'split', about: String(parcels.length) });
}

/**
 * The platform, or another tool in its name, has the items in other parcels than we: what is not on its way is taken over.
 * A parcel of ours that has left makes it a person's matter.
 */
export function followParcels(state: OrderState, { parcels, statusAt: at }: OrderFacts): void {
  if (parcels === undefined || isSame(state, parcels)) return;
  const ours = Object.values(state.packages);
  const [whole] = ours;
  if (ours.length > 1 || whole === undefined || isCommitted(whole)) {
    raise(state, { kind: 'otherTracking', at, about: state.orderId });
    return;
  }
  const groups = parcels.map(({ itemIds }) => itemIds);
  split(state, groups, at);
}

/** A parcel that is on its way is what it is. */
const isCommitted = ({ upload, handedOverAt, label }: Package): boolean =>
  upload.status === 'done' || handedOverAt !== undefined || label.status === 'shared';

const isSame = ({ packages }: OrderState, parcels: NonNullable<OrderFacts['parcels']>): boolean => {
  const keyOf = (itemIds: readonly string[]): string => [...itemIds].sort().join(' ');
  const ours = Object.values(packages).map(({ itemIds }) => keyOf(itemIds));
  return parcels.every(({ itemIds }) => ours.includes(keyOf(itemIds)));
};

/** The parcels that a person's order is about. */
export const meant = ({ packages }: OrderState, key?: string): Package[] =>
  Object.entries(packages)
    .filter(([name]) => key === undefined || name === key)
    .map(([, parcel]) => parcel);
