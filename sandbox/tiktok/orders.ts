import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { nowOf, nowSecondsOf, toSeconds } from '../clock';
import { plan, unplan } from '../schedule';
import type { World } from '../world';
import { planAutoCancel } from './auto-cancel';
import { notifyCancelRequest, notifyStatus } from './notices';
import { holdId, inStatus, mayGo, type Order, type OrderDraft, type OrderStatus } from './order';

/** An order with what is needed to know a repeated placing. */
export type PlacedOrder = {
  readonly order: Order;
  /** The order before its last status change: what a reading that lags would still show. */
  readonly former?: Order;
  readonly requestId: string | null;
  readonly draftHash: string;
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
  if (known !== undefined) {
    const isRepeat = requestId !== null && known.requestId === requestId && known.draftHash === draftHash;
    return isRepeat ? 'repeated' : 'exists';
  }
  const createTime = draft.create_time ?? nowSecondsOf(world, shopId);
  const order: Order = {
    ...draft,
    create_time: createTime,
    update_time: draft.update_time ?? createTime,
    is_on_hold_order: draft.status === 'ON_HOLD',
  };
  world.state.orders.put(shopId, order.id, { order, requestId, draftHash });
  if (!isSilent) notifyStatus(world, shopId, order);
  if (order.status === 'ON_HOLD') holdUntil(world, shopId, { order, endsAtS: holdEnd(order), isSilent });
  // As it stands now: a back-dated order has left its hold.
  planAutoCancel(world, shopId, findOrder(world, shopId, order.id) ?? order);
  return 'created';
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

/** Writes an order back within its status. */
export function keepOrder(world: World, shopId: string, order: Order): void {
  const placed = world.state.orders.get(shopId, order.id);
  if (placed !== undefined) world.state.orders.put(shopId, order.id, { ...placed, order });
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
  if (placed === undefined || !mayGo(placed.order.status, move.status)) return false;
  const former = placed.order;
  const atSeconds = toSeconds(move.at ?? nowOf(world, shopId));
  const moved = inStatus({ ...former, ...move.fields }, move.status, atSeconds);
  unplan(world, shopId, holdId(moved.id));
  world.state.orders.put(shopId, moved.id, { ...placed, order: moved, former });
  if (move.isSilent !== true) notifyStatus(world, shopId, moved);
  if (move.status === 'ON_HOLD') {
    holdUntil(world, shopId, { order: moved, endsAtS: atSeconds + HOLD_S, isSilent: move.isSilent === true });
  }
  planAutoCancel(world, shopId, findOrder(world, shopId, moved.id) ?? moved);
  return true;
}

/** Who cancels and why; at the shop's now if no instant is given. */
export type Cancelling = {
  readonly orderId: string;
  readonly by: 'BUYER' | 'SELLER' | 'SYSTEM';
  readonly reason: string;
  readonly at?: number | undefined;
};

/** Cancels an order, telling who did it and why; `false` if it can no longer be cancelled. */
export function cancelOrder(world: World, shopId: string, { orderId, by, reason, at }: Cancelling): boolean {
  const fields = { cancellation_initiator: by, cancel_reason: reason, is_buyer_request_cancel: false };
  return moveOrder(world, shopId, { orderId, status: 'CANCELLED', at, fields });
}

/** Notes that the buyer asks the seller to cancel. */
export function requestCancel(world: World, shopId: string, order: Order): void {
  const at = nowSecondsOf(world, shopId);
  const asked = {
    ...order,
    is_buyer_request_cancel: true,
    request_cancel_time: at,
    update_time: Math.max(order.update_time, at),
  };
  keepOrder(world, shopId, asked);
  notifyCancelRequest(world, shopId, asked);
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
