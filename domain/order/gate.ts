import type { OrderFacts } from './facts';

/**
 * Whether the platform's own word lets a seller buy a label for an order and upload its tracking number. Whose label it must
 * be is another question: it follows from the order's shipping type. Asked twice: by
 * the step, of what it knows, and by every activity that writes, of what it has just read.
 */
export const allowsWriting = (facts: OrderFacts): boolean =>
  facts.status === 'awaitingShipment' &&
  facts.fulfilledBy === 'seller' &&
  !facts.cancelRequested &&
  facts.tracking === undefined;
