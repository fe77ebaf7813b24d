import { z } from 'zod';
import { timeLeft } from '../words/api';
import { cliWords } from '../words/cli';
import { minuteOf } from './instant';
import { sayOrderRef } from './order-ref';
import { sayMovedClocks } from './shop-clock';
import type { ShopClocks } from './shop-clock';
import { tableLines } from './table';

const instant = z.iso.datetime();

const ListedOrder = z.object({
  shopId: z.string(),
  orderId: z.string(),
  phase: z.string().nullable(),
  open: z.boolean(),
  attention: z.string().nullable(),
  nextDeadline: z.object({ kind: z.string(), at: instant }).nullable(),
});
type ListedOrder = z.infer<typeof ListedOrder>;

/** What the table needs of the API's list. */
export const OrderList = z.object({ data: z.array(ListedOrder), nextCursor: z.string().nullable(), asOf: instant });
export type OrderList = z.infer<typeof OrderList>;

/** By what the list was narrowed; the next page is asked for in the same way. */
export type ListFilter = Readonly<Record<string, string>>;

/** The list as people read it: in the API's order, with the time left by each shop's own clock. */
export function orderListLines(list: OrderList, clocks: ShopClocks, filter: ListFilter): string[] {
  if (list.data.length === 0) return [cliWords.noOrders];
  const realNow = Date.parse(list.asOf);
  const rows = list.data.map((order) => rowOf(order, clocks.get(order.shopId) ?? realNow));
  const notes = [
    ...sayMovedClocks(clocks, realNow),
    ...(list.nextCursor === null ? [] : [cliWords.moreOrders(commandOf({ ...filter, cursor: list.nextCursor }))]),
  ];
  return [...tableLines(cliWords.listColumns, rows), ...(notes.length > 0 ? ['', ...notes] : [])];
}

function rowOf({ shopId, orderId, phase, open, attention, nextDeadline }: ListedOrder, now: number): string[] {
  const { nothing } = cliWords;
  const next = open ? nextDeadline : null;
  return [
    sayOrderRef({ shopId, orderId }),
    phase ?? nothing,
    next === null ? nothing : `${next.kind} ${minuteOf(next.at)}`,
    next === null ? nothing : timeLeft(Date.parse(next.at) - now),
    attention ?? nothing,
  ];
}

/** Values are digits, names and base64url: nothing in them means anything to a shell. */
const commandOf = (options: ListFilter): string =>
  ['shipclock order list', ...Object.entries(options).map(([name, value]) => `--${name} ${value}`)].join(' ');
