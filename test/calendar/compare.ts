import { addBusinessHours, endOfBusinessDay, type Calendar } from '../../domain/time/calendar';
import { US_FEDERAL_HOLIDAYS } from '../../policies/us/holidays';
import { afterBusinessTime, nthBusinessDate, pacific } from './oracle';

export type Comparison = { zone: string; cases: number; differences: number; examples: string[] };

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
const END_MS = DAY_MS - SECOND_MS;
const [FIRST, LAST] = [Date.UTC(2021, 0, 1), Date.UTC(2040, 11, 31)];
const AMOUNTS = [1, 2, 3, 4, 5, 7, 30];
/** Round the cut-off between two days, as wall times of the day that they belong to. */
const TIMES = [0, SECOND_MS, END_MS - SECOND_MS, END_MS];
const MOST_EXAMPLES = 10;

/** Every day, amount and time of day, ours against the oracle's, in whatever zone this process lives. */
function compareAll(): Comparison {
  const calendar: Calendar = { zone: 'America/Los_Angeles', holidays: new Set(US_FEDERAL_HOLIDAYS) };
  const comparison: Comparison = {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    cases: 0,
    differences: 0,
    examples: [],
  };
  for (let date = FIRST; date <= LAST; date += DAY_MS) {
    for (const n of AMOUNTS) {
      const last = nthBusinessDate(date, n);
      for (const time of TIMES) compareOne({ date, n, time, last }, calendar, comparison);
    }
  }
  return comparison;
}

type Case = { date: number; n: number; time: number; last: number };

function compareOne({ date, n, time, last }: Case, calendar: Calendar, comparison: Comparison): void {
  const from = pacific(date, time);
  const pairs = [
    [endOfBusinessDay(from, n, calendar), pacific(last, END_MS)],
    [addBusinessHours(from, n * 24, calendar), afterBusinessTime(date, time, n)],
  ] as const;
  comparison.cases++;
  if (pairs.every(([ours, theirs]) => ours === theirs)) return;
  comparison.differences++;
  if (comparison.examples.length < MOST_EXAMPLES) {
    comparison.examples.push(`${new Date(from).toISOString()} + ${n}: ${JSON.stringify(pairs)}`);
  }
}

if (require.main === module) process.stdout.write(JSON.stringify(compareAll()));
