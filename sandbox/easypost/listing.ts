import { z } from 'zod';
import type { EasyPostError } from './wire';

const Instant = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number());

const Listing = z.object({
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  before_id: z.string().optional(),
  after_id: z.string().optional(),
  start_datetime: Instant.default(0),
  end_datetime: Instant.default(Infinity),
});

/** Said where a parameter of a list cannot be read. */
export const BAD_LISTING: EasyPostError = {
  status: 422,
  code: 'PARAMETER.INVALID',
  message: 'A parameter of the list is not valid.',
};

type Listed<Row> = { readonly rows: readonly Row[]; readonly has_more: boolean };

/**
 * One page of some rows, newest first, as all lists of this wire are paged; `undefined` where a parameter cannot be read.
 *
 * Rows come oldest first; `createdAt` is in epoch milliseconds.
 */
export function listed<Row extends { readonly id: string }>(
  all: readonly Row[],
  createdAt: (row: Row) => number,
  query: URLSearchParams,
): Listed<Row> | undefined {
  const listing = Listing.safeParse(Object.fromEntries(query));
  if (!listing.success) return undefined;
  const { page_size: size, start_datetime: from, end_datetime: to } = listing.data;
  const between = all.filter((row) => createdAt(row) >= from && createdAt(row) <= to);
  const rest = beside(between, listing.data).reverse();
  return { rows: rest.slice(0, size), has_more: rest.length > size };
}

type Place = { readonly before_id?: string | undefined; readonly after_id?: string | undefined };

/** The rows, oldest first, on the wanted side of one of them; a row that is not there bounds nothing. */
function beside<Row extends { readonly id: string }>(rows: readonly Row[], place: Place): Row[] {
  const before = rows.findIndex(({ id }) => id === place.before_id);
  const after = rows.findIndex(({ id }) => id === place.after_id);
  return rows.slice(after + 1, before === -1 ? undefined : before);
}
