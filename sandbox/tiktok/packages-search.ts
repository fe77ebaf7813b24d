import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { findPackage, type PackageOfOrder, shownPackage, statusOf } from './packages';
import { pageOf, Paging, withinRanges } from './paging';

const Query = Paging.extend({
  page_size: z.coerce.number().int().min(1).max(50),
  sort_field: z.enum(['create_time', 'update_time', 'order_pay_time']).default('create_time'),
  sort_order: z.enum(['ASC', 'DESC']).default('DESC'),
});
const Seconds = z.int().nonnegative().optional();
const Filter = z.object({
  create_time_ge: Seconds,
  create_time_lt: Seconds,
  update_time_ge: Seconds,
  update_time_lt: Seconds,
  package_status: z.string().optional(),
});
type Filter = z.infer<typeof Filter>;

/** Search Package: the packages of a shop, a page at a time. */
export function searchPackages(world: World, { shopId, query, body }: TikTokCall): Answer {
  const page = Query.safeParse(query);
  const filter = Filter.safeParse(body);
  if (!page.success || !filter.success) return failure({ code: 21011005, message: 'Invalid parameters' });
  const all = world.state.packages.of(shopId).flatMap(({ id }) => rowOf(world, shopId, id));
  const matching = all.filter((row) => isWanted(row, filter.data));
  const paged = pageOf(matching, (row) => [row.at[page.data.sort_field], row.found.packed.id], page.data);
  if (paged === undefined) return failure({ code: 21011005, message: 'page_token is invalid' });
  const { rows, ...rest } = paged;
  return success({ packages: rows.map(({ shown }) => briefOf(shown)), ...rest });
}

type Row = {
  readonly found: PackageOfOrder;
  readonly shown: Readonly<Record<string, unknown>>;
  /** The instants that it is sorted and chosen by, in epoch seconds. */
  readonly at: { readonly create_time: number; readonly update_time: number; readonly order_pay_time: number };
};

function rowOf(world: World, shopId: string, id: string): Row[] {
  const found = findPackage(world, shopId, id);
  if (found === undefined) return [];
  const { packed, order } = found;
  const shown = shownPackage(world, shopId, found);
  const at = {
    create_time: packed.createdAtS,
    update_time: Number(shown['update_time']),
    order_pay_time: Number(order['paid_time'] ?? order.create_time),
  };
  return [{ found, shown, at }];
}

function isWanted({ found, at }: Row, filter: Filter): boolean {
  const { package_status: status } = filter;
  return (status === undefined || statusOf(found) === status) && withinRanges(at, filter);
}

/** A row of the list calls some things by other names than the detail does. */
function briefOf(shown: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { package_id, package_status, ...rest } = shown;
  return { id: package_id, status: package_status, ...rest };
}
