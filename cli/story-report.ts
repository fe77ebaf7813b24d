import type { StoryReport } from '../stories/run';
import { cliWords } from '../words/cli';
import { storyReportWords } from '../words/stories';
import { secondOf } from './instant';
import { section, tableLines } from './table';

type StoryDeadline = StoryReport['deadlines'][number];

/** So many orders are named one by one; more are counted. */
const mostNamed = 3;

/** A story's report as people read it. */
export function storyReportLines({ story, shop, outcome, appeal, filings, ...happened }: StoryReport): string[] {
  const { phases, deadlines, effects, orders, alerts } = happened;
  return [
    cliWords.storyEnded(story, outcome, shop),
    storyReportWords.appeal(appeal, filings),
    ...shipDays(orders),
    ...rows(
      cliWords.phases,
      phases.map(({ phase, at }) => [secondOf(at), phase]),
    ),
    ...rows(cliWords.storyDeadlines, deadlineRows(deadlines, openOf(orders))),
    ...rows(cliWords.storyAlerts, inOrder(alerts).map(alertRow)),
    ...rows(
      cliWords.effects,
      effects.map(({ kind, at, ref, order, provider }) => [secondOf(at), kind, provider ?? '', order ?? '', ref]),
    ),
    ...orders.slice(0, mostNamed).map(({ order }) => cliWords.lookAt(shop, order)),
  ];
}

/** The desk has the most urgent first; a story is read from its beginning. */
const inOrder = (alerts: StoryReport['alerts']): StoryReport['alerts'] =>
  [...alerts].sort((one, other) => Date.parse(one.raisedAt) - Date.parse(other.raisedAt));

const alertRow = ({ raisedAt, kind, about, tierMs, orderId }: StoryReport['alerts'][number]): string[] => [
  ...[secondOf(raisedAt), kind, about],
  kind === 'deadline' ? storyReportWords.tier(tierMs) : '',
  orderId,
];

/** When orders should leave: each by its name, or a day with how many they are. */
function shipDays(orders: StoryReport['orders']): string[] {
  const days = grouped(
    orders.filter(({ shipOn }) => shipOn !== null).map(({ order, shipOn }) => [shipOn ?? '', order]),
  );
  return days.flatMap(([[day = ''], named]) =>
    named.length > mostNamed
      ? [storyReportWords.shipOn(named.length, day)]
      : named.map((order) => cliWords.shipsOn(order, day)),
  );
}

/** Orders of one instant and one fate stand in one line where they are many. */
function deadlineRows(deadlines: readonly StoryDeadline[], open: readonly string[]): string[][] {
  const all = deadlines.map((one) => [secondOf(one.at), one.name, stateOf(one, open.includes(one.order)), one.order]);
  return grouped(all).flatMap(([cells, named]) =>
    named.length > mostNamed
      ? [[...cells, storyReportWords.orders(named.length)]]
      : named.map((order) => [...cells, order]),
  );
}

/** Rows whose cells are the same but for the last, which is an order, in the order in which they first stand. */
function grouped(all: readonly string[][]): [string[], string[]][] {
  const groups = new Map<string, [string[], string[]]>();
  for (const row of all) {
    const [cells, order] = [row.slice(0, -1), row.at(-1) ?? ''];
    const key = cells.join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cells, [order]]);
    else group[1].push(order);
  }
  return [...groups.values()];
}

const openOf = (orders: StoryReport['orders']): string[] =>
  orders.filter(({ outcome }) => outcome === null).map(({ order }) => order);

function stateOf({ met }: StoryDeadline, isOpen: boolean): string {
  const { deadlineStates: states } = cliWords;
  if (met === null) return isOpen ? states.open : states.moot;
  return met ? states.met : states.missed;
}

function rows(heading: string, cells: readonly (readonly string[])[]): string[] {
  const [first, ...rest] = cells;
  return section(heading, first === undefined ? [cliWords.nothing] : tableLines(first, rest));
}
