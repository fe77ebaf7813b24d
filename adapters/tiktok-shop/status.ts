import type { WireStatus } from '../../contracts/platform-order';
import type { PlatformStatus } from '../../domain/order/facts';

/** The platform's statuses in our words. A webhook spells the last one `CANCEL`, an order `CANCELLED`. */
const PLATFORM_STATUS: Record<WireStatus | 'CANCEL', PlatformStatus> = {
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

/** A hold may be told by a mark of its own while the status says something else. */
const MAY_BE_HELD: readonly PlatformStatus[] = ['unpaid', 'awaitingShipment'];

/** A status of an order or a webhook in our words; undefined for one that the platform has added since. */
export const platformStatusOf = (wire: string): PlatformStatus | undefined =>
  Object.hasOwn(PLATFORM_STATUS, wire) ? PLATFORM_STATUS[wire as WireStatus] : undefined;

/** The status and the mark of the hold together: the hold is the safer word, nothing is written in it. */
export const heldStatus = (status: PlatformStatus, isOnHold: boolean | null | undefined): PlatformStatus =>
  isOnHold === true && MAY_BE_HELD.includes(status) ? 'onHold' : status;

/** Where an order stands. */
export const statusOf = (order: {
  status: WireStatus;
  is_on_hold_order?: boolean | null | undefined;
}): PlatformStatus => heldStatus(PLATFORM_STATUS[order.status], order.is_on_hold_order);
