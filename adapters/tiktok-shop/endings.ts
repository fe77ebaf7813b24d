import type { WireOrder } from '../../contracts/platform-order';
import type { OrderFacts } from '../../domain/order/facts';

type CancelledBy = NonNullable<OrderFacts['cancelledBy']>;

const BY_INITIATOR: Partial<Record<string, CancelledBy>> = {
  BUYER: 'buyer',
  SELLER: 'seller',
  SYSTEM: 'platform',
  OPERATOR: 'platform',
};

/**
 * How the platform's own reasons begin: its system's, its operators', and those that name what became of the parcel. Source:
 * Partner Center, "Cancel reasons" (US): shipping_timeout, untracked, exceed_edt_not_arrive, unpaid_time_out,
 * potential_fraud, risk_control_block, package_lost, package_damaged, threepl_breach and others.
 */
const PLATFORMS_REASONS =
  /^(system_cancel_|operator_cancel_|platform_cancel|package_(cancel|lost|damaged)|threepl_breach|returned_to_shipper)/;
const SELLERS_REASONS = /^seller_cancel_/;

/** Who cancelled, and why where the parcel never reached the buyer. */
export function cancellationOf(order: WireOrder): Pick<OrderFacts, 'cancelledBy' | 'cancelledFor'> {
  const reason = order.cancel_reason ?? '';
  const cancelledBy = cancelledByOf(order, reason);
  if (reason.startsWith('returned_to_shipper')) return { cancelledBy, cancelledFor: 'returned' };
  return reason === 'package_lost' ? { cancelledBy, cancelledFor: 'lost' } : { cancelledBy };
}

/** The reason is the surest: an initiator is missing in places, and stands on the items then. */
function cancelledByOf(order: WireOrder, reason: string): CancelledBy {
  if (PLATFORMS_REASONS.test(reason)) return 'platform';
  const ofItems = order.line_items.map(({ cancel_user: user }) => BY_INITIATOR[user ?? '']);
  const initiator = BY_INITIATOR[order.cancellation_initiator ?? ''] ?? ofItems.find((user) => user !== undefined);
  return initiator ?? (SELLERS_REASONS.test(reason) ? 'seller' : 'platform');
}

/** A full refund completes an order that was under way instead of cancelling it: it was never delivered. */
export const refundOf = ({ status, delivery_time: at }: WireOrder): Pick<OrderFacts, 'refunded'> =>
  status === 'COMPLETED' && (at ?? 0) === 0 ? { refunded: true } : {};
