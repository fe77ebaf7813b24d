import { z } from 'zod';
import type { Answer } from '../answer';
import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { notifyReturn } from './notices';
import type { Order } from './order';
import { changePlaced, placedOrders, returnsOf } from './orders';
import { among, pageOf, Paging, withinRanges } from './paging';

export const RETURN_TYPES = ['REFUND', 'RETURN_AND_REFUND', 'REPLACEMENT'] as const;

/** Where a return stands: of TikTok's many words those that a test needs. */
export const RETURN_STATUSES = [
  'RETURN_OR_REFUND_REQUEST_PENDING',
  'AWAITING_BUYER_SHIP',
  'BUYER_SHIPPED_ITEM',
  'RETURN_OR_REFUND_REQUEST_SUCCESS',
  'REFUND_OR_RETURN_REQUEST_REJECT',
  'RETURN_OR_REFUND_REQUEST_CANCEL',
  'RETURN_OR_REFUND_REQUEST_COMPLETE',
] as const;

/** A buyer's wish for the money or the goods. */
export type Return = {
  readonly id: string;
  readonly orderId: string;
  readonly type: (typeof RETURN_TYPES)[number];
  readonly status: (typeof RETURN_STATUSES)[number];
  readonly reason: string;
  /** Epoch seconds. */
  readonly createdAtS: number;
  readonly updatedAtS: number;
  readonly answerByS: number;
};

const OVER: readonly Return['status'][] = [
  'RETURN_OR_REFUND_REQUEST_SUCCESS',
  'REFUND_OR_RETURN_REQUEST_REJECT',
  'RETURN_OR_REFUND_REQUEST_CANCEL',
  'RETURN_OR_REFUND_REQUEST_COMPLETE',
];

/** Whether somebody still has to do something for a return. */
export function isOpenReturn({ status }: Return): boolean {
  return !OVER.includes(status);
}

/** Opens a return, as the buyer does. */
export function openReturn(world: World, shopId: string, wish: Pick<Return, 'orderId' | 'type' | 'answerByS'>): Return {
  const at = nowSecondsOf(world, shopId);
  const opened: Return = {
    ...wish,
    id: digits(19),
    status: 'RETURN_OR_REFUND_REQUEST_PENDING',
    reason: 'ecom_order_delivered_refund_and_return_reason_defective_item',
    createdAtS: at,
    updatedAtS: at,
  };
  changePlaced(world, { shopId, orderId: wish.orderId }, ({ returns = [] }) => ({ returns: [...returns, opened] }));
  notifyReturn(world, shopId, opened);
  return opened;
}

/** Brings the open return of an order to another status; `false` where there is none. */
export function moveReturn(world: World, shopId: string, move: { order: Order; status: Return['status'] }): boolean {
  const all = returnsOf(world, shopId, move.order.id);
  const open = all.find(isOpenReturn);
  if (open === undefined) return false;
  const moved = { ...open, status: move.status, updatedAtS: nowSecondsOf(world, shopId) };
  const returns = all.map((one) => (one.id === moved.id ? moved : one));
  changePlaced(world, { shopId, orderId: move.order.id }, () => ({ returns }));
  notifyReturn(world, shopId, moved);
  return true;
}

const Query = Paging.extend({
  page_size: z.coerce.number().int().min(10).max(50).default(10),
  sort_field: z.enum(['create_time', 'update_time']).default('create_time'),
  sort_order: z.enum(['ASC', 'DESC']).default('ASC'),
});
const Seconds = z.int().nonnegative().optional();
const Filter = z.object({
  return_ids: z.array(z.string()).optional(),
  order_ids: z.array(z.string()).optional(),
  return_types: z.array(z.string()).optional(),
  return_status: z.array(z.string()).optional(),
  create_time_ge: Seconds,
  create_time_lt: Seconds,
  update_time_ge: Seconds,
  update_time_lt: Seconds,
});
type Filter = z.infer<typeof Filter>;

/** Search Returns: what buyers want back. */
export function searchReturns(world: World, { shopId, query, body }: TikTokCall): Answer {
  const page = Query.safeParse(query);
  const filter = Filter.safeParse(body);
  if (!page.success || !filter.success) return failure({ code: 25001001, message: 'Invalid parameters' });
  const all = placedOrders(world, shopId).flatMap(({ returns = [] }) => returns);
  const sortBy = page.data.sort_field === 'create_time' ? 'createdAtS' : 'updatedAtS';
  const paged = pageOf(
    all.filter((one) => isWanted(one, filter.data)),
    (one) => [one[sortBy], one.id],
    page.data,
  );
  if (paged === undefined) return failure({ code: 25001001, message: 'page_token is invalid' });
  const { rows, ...rest } = paged;
  return success({ return_orders: rows.map(shownReturn), ...rest });
}

function isWanted(one: Return, filter: Filter): boolean {
  return (
    among(one.id, filter.return_ids) &&
    among(one.orderId, filter.order_ids) &&
    among<string>(one.type, filter.return_types) &&
    among<string>(one.status, filter.return_status) &&
    withinRanges({ create_time: one.createdAtS, update_time: one.updatedAtS }, filter)
  );
}

function shownReturn(one: Return): unknown {
  const isPending = one.status === 'RETURN_OR_REFUND_REQUEST_PENDING';
  const action = one.type === 'REFUND' ? 'SELLER_RESPOND_REFUND' : 'SELLER_RESPOND_RETURN';
  return {
    return_id: one.id,
    order_id: one.orderId,
    return_type: one.type,
    return_status: one.status,
    role: 'BUYER',
    return_reason: one.reason,
    create_time: one.createdAtS,
    update_time: one.updatedAtS,
    seller_next_action_response: isPending ? [{ action, deadline: one.answerByS }] : [],
  };
}
