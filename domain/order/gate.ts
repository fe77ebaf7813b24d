import { trackingOf, type OrderFacts, type PlatformStatus } from './facts';

/** Which parcel of the order is meant: its items, where not all, and the numbers that a new one takes the place of. */
export type ParcelScope = { itemIds?: string[]; former?: string[] };

/** A label may be replaced until the carrier has the parcel; a first one is bought before the platform counts it as ready. */
const OPEN_TO_FIRST: readonly PlatformStatus[] = ['awaitingShipment'];
const OPEN_TO_NEXT: readonly PlatformStatus[] = ['awaitingShipment', 'awaitingCollection'];

/**
 * Whether the platform's own word lets a seller buy a label for a parcel and upload its tracking number. Whose label it must be
 * is another question: it follows from the order's shipping type. Asked twice: by the step, of what it knows, and by every
 * activity that writes, of what it has just read.
 */
export const allowsWriting = (facts: OrderFacts, scope: ParcelScope = {}): boolean =>
  isOpenTo(facts, scope) &&
  facts.fulfilledBy === 'seller' &&
  !facts.cancelRequested &&
  facts.afterSale === undefined &&
  isFree(facts, scope);

const isOpenTo = ({ status }: OrderFacts, { former = [] }: ParcelScope): boolean =>
  (former.length > 0 ? OPEN_TO_NEXT : OPEN_TO_FIRST).includes(status);

/** No number stands on the parcel but one that is to be replaced. */
function isFree(facts: OrderFacts, { itemIds = facts.itemIds, former = [] }: ParcelScope): boolean {
  const number = trackingOf(facts, itemIds)?.number;
  return number === undefined || former.includes(number);
}
