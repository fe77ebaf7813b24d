import type { WireStatus } from '../../contracts/platform-order';
import type { PlatformStatus } from '../../domain/order/facts';

/** The platform's statuses in our words. A webhook spells the last one `CANCEL`, an order `CANCELLED`. */
export const PLATFORM_STATUS: Record<WireStatus | 'CANCEL', PlatformStatus> = {
  UNPAID: 'unpaid',
  ON_HOLD: 'onHold',
  AWAITING_SHIPMENT: 'awaitingShipment',
  // Some of it still waits to be packed: the order is where its last item is.
  PARTIALLY_SHIPPING: 'awaitingShipment',
  AWAITING_COLLECTION: 'awaitingCollection',
  IN_TRANSIT: 'inTransit',
  DELIVERED: 'delivered',
  COMPLETED: 'completed',
  CANCEL: 'cancelled',
  CANCELLED: 'cancelled',
};
