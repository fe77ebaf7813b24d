import { digits } from '../ids';
import type { Order, OrderStatus } from './order';
import { isLive } from './order-items';

/** Where a request to cancel stands. The webhook and the filter of the search spell the third `_CANCEL`, rows `_CANCELLED`. */
export type CancelStatus =
  'CANCELLATION_REQUEST_PENDING' | 'CANCELLATION_REQUEST_SUCCESS' | 'CANCELLATION_REQUEST_CANCEL';

/** A cancellation of an order: one that the buyer asks for, or one that the seller made. */
export type Cancellation = {
  readonly id: string;
  readonly orderId: string;
  readonly type: 'BUYER_CANCEL' | 'CANCEL';
  readonly role: 'BUYER' | 'SELLER';
  readonly status: CancelStatus;
  readonly reason: string;
  /** Epoch seconds. */
  readonly createdAtS: number;
  readonly updatedAtS: number;
  /** When the platform decides for a seller who has not answered. */
  readonly answerByS: number;
  /** The seller's answer with its idempotency key, so that a repeat is known. */
  readonly answer?: CancelAnswer;
};

export type CancelAnswer = { readonly decision: 'approve' | 'reject'; readonly key: string | null };

/** How long a seller has for an answer. The API's own `deadline` is what counts; a day is what sellers report. */
const ANSWER_S = 24 * 3_600;

/** The name of a request's deadline on its shop's agenda. */
export function answerId(cancelId: string): string {
  return `answer:${cancelId}`;
}

/** A buyer's wish to have an order cancelled. */
export type RequestWish = {
  readonly order: Order;
  readonly reason?: string | undefined;
  /** Epoch milliseconds; a day after the request if absent. */
  readonly answerBy?: number | undefined;
};

/** The request that comes of a wish, at an instant in epoch seconds; one that an order was placed with keeps its own. */
export function requestOf({ order, reason, answerBy }: RequestWish, nowS: number): Cancellation {
  const placedAskingAtS = order.is_buyer_request_cancel === true ? order.request_cancel_time : undefined;
  const createdAtS = placedAskingAtS ?? nowS;
  return {
    id: digits(19),
    orderId: order.id,
    type: 'BUYER_CANCEL',
    role: 'BUYER',
    status: 'CANCELLATION_REQUEST_PENDING',
    reason: reason ?? 'buyer_no_longer_needed',
    createdAtS,
    updatedAtS: createdAtS,
    answerByS: answerBy === undefined ? createdAtS + ANSWER_S : Math.floor(answerBy / 1_000),
  };
}

/** The request whose deadline a move of its order is: one planned for that instant, which names nobody who cancels. */
export function dueIn(
  all: readonly Cancellation[] | undefined,
  move: { status: OrderStatus; at?: number | undefined; fields?: unknown },
): Cancellation | undefined {
  const pending = pendingIn(all);
  const isDeadline = move.status === 'CANCELLED' && move.fields === undefined;
  return isDeadline && pending !== undefined && move.at === pending.answerByS * 1_000 ? pending : undefined;
}

export type Canceller = 'BUYER' | 'SELLER' | 'SYSTEM' | 'OPERATOR';

/**
 * What a cancellation writes on its order. The order's own initiator knows no operator; its line items do (Partner Center, "Get
 * Order Detail").
 */
export function cancelFields(order: Order, { by, reason }: { by: Canceller; reason: string }): Partial<Order> {
  const told = { cancel_user: by, cancel_reason: reason };
  return {
    cancellation_initiator: by === 'OPERATOR' ? 'SYSTEM' : by,
    cancel_reason: reason,
    is_buyer_request_cancel: false,
    line_items: order.line_items.map((item) => (isLive(item) ? { ...item, ...told } : item)),
  };
}

/** The request that waits for the seller's answer. */
export function pendingIn(all: readonly Cancellation[] | undefined): Cancellation | undefined {
  return all?.find(({ status }) => status === 'CANCELLATION_REQUEST_PENDING');
}

/** All cancellations of an order with one of them changed. */
export function withChanged(all: readonly Cancellation[] | undefined, changed: Cancellation): Cancellation[] {
  return (all ?? []).map((one) => (one.id === changed.id ? changed : one));
}

/** A parcel that was shipped, by whichever tool, answers a request: with no (Seller Center, 3289374654859051). */
const ANSWERS: Partial<Record<OrderStatus, CancelStatus>> = {
  PARTIALLY_SHIPPING: 'CANCELLATION_REQUEST_CANCEL',
  AWAITING_COLLECTION: 'CANCELLATION_REQUEST_CANCEL',
  DELIVERED: 'CANCELLATION_REQUEST_CANCEL',
  COMPLETED: 'CANCELLATION_REQUEST_CANCEL',
  CANCELLED: 'CANCELLATION_REQUEST_SUCCESS',
};

/** What becomes of a pending request when its order comes to a status; `undefined` where it stays open. */
export function answeredBy(status: OrderStatus): CancelStatus | undefined {
  return ANSWERS[status];
}

/** Whether an order has left the seller's bench: a request that nobody has answered is then not granted. */
export function isUnderWay(status: OrderStatus): boolean {
  return status !== 'UNPAID' && status !== 'ON_HOLD' && status !== 'AWAITING_SHIPMENT';
}
