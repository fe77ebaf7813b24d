import { searchAttributes } from '../workflows/messages';
import type { ApiDeps } from './deps';
import { countOrders, listOrders, OPEN_ORDERS, type ListedOrder } from './order-list';

export type BucketName = 'overdue' | 'under4h' | 'under12h' | 'under24h' | 'later' | 'none';

/** Open orders whose next deadline falls into one span of time: how many, and the most urgent of them in order. */
export type Bucket = { name: BucketName; count: number; orders: ListedOrder[] };

/** Half open: from, but not until. Epoch milliseconds. */
type Span = { from: number; until: number };

const HOUR_MS = 3_600_000;
/** Longer than any deadline is away; visibility's dates need an end to be halved. */
const FAR_MS = 400 * 24 * HOUR_MS;
/** Visibility keeps dates less exactly than we compare them: ask for more, then sort out. */
const MARGIN_MS = 1_000;
const MOST_ROWS = 100;

/** The open orders by the time that is left, the most urgent first. */
export async function bucketsAt(deps: ApiDeps, now: number): Promise<Bucket[]> {
  const edges: [BucketName, number][] = [
    ['overdue', now],
    ['under4h', now + 4 * HOUR_MS],
    ['under12h', now + 12 * HOUR_MS],
    ['under24h', now + 24 * HOUR_MS],
    ['later', now + FAR_MS],
  ];
  const dated = edges.map(([name, until], index) =>
    bucketOf(deps, name, { from: edges[index - 1]?.[1] ?? now - FAR_MS, until }),
  );
  return Promise.all([...dated, undatedBucket(deps)]);
}

async function bucketOf(deps: ApiDeps, name: BucketName, span: Span): Promise<Bucket> {
  const count = await countOrders(deps, queryOf(span));
  const { from, until } = count > MOST_ROWS ? await earliestIn(deps, span) : span;
  const asked = { from: from - MARGIN_MS, until: until + MARGIN_MS };
  const { orders } = await listOrders(deps, { query: queryOf(asked), pageSize: MOST_ROWS });
  const within = orders.filter((order) => dueAt(order) >= span.from && dueAt(order) < span.until);
  return { name, count: Math.max(count, within.length), orders: within.sort((a, b) => dueAt(a) - dueAt(b)) };
}

/**
 * Narrows a span to the earliest that fits a page, by counts: visibility sorts by nothing but its own start time. Where more
 * share one second than fit, which of them are shown is left open; the count is right in any case.
 */
async function earliestIn(deps: ApiDeps, { from, until }: Span): Promise<Span> {
  let [fits, tooMany] = [from, until];
  while (tooMany - fits > MARGIN_MS) {
    const middle = Math.floor((fits + tooMany) / 2);
    const count = await countOrders(deps, queryOf({ from, until: middle }));
    if (count > MOST_ROWS) tooMany = middle;
    else fits = middle;
    if (count > MOST_ROWS / 2 && count <= MOST_ROWS) break;
  }
  return { from, until: fits > from ? fits : tooMany };
}

async function undatedBucket(deps: ApiDeps): Promise<Bucket> {
  const query = `${OPEN_ORDERS} AND ${searchAttributes.nextDeadlineAt.name} IS NULL`;
  const [count, { orders }] = await Promise.all([
    countOrders(deps, query),
    listOrders(deps, { query, pageSize: MOST_ROWS }),
  ]);
  return { name: 'none', count, orders };
}

/** When the next deadline of an order is. */
const dueAt = ({ nextDeadline }: ListedOrder): number => Date.parse(nextDeadline?.at ?? '');

function queryOf({ from, until }: Span): string {
  const { name } = searchAttributes.nextDeadlineAt;
  return `${OPEN_ORDERS} AND ${name} >= '${iso(from)}' AND ${name} < '${iso(until)}'`;
}

const iso = (at: number): string => new Date(at).toISOString();
