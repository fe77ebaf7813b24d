import { z } from 'zod';
import type { Answer } from '../answer';
import { digits } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import type { OrderStatus } from './order';
import { nowSecondsOf } from '../clock';
import { cancelOrder, changePlaced, findOrder } from './orders';
import type { Cancellation } from './cancellations';
import { unknownOrder } from './refusals';

const Cancellation = z.object({ order_id: z.string(), cancel_reason: z.string() });

const UNPAID_REASONS = [
  'seller_cancel_unpaid_reason_out_of_stock',
  'seller_cancel_unpaid_reason_wrong_price',
  'seller_cancel_unpaid_reason_buyer_hasnt_paid_within_time_allowed',
  'seller_cancel_unpaid_reason_buyer_requested_cancellation',
];

const PAID_REASONS = [
  'seller_cancel_reason_out_of_stock',
  'seller_cancel_reason_wrong_price',
  'seller_cancel_paid_reason_address_not_deliver',
  'seller_cancel_paid_reason_buyer_requested_cancellation',
];

/** Which reasons a US seller may give in which status (Partner Center, "Cancel reasons"). */
const REASONS: Partial<Record<OrderStatus, readonly string[]>> = {
  UNPAID: UNPAID_REASONS,
  ON_HOLD: PAID_REASONS,
  AWAITING_SHIPMENT: PAID_REASONS,
  PARTIALLY_SHIPPING: PAID_REASONS,
  // Only US sellers may cancel here. The page lists no reasons of its own for it.
  AWAITING_COLLECTION: PAID_REASONS,
};

/** Cancel Order: the seller cancels the whole order. */
export function cancelBySeller(world: World, call: TikTokCall): Answer {
  return ifAllowed(world, call, ({ order_id: orderId, cancel_reason: reason }) => {
    const cancelId = digits(19);
    cancelOrder(world, call.shopId, { orderId, by: 'SELLER', reason });
    keepCancellation(world, call.shopId, { id: cancelId, orderId, reason });
    enter(world, call.shopId, { kind: 'orderCancelled', ref: cancelId, order: orderId });
    return success({ cancel_id: cancelId, cancel_status: 'CANCELLATION_REQUEST_SUCCESS' });
  });
}

/** Cancel Order as the platform answers it while it makes up its mind: the order goes on as it was. */
export function leaveCancelPending(world: World, call: TikTokCall): Answer {
  return ifAllowed(world, call, () =>
    success({ cancel_id: digits(19), cancel_status: 'CANCELLATION_REQUEST_PENDING' }),
  );
}

type Asked = z.infer<typeof Cancellation>;

function ifAllowed(world: World, { shopId, body }: TikTokCall, cancel: (asked: Asked) => Answer): Answer {
  const asked = Cancellation.safeParse(body);
  if (!asked.success)
    return failure({ code: 36009004, message: 'order_id and cancel_reason are required', status: 400 });
  const { order_id: orderId, cancel_reason: reason } = asked.data;
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  if (REASONS[order.status]?.includes(reason) !== true) {
    return failure({ code: 25001021, message: 'The cancel reason does not fit the order status' });
  }
  return cancel(asked.data);
}

function keepCancellation(world: World, shopId: string, made: Pick<Cancellation, 'id' | 'orderId' | 'reason'>): void {
  const at = nowSecondsOf(world, shopId);
  const cancellation: Cancellation = {
    ...made,
    type: 'CANCEL',
    role: 'SELLER',
    status: 'CANCELLATION_REQUEST_SUCCESS',
    createdAtS: at,
    updatedAtS: at,
    answerByS: at,
  };
  changePlaced(world, { shopId, orderId: made.orderId }, ({ cancellations = [] }) => ({
    cancellations: [...cancellations, cancellation],
  }));
}
