import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { nowOf, nowSecondsOf, toSeconds } from '../clock';
import { plan, unplan } from '../schedule';
import type { World } from '../world';
import { planAutoCancel } from './auto-cancel';
import {
  answeredBy,
  answerId,
  type Cancellation,
  type CancelStatus,
  cancelFields,
  type Canceller,
  dueIn,
  isUnderWay,
  pendingIn,
  requestOf,
  type RequestWish,
  withChanged,
} from './cancellations';
import { notifyCancellation, notifyStatus } from './notices';
import { holdId, inStatus, mayGo, type Order, type OrderDraft, type OrderStatus, touched } from './order';
import type { Return } from './returns';
import type { PlatformScan } from './tracking-scans';

/** An order with what is needed to know a repeated placing. */
export type PlacedOrder = {
  readonly order: Order;
  /** The order before its last status change: what a reading that lags would still show. */
  readonly former?: Order;
  readonly requestId: string | null;
  readonly draftHash: string;
  readonly cancellations?: readonly Cancellation[];
  readonly returns?: readonly Return[];
  /** The packages whose number was put right; the order's own id for one that came with a number and no package. */
  readonly corrected?: readonly string[];
  /** What the platform has read in the carriers' feeds. */
  readonly scans?: readonly PlatformScan[];
};

/** How an order is placed. */
export type Placing = {
  readonly draft: z.infer<typeof OrderDraft>;
  readonly requestId: string | null;
  readonly isSilent: boolean;
};

/** The hour in which a buyer may cancel alone. */
const HOLD_S = 3_600;

/** Places an order as a buyer would. */
export function placeOrder(world: World, shopId: string, placing: Placing): 'created' | 'repeated' | 'exists' {
  const { draft, requestId, isSilent } = placing;
  const draftHash = createHash('sha256').update(JSON.stringify(draft)).digest('hex');
  const known = world.state.orders.get(shopId, draft.id);
  if (known !== undefined) return isRepeated(known, requestId, draftHash) ? 'repeated' : 'exists';
  const createTime = draft.create_time ?? nowSecondsOf(world, shopId);
  const order: Order = {
    ...draft,
    create_time: createTime,
    update_time: draft.update_time ?? createTime,
    is_on_hold_order: draft.status === 'ON_HOLD',
  };
  world.state.orders.put(shopId, order.id, { order, requestId, draftHash });
  if (order.is_buyer_request_cancel === true)
    keepRequest(world, shopId, requestOf({ order }, nowSecondsOf(world, shopId)));
  if (!isSilent) notifyStatus(world, shopId, order);
  if (order.status === 'ON_HOLD') holdUntil(world, shopId, { order, endsAtS: holdEnd(order), isSilent });
  // As it stands now: a back-dated order has left its hold.
  planAutoCancel(world, shopId, findOrder(world, shopId, order.id) ?? order);
  return 'created';
}

function isRepeated(known: PlacedOrder, requestId: string | null, draftHash: string): boolean {
  return requestId !== null && known.requestId === requestId && known.draftHash === draftHash;
}

/** The order as the platform has it. */
export function findOrder(world: World, shopId: string, orderId: string): Order | undefined {
  return world.state.orders.get(shopId, orderId)?.order;
}

/** The order as it was before its last status change; as it is if there was none. */
export function formerOrder(world: World, shopId: string, orderId: string): Order | undefined {
  const placed = world.state.orders.get(shopId, orderId);
  return placed?.former ?? placed?.order;
}

/** All orders of a shop with what goes with them, oldest first. */
export function placedOrders(world: World, shopId: string): PlacedOrder[] {
  return world.state.orders.of(shopId);
}

/** The cancellations of an order, oldest first. */
export function cancellationsOf(world: World, shopId: string, orderId: string): readonly Cancellation[] {
  return world.state.orders.get(shopId, orderId)?.cancellations ?? [];
}

/** The returns of an order, oldest first. */
export function returnsOf(world: World, shopId: string, orderId: string): readonly Return[] {
  return world.state.orders.get(shopId, orderId)?.returns ?? [];
}

/** What the platform has read in the feeds of an order's carriers, as it came. */
export function scansOf(world: World, shopId: string, orderId: string): readonly PlatformScan[] {
  return world.state.orders.get(shopId, orderId)?.scans ?? [];
}

/** The packages of an order whose number was put right. */
export function correctedOf(world: World, shopId: string, orderId: string): readonly string[] {
  return world.state.orders.get(shopId, orderId)?.corrected ?? [];
}

/** Changes what goes with an order; nothing where there is no such order. */
export function changePlaced(
  world: World,
  { shopId, orderId }: { shopId: string; orderId: string },
  change: (placed: PlacedOrder) => Partial<PlacedOrder>,
): void {
  const placed = world.state.orders.get(shopId, orderId);
  if (placed !== undefined) world.state.orders.put(shopId, orderId, { ...placed, ...change(placed) });
}

/** Writes an order back within its status, as changed now. */
export function keepOrder(world: World, shopId: string, order: Order): Order {
  const kept = touched(order, nowSecondsOf(world, shopId));
  changePlaced(world, { shopId, orderId: order.id }, () => ({ order: kept }));
  return kept;
}

/** A status change: when, and which fields come with it. */
export type Move = {
  readonly orderId: string;
  readonly status: OrderStatus;
  /** Epoch milliseconds; the shop's now if absent. */
  readonly at?: number | undefined;
  readonly fields?: Partial<Order>;
  readonly isSilent?: boolean;
};

