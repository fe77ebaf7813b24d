import { z } from 'zod';
import type { Answer } from '../answer';
import { enter } from '../ledger';
import type { World } from '../world';
import { type CancelAnswer, type Cancellation, type CancelStatus, withChanged } from './cancellations';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { mayGo, type Order } from './order';
import { isLive } from './order-items';
import { cancelOrder, cancellationsOf, changePlaced, findOrder, placedOrders, returnsOf, settle } from './orders';
import { unknownOrder } from './refusals';
import { isOpenReturn } from './returns';

/** Why a US seller may say no to a cancellation (Partner Center, "Cancel reasons"), and how the buyer reads it. */
const REJECT_REASONS: Readonly<Record<string, string>> = {
  ecom_reverse_reject_cancel_reason_product_packed: 'The product has been packed and will be shipped soon',
  seller_reject_apply_unable_to_change_address: 'The address cannot be changed',
  ecom_reverse_reject_refund_request_package_delivery_multiple_boxes: 'The order is delivered in several packages',
};

const LONGEST_KEY = 255;
const Rejection = z.looseObject({ reject_reason: z.string(), comment: z.string().optional() });

/** Approve Cancellation: the order is cancelled as the buyer wished. */
export function approveCancellation(world: World, call: TikTokCall): Answer {
  return answerOnce(world, call, { decision: 'approve' });
}

/** Reject Cancellation: the order goes on. The reason is one of those that Get Reject Reasons names. */
export function rejectCancellation(world: World, call: TikTokCall): Answer {
  const asked = Rejection.safeParse(call.body);
  if (!asked.success) return failure({ code: 25001001, message: 'reject_reason is missing' });
  return answerOnce(world, call, { decision: 'reject', reason: asked.data.reject_reason });
}

/** Get Reject Reasons, of a cancellation or a return. */
export function rejectReasons(world: World, { shopId, query }: TikTokCall): Answer {
  const id = query['return_or_cancel_id'] ?? '';
  const isReturn = placedOrders(world, shopId).some(({ returns = [] }) => returns.some((one) => one.id === id));
  if (!isReturn && findCancellation(world, shopId, id) === undefined) return failure(UNKNOWN);
  return success({ reasons: Object.entries(REJECT_REASONS).map(([name, text]) => ({ name, text })) });
}

/** Get Aftersale Eligibility: what may still be asked for an order, by SKU. */
export function aftersaleEligibility(world: World, { shopId, params }: TikTokCall): Answer {
  const orderId = params['orderId'] ?? '';
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const isBusy =
    order.is_buyer_request_cancel === true || returnsOf(world, shopId, orderId).some((one) => isOpenReturn(one));
  const isWhere = (statuses: readonly string[]): boolean => !isBusy && statuses.includes(order.status);
  const eligible = {
    CANCEL: !isBusy && mayGo(order.status, 'CANCELLED') && order.status !== 'IN_TRANSIT',
    REFUND: isWhere(['IN_TRANSIT', 'DELIVERED', 'COMPLETED']),
    RETURN_AND_REFUND: isWhere(['DELIVERED', 'COMPLETED']),
  };
  return success({ sku_eligibility: eligibilityBySku(order, eligible) });
}

function eligibilityBySku(order: Order, eligible: Readonly<Record<string, boolean>>): unknown[] {
  const items = order.line_items.filter(isLive);
  const skus = [...new Set(items.map((item) => item.sku_id ?? ''))];
  return skus.map((sku_id) => ({
    sku_id,
    line_item_eligibility: Object.entries(eligible).map(([request_type, isEligible]) => ({
      request_type,
      order_line_item_ids: items.filter((item) => (item.sku_id ?? '') === sku_id).map(({ id }) => id),
      eligible: isEligible,
      ...(isEligible ? {} : { ineligible_code: 1, ineligible_reason: 'The order status does not allow it' }),
    })),
  }));
}

const UNKNOWN: Refusal = { code: 25001001, message: 'The cancellation does not exist' };
// No code is published for a request that is answered; this one says "by its state" elsewhere on the wire.
const ANSWERED: Refusal = { code: 21011035, message: 'The cancellation request has been answered already' };
const WRONG_REASON: Refusal = { code: 25001021, message: 'The reject reason does not fit the request' };
const LONG_KEY: Refusal = { code: 36009004, message: 'param idempotency_key is invalid', status: 400 };

type Wish = { readonly decision: CancelAnswer['decision']; readonly reason?: string };

function answerOnce(world: World, { shopId, params, query }: TikTokCall, wish: Wish): Answer {
  const cancellation = findCancellation(world, shopId, params['cancelId'] ?? '');
  if (cancellation === undefined) return failure(UNKNOWN);
  const answer: CancelAnswer = { decision: wish.decision, key: query['idempotency_key'] ?? null };
  if (isRepeat(cancellation, answer)) return success({});
  const refusal = answerRefusal(cancellation, answer, wish.reason);
  if (refusal !== undefined) return failure(refusal);
  if (answer.decision === 'approve') approve(world, shopId, { cancellation, answer });
  else settle(world, shopId, { request: cancellation, status: 'CANCELLATION_REQUEST_CANCEL', answer });
  const kind = answer.decision === 'approve' ? 'cancelApproved' : 'cancelRejected';
  enter(world, shopId, { kind, ref: cancellation.id, order: cancellation.orderId });
  return success({});
}

function answerRefusal({ status }: Cancellation, { key }: CancelAnswer, reason?: string): Refusal | undefined {
  if (key !== null && key.length > LONGEST_KEY) return LONG_KEY;
  if (status !== 'CANCELLATION_REQUEST_PENDING') return ANSWERED;
  return reason === undefined || reason in REJECT_REASONS ? undefined : WRONG_REASON;
}

function isRepeat({ answer }: Cancellation, { decision, key }: CancelAnswer): boolean {
  return key !== null && answer?.key === key && answer.decision === decision;
}

type Approval = { readonly cancellation: Cancellation; readonly answer: CancelAnswer };

/** The order's move settles the request; the key is written down besides. */
function approve(world: World, shopId: string, { cancellation, answer }: Approval): void {
  const { orderId, reason } = cancellation;
  const status: CancelStatus = 'CANCELLATION_REQUEST_SUCCESS';
  // An order that can no longer be cancelled keeps its request from being asked again all the same.
  if (!cancelOrder(world, shopId, { orderId, by: 'BUYER', reason }))
    settle(world, shopId, { request: cancellation, status });
  const settled = cancellationsOf(world, shopId, orderId).find(({ id }) => id === cancellation.id);
  if (settled === undefined) return;
  changePlaced(world, { shopId, orderId }, ({ cancellations }) => ({
    cancellations: withChanged(cancellations, { ...settled, answer }),
  }));
}

function findCancellation(world: World, shopId: string, id: string): Cancellation | undefined {
  const all = placedOrders(world, shopId).flatMap(({ cancellations = [] }) => cancellations);
  return all.find((one) => one.id === id);
}
