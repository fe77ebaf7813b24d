import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import type { Cancellation } from './cancellations';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { placedOrders } from './orders';
import { among, pageOf, Paging, withinRanges } from './paging';

const Query = Paging.extend({
  page_size: z.coerce.number().int().min(1).max(50).default(10),
  sort_field: z.enum(['create_time', 'update_time']).default('create_time'),
  sort_order: z.enum(['ASC', 'DESC']).default('ASC'),
});
const Seconds = z.int().nonnegative().optional();
const Filter = z.object({
  cancel_ids: z.array(z.string()).optional(),
  order_ids: z.array(z.string()).optional(),
  cancel_types: z.array(z.enum(['CANCEL', 'BUYER_CANCEL'])).optional(),
  cancel_status: z.array(z.string()).optional(),
  create_time_ge: Seconds,
  create_time_lt: Seconds,
  update_time_ge: Seconds,
  update_time_lt: Seconds,
});
type Filter = z.infer<typeof Filter>;

/** Search Cancellations: the buyers' requests and the sellers' own cancellations, a page at a time. */
export function searchCancellations(world: World, { shopId, query, body }: TikTokCall): Answer {
  const page = Query.safeParse(query);
  const filter = Filter.safeParse(body);
  if (!page.success || !filter.success) return failure({ code: 25001001, message: 'Invalid parameters' });
  const all = placedOrders(world, shopId).flatMap(({ cancellations = [] }) => cancellations);
  const sortBy = page.data.sort_field === 'create_time' ? 'createdAtS' : 'updatedAtS';
  const matching = all.filter((one) => isWanted(one, filter.data));
  const paged = pageOf(matching, (one) => [one[sortBy], one.id], page.data);
  if (paged === undefined) return failure({ code: 25001001, message: 'page_token is invalid' });
  const { rows, ...rest } = paged;
  return success({ cancellations: rows.map(shownCancellation), ...rest });
}

function isWanted(one: Cancellation, filter: Filter): boolean {
  // The two spellings of a request that came to nothing are one.
  const statuses = filter.cancel_status?.map((status) => status.replace(/_CANCELLED$/, '_CANCEL'));
  return (
    among(one.id, filter.cancel_ids) &&
    among(one.orderId, filter.order_ids) &&
    among(one.type, filter.cancel_types) &&
    among<string>(one.status, statuses) &&
    withinRanges({ create_time: one.createdAtS, update_time: one.updatedAtS }, filter)
  );
}

function shownCancellation(one: Cancellation): unknown {
  const isPending = one.status === 'CANCELLATION_REQUEST_PENDING';
  return {
    cancel_id: one.id,
    order_id: one.orderId,
    cancel_type: one.type,
    cancel_status: one.status.replace(/_CANCEL$/, '_CANCELLED'),
    role: one.role,
    cancel_reason: one.reason,
    create_time: one.createdAtS,
    update_time: one.updatedAtS,
    seller_next_action_response: isPending ? [{ action: 'SELLER_RESPOND_CANCEL', deadline: one.answerByS }] : [],
  };
}
