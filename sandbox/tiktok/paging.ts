import { z } from 'zod';

/** What every list of this wire takes besides its own filter. */
export const Paging = z.object({ page_token: z.string().optional() });

/** Where a row stands in its list: by an instant in seconds, and among those of one second by id. */
export type Key = readonly [seconds: number, id: string];
const Key = z.tuple([z.int(), z.string()]);

export type Page = {
  readonly page_size: number;
  readonly page_token?: string | undefined;
  readonly sort_order: 'ASC' | 'DESC';
};

type Paged<Row> = { readonly rows: Row[]; readonly next_page_token: string; readonly total_count: number };

/**
 * One page of some rows; `undefined` where the token is none of ours.
 *
 * The token names the last row shown, so that a row which comes or goes between two pages shifts no other.
 */
export function pageOf<Row>(all: readonly Row[], keyOf: (row: Row) => Key, page: Page): Paged<Row> | undefined {
  const from = keyOfToken(page.page_token);
  if (from === undefined) return undefined;
  const order = (one: Key, other: Key): number => compare(one, other) * (page.sort_order === 'ASC' ? 1 : -1);
  const sorted = [...all].sort((one, other) => order(keyOf(one), keyOf(other)));
  const rest = from === null ? sorted : sorted.filter((row) => order(keyOf(row), from) > 0);
  const rows = rest.slice(0, page.page_size);
  const last = rest.length > page.page_size ? rows.at(-1) : undefined;
  const next_page_token = last === undefined ? '' : tokenOf(keyOf(last));
  return { rows, next_page_token, total_count: all.length };
}

/** Whether an instant lies in a range that is open to the right; a bound that is not given bounds nothing. */
function within(seconds: number, from = 0, to = Infinity): boolean {
  return seconds >= from && seconds < to;
}

/** Whether a value is one of a list; one that is not given lets everything by. */
export function among<Value>(value: Value, list: readonly Value[] | undefined): boolean {
  return list === undefined || list.includes(value);
}

/** What every search may narrow instants by, in epoch seconds. */
export type TimeRanges = {
  readonly create_time_ge?: number | undefined;
  readonly create_time_lt?: number | undefined;
  readonly update_time_ge?: number | undefined;
  readonly update_time_lt?: number | undefined;
};

/** Whether something was made and last changed in the ranges of a search. */
export function withinRanges(at: { create_time: number; update_time: number }, ranges: TimeRanges): boolean {
  return (
    within(at.create_time, ranges.create_time_ge, ranges.create_time_lt) &&
    within(at.update_time, ranges.update_time_ge, ranges.update_time_lt)
  );
}

function compare([seconds, id]: Key, [otherSeconds, otherId]: Key): number {
  const byId = id < otherId ? -1 : Number(id > otherId);
  return seconds === otherSeconds ? byId : seconds - otherSeconds;
}

function tokenOf(key: Key): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** `null` is the beginning; `undefined` is no token of ours. */
function keyOfToken(token = ''): Key | null | undefined {
  if (token === '') return null;
  try {
    return Key.safeParse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
