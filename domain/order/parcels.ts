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
  return parcel === undefined || others.length > 0 ? refusals.alreadySplit : objectionOf(state, parcel);
}

function objectionOf(state: OrderState, { upload, label }: Package): string | undefined {
  if (upload.status === 'done') return refusals.alreadyShipped;
  if (label.status === 'unknown' || label.objection === 'unclear' || isUnderWay(state, 'buyLabel'))
    return refusals.beingBought;
  return label.owner === undefined && label.members === undefined ? undefined : refusals.combined;
}

const isUnderWay = ({ outstanding }: OrderState, kind: 'prepareLabel' | 'buyLabel'): boolean =>
  Object.values(outstanding).some((command) => command.kind === kind);

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
  // What is being asked for is a label for all the items.
  if (whole.label.handle === undefined && isUnderWay(state, 'prepareLabel')) whole.label.attempt += 1;
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

/**
 * Items that were cancelled leave their parcels. A parcel that keeps none goes, with its label given back where there is one; what
 * is on its way is what it is.
 */
export function followItems(state: OrderState, { itemIds, statusAt: at }: OrderFacts): void {
  const parcels = Object.entries(state.packages);
  for (const [key, parcel] of parcels) {
    if (isCommitted(parcel)) continue;
    const left = parcels.length === 1 ? itemIds : parcel.itemIds.filter((id) => itemIds.includes(id));
    if (left.length === parcel.itemIds.length) continue;
    parcel.itemIds = [...left];
    if (left.length > 0) continue;
    remember(state, { at, what: 'parcelDropped', about: key });
    if (parcel.label.handle === undefined) state.packages = without(state.packages, key);
    else parcel.label.replace = 'items';
  }
}

const without = (packages: OrderState['packages'], key: string): OrderState['packages'] =>
  Object.fromEntries(Object.entries(packages).filter(([name]) => name !== key));

/** A parcel without items whose label is settled is gone. */
export function dropEmpty(state: OrderState): void {
  for (const [key, { itemIds, label, unrefunded = [] }] of Object.entries(state.packages)) {
    const isSettled = (label.handle === undefined || label.status === 'voided') && unrefunded.length === 0;
    if (itemIds.length === 0 && isSettled && Object.keys(state.packages).length > 1)
      state.packages = without(state.packages, key);
  }
}

/** A parcel that is on its way is what it is. */
const isCommitted = ({ upload, handedOverAt, label }: Package): boolean =>
  upload.status === 'done' || handedOverAt !== undefined || label.status === 'shared' || label.status === 'unknown';

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
