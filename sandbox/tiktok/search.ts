import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { type Order, ORDER_STATUSES, shown } from './order';

const SORT_FIELDS = ['create_time', 'update_time'] as const;

const Page = z.object({
  page_size: z.coerce.number().int().min(1).max(100),
  page_token: z.string().optional(),
  sort_field: z.enum(SORT_FIELDS).default('create_time'),
  sort_order: z.enum(['ASC', 'DESC']).default('DESC'),
});
type Page = z.infer<typeof Page>;

const Seconds = z.int().nonnegative();

const Filter = z.object({
  order_status: z.enum(ORDER_STATUSES).optional(),
  create_time_ge: Seconds.optional(),
  create_time_lt: Seconds.optional(),
  update_time_ge: Seconds.optional(),
  update_time_lt: Seconds.optional(),
  shipping_type: z.enum(['TIKTOK', 'SELLER']).optional(),
  is_buyer_request_cancel: z.boolean().optional(),
});
type Filter = z.infer<typeof Filter>;

/** Where a page ended: its last order's instant and id. */
type Position = readonly [seconds: number, orderId: string];
const Position = z.tuple([z.int(), z.string()]);

/**
 * Get Order List: the orders that a filter leaves, a page at a time.
 *
 * The token names the last order shown, so that an order which comes or goes between two pages shifts no other.
 */
export function searchOrders(world: World, { shopId, query, body }: TikTokCall): Answer {
  const page = Page.safeParse(query);
  const filter = Filter.safeParse(body);
  if (!page.success) return badParameter(page.error);
  if (!filter.success) return badParameter(filter.error);
  const { page_token: token, page_size: size } = page.data;
  const from = positionOf(token);
  if (from === undefined) return failure({ code: 36009004, message: 'param page_token is invalid', status: 400 });
  const all = world.state.orders.of(shopId).map(({ order }) => order);
  const matching = all.filter((order) => isWanted(order, filter.data)).sort(bySort(page.data));
  const rest = from === null ? matching : matching.filter((order) => isPast(order, from, page.data));
  const orders = rest.slice(0, size);
  const last = rest.length > size ? orders.at(-1) : undefined;
  const next_page_token = last === undefined ? '' : tokenOf([last[page.data.sort_field], last.id]);
  return success({ orders: orders.map(shown), next_page_token, total_count: matching.length });
}

function badParameter(error: z.ZodError): Answer {
  return failure({ code: 36009004, message: `param ${error.issues[0]?.path.join('.')} is invalid`, status: 400 });
}

function isWanted(order: Order, filter: Filter): boolean {
  const { order_status: status, shipping_type: shipping, is_buyer_request_cancel: asked } = filter;
  return (
    (status === undefined || order.status === status) &&
    (shipping === undefined || (order.shipping_type ?? 'SELLER') === shipping) &&
    (asked === undefined || (order.is_buyer_request_cancel ?? false) === asked) &&
    isWithin(order.create_time, filter.create_time_ge, filter.create_time_lt) &&
    isWithin(order.update_time, filter.update_time_ge, filter.update_time_lt)
  );
}

function isWithin(seconds: number, from = 0, to = Infinity): boolean {
  return seconds >= from && seconds < to;
}

function bySort(page: Page): (one: Order, other: Order) => number {
  return (one, other) => compare(one, [other[page.sort_field], other.id], page);
}

function isPast(order: Order, position: Position, page: Page): boolean {
  return compare(order, position, page) > 0;
}

/** Orders of one second stand in the order of their ids. */
function compare(order: Order, [seconds, id]: Position, { sort_field, sort_order }: Page): number {
  const byTime = order[sort_field] - seconds;
  const byId = order.id < id ? -1 : Number(order.id > id);
  return (byTime === 0 ? byId : byTime) * (sort_order === 'ASC' ? 1 : -1);
}

function tokenOf(position: Position): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
}

/** `null` is the beginning; `undefined` is no token of ours. */
function positionOf(token = ''): Position | null | undefined {
  if (token === '') return null;
  try {
    return Position.safeParse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