/** Moves an order by the platform's own machine, with its webhook; `false` if the machine has no such way. */
export function moveOrder(world: World, shopId: string, move: Move): boolean {
  const placed = world.state.orders.get(shopId, move.orderId);
  if (placed === undefined) return false;
  const request = dueIn(placed.cancellations, move);
  // Nobody has answered, and the parcel is on its way: the request has come to nothing.
  const isTooLate = request !== undefined && isUnderWay(placed.order.status);
  if (isTooLate) settle(world, shopId, { request, status: 'CANCELLATION_REQUEST_CANCEL' });
  if (isTooLate || !mayGo(placed.order.status, move.status)) return false;
  const granted = request && cancelFields(placed.order, { by: 'BUYER', reason: request.reason });
  make(world, shopId, { placed, move: { ...move, fields: granted ?? move.fields ?? {} } });
  return true;
}

type Making = { readonly placed: PlacedOrder; readonly move: Move };

function make(world: World, shopId: string, { placed, move }: Making): void {
  const { order: former } = placed;
  const atSeconds = toSeconds(move.at ?? nowOf(world, shopId));
  const moved = inStatus({ ...former, ...move.fields }, move.status, atSeconds);
  const isSilent = move.isSilent === true;
  unplan(world, shopId, holdId(moved.id));
  world.state.orders.put(shopId, moved.id, { ...placed, order: moved, former });
  const pending = pendingIn(placed.cancellations);
  const answer = answeredBy(move.status);
  if (pending !== undefined && answer !== undefined) settle(world, shopId, { request: pending, status: answer });
  if (!isSilent) notifyStatus(world, shopId, moved);
  if (move.status === 'ON_HOLD') holdUntil(world, shopId, { order: moved, endsAtS: atSeconds + HOLD_S, isSilent });
  planAutoCancel(world, shopId, findOrder(world, shopId, moved.id) ?? moved);
}

/** Who cancels and why; at the shop's now if no instant is given. */
export type Cancelling = {
  readonly orderId: string;
  readonly by: Canceller;
  readonly reason: string;
  readonly at?: number | undefined;
};

/** Cancels an order, telling who did it and why; `false` if it can no longer be cancelled. */
export function cancelOrder(world: World, shopId: string, { orderId, by, reason, at }: Cancelling): boolean {
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return false;
  return moveOrder(world, shopId, { orderId, status: 'CANCELLED', at, fields: cancelFields(order, { by, reason }) });
}

/** Notes that the buyer asks the seller to cancel. An open request goes on as it is. */
export function requestCancel(world: World, shopId: string, wish: RequestWish): void {
  if (pendingIn(cancellationsOf(world, shopId, wish.order.id)) !== undefined) return;
  const request = requestOf(wish, nowSecondsOf(world, shopId));
  const asked = { is_buyer_request_cancel: true, request_cancel_time: request.createdAtS };
  keepOrder(world, shopId, { ...wish.order, ...asked });
  keepRequest(world, shopId, request);
  notifyCancellation(world, shopId, request);
}

/** Ends a buyer's request: the order's mark goes, and its webhook is sent. */
export function settle(
  world: World,
  shopId: string,
  end: { request: Cancellation; status: CancelStatus; answer?: Cancellation['answer'] },
): void {
  const { request, status, answer } = end;
  const updatedAtS = nowSecondsOf(world, shopId);
  const settled: Cancellation = { ...request, status, updatedAtS, ...(answer === undefined ? {} : { answer }) };
  unplan(world, shopId, answerId(request.id));
  changePlaced(world, { shopId, orderId: request.orderId }, ({ order, cancellations }) => ({
    order: touched({ ...order, is_buyer_request_cancel: false }, updatedAtS),
    cancellations: withChanged(cancellations, settled),
  }));
  notifyCancellation(world, shopId, settled);
}

function keepRequest(world: World, shopId: string, request: Cancellation): void {
  const { id, orderId, answerByS } = request;
  changePlaced(world, { shopId, orderId }, ({ cancellations = [] }) => ({
    cancellations: [...cancellations, request],
  }));
  const at = answerByS * 1_000;
  // One whose deadline has passed is left open: so is a back-dated order left alone.
  if (at > nowOf(world, shopId)) {
    plan(world, shopId, { id: answerId(id), at, what: { kind: 'statusMoves', orderId, status: 'CANCELLED' } });
  }
}

/** A pre-order waits for its release date; any other order for the end of its hour. */
function holdEnd(order: Order): number {
  const isPreOrder = order.order_type === 'PRE_ORDER' && (order.release_date ?? 0) > 0;
  return isPreOrder ? (order.release_date ?? 0) : order.create_time + HOLD_S;
}

function holdUntil(world: World, shopId: string, hold: { order: Order; endsAtS: number; isSilent: boolean }): void {
  const orderId = hold.order.id;
  const at = hold.endsAtS * 1_000;
  if (at > nowOf(world, shopId)) plan(world, shopId, { id: holdId(orderId), at, what: { kind: 'holdEnds', orderId } });
  // A back-dated order has left its hold by now, at the instant it would have.
  else moveOrder(world, shopId, { orderId, status: 'AWAITING_SHIPMENT', at, isSilent: hold.isSilent });
}
