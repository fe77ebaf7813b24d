/**
 * A second reading of the calendar that shares nothing with ours: holidays by the law's own rules (5 U.S.C. 6103), days walked one by
 * one, the change of clocks by the rule of 15 U.S.C. 260a. No table, no luxon, no time-zone data.
 */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const [SUNDAY, MONDAY, THURSDAY, SATURDAY] = [0, 1, 4, 6];

/** A date is the midnight of its day in UTC, as epoch milliseconds. Months count from 1. */
const dateOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day);
const weekday = (date: number): number => new Date(date).getUTCDay();

/** The n-th of a weekday in a month; -1 is the last. */
function nth(n: number, day: number, [year, month]: [number, number]): number {
  if (n < 0) {
    const last = dateOf(year, month + 1, 0);
    return last - ((weekday(last) - day + 7) % 7) * DAY_MS;
  }
  const first = dateOf(year, month, 1);
  return first + (((day - weekday(first) + 7) % 7) + (n - 1) * 7) * DAY_MS;
}

/**
 * As the federal government observes it: Saturday's on the Friday before, Sunday's on the Monday after. The Federal Reserve stays
 * open on that Friday; the platform's pages speak of federal holidays.
 */
const observed = (date: number): number => {
  if (weekday(date) === SATURDAY) return date - DAY_MS;
  return weekday(date) === SUNDAY ? date + DAY_MS : date;
};

/** The eleven holidays that belong to a year; that of a Saturday's New Year is observed in the year before. */
const holidaysOf = (year: number): number[] => [
  observed(dateOf(year, 1, 1)),
  nth(3, MONDAY, [year, 1]),
  nth(3, MONDAY, [year, 2]),
  nth(-1, MONDAY, [year, 5]),
  observed(dateOf(year, 6, 19)),
  observed(dateOf(year, 7, 4)),
  nth(1, MONDAY, [year, 9]),
  nth(2, MONDAY, [year, 10]),
  observed(dateOf(year, 11, 11)),
  nth(4, THURSDAY, [year, 11]),
  observed(dateOf(year, 12, 25)),
];

const yearOf = (date: number): number => new Date(date).getUTCFullYear();

/** The days observed in some years, as YYYY-MM-DD, sorted. */
export const observedDays = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 2 }, (_, index) => holidaysOf(first + index))
    .flat()
    .filter((date) => yearOf(date) >= first && yearOf(date) <= last)
    .sort((a, b) => a - b)
    .map((date) => new Date(date).toISOString().slice(0, 10));

const closedByYear = new Map<number, Set<number>>();
function closedDays(year: number): Set<number> {
  const known = closedByYear.get(year);
  if (known !== undefined) return known;
  const days = new Set([...holidaysOf(year), ...holidaysOf(year + 1)]);
  closedByYear.set(year, days);
  return days;
}

const isBusinessDate = (date: number): boolean =>
  weekday(date) !== SUNDAY && weekday(date) !== SATURDAY && !closedDays(yearOf(date)).has(date);

/** The n-th business day after a date, walked day by day. */
export function nthBusinessDate(date: number, n: number): number {
  let [day, left] = [date, n];
  while (left > 0) {
    day += DAY_MS;
    if (isBusinessDate(day)) left--;
  }
  return day;
}

/** A wall time in Los Angeles as an instant: summer time from 02:00 of March's second Sunday to 02:00 of November's first. */
export function pacific(date: number, timeMs: number): number {
  const wall = date + timeMs;
  const year = yearOf(date);
  const isSummer = wall >= nth(2, SUNDAY, [year, 3]) + 2 * HOUR_MS && wall < nth(1, SUNDAY, [year, 11]) + 2 * HOUR_MS;
  return wall + (isSummer ? 7 : 8) * HOUR_MS;
}

/** When n business days of 24 h are over that begin at a wall time: clocks change on Sundays, so that none is longer or shorter. */
export function afterBusinessTime(date: number, timeMs: number, n: number): number {
  if (!isBusinessDate(date)) return pacific(nthBusinessDate(date, n) + DAY_MS, 0);
  if (timeMs === 0) return pacific(nthBusinessDate(date, n - 1) + DAY_MS, 0);
  return pacific(nthBusinessDate(date, n), timeMs);
}
