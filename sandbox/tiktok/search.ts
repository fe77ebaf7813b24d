import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { type Order, ORDER_STATUSES, shown } from './order';
import { among, pageOf, Paging, withinRanges } from './paging';

const SORT_FIELDS = ['create_time', 'update_time'] as const;

const Page = Paging.extend({
  page_size: z.coerce.number().int().min(1).max(100),
  sort_field: z.enum(SORT_FIELDS).default('create_time'),
  sort_order: z.enum(['ASC', 'DESC']).default('DESC'),
});

const Seconds = z.int().nonnegative();

const Filter = z.object({
  order_status: z.enum(ORDER_STATUSES).optional(),
  create_time_ge: Seconds.optional(),
  create_time_lt: Seconds.optional(),
  update_time_ge: Seconds.optional(),
  update_time_lt: Seconds.optional(),
  shipping_type: z.enum(['TIKTOK', 'SELLER']).optional(),
  is_buyer_request_cancel: z.boolean().optional(),
  warehouse_ids: z.array(z.string()).max(100).optional(),
});
type Filter = z.infer<typeof Filter>;

/** Get Order List: the orders that a filter leaves, a page at a time. */
export function searchOrders(world: World, { shopId, query, body }: TikTokCall): Answer {
  const page = Page.safeParse(query);
  const filter = Filter.safeParse(body);
  if (!page.success) return badParameter(page.error);
  if (!filter.success) return badParameter(filter.error);
  const all = world.state.orders.of(shopId).map(({ order }) => order);
  const matching = all.filter((order) => isWanted(order, filter.data));
  const paged = pageOf(matching, (order) => [order[page.data.sort_field], order.id], page.data);
  if (paged === undefined) return failure({ code: 36009004, message: 'param page_token is invalid', status: 400 });
  const { rows, ...rest } = paged;
  return success({ orders: rows.map(shown), ...rest });
}

function badParameter(error: z.ZodError): Answer {
  return failure({ code: 36009004, message: `param ${error.issues[0]?.path.join('.')} is invalid`, status: 400 });
}

function isWanted(order: Order, filter: Filter): boolean {
  const { order_status: status, shipping_type: shipping, is_buyer_request_cancel: asked } = filter;
  return (
    (status === undefined || order.status === status) &&
    (shipping === undefined || shipping === (order.shipping_type ?? 'SELLER')) &&
    (asked === undefined || asked === (order.is_buyer_request_cancel === true)) &&
    among<unknown>(order['warehouse_id'], filter.warehouse_ids) &&
    withinRanges(order, filter)
  );
}
