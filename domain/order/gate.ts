import type { OrderFacts } from './facts';

/**
 * Whether the platform's own word lets a seller buy a label for an order and upload its tracking number. Asked twice: by
 * the step, of what it knows, and by every activity that writes, of what it has just read.
 */
export const allowsWriting = (facts: OrderFacts): boolean =>
  facts.status === 'awaitingShipment' &&
  facts.shippingType === 'seller' &&
  facts.fulfilledBy === 'seller' &&
  !facts.cancelRequested &&
  facts.tracking === undefined;
