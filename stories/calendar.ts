import { DateTime } from 'luxon';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';

/** Where the sandbox's shops are. */
const ZONE = 'America/Los_Angeles';
const WEEKS_AHEAD = 60;
const WORKDAYS_NEEDED = 5;

const isHoliday = (day: DateTime): boolean => US_FEDERAL_HOLIDAYS.includes(day.toISODate() ?? '');

/** The next Monday at 9:00 Pacific that begins a whole working week, so that every run of a story is like the last. */
export function nextMonday(now: number): number {
  const today = DateTime.fromMillis(now, { zone: ZONE }).startOf('day');
  for (let weeks = 1; weeks <= WEEKS_AHEAD; weeks++) {
    const monday = today.plus({ weeks }).set({ weekday: 1, hour: 9 });
    const days = Array.from({ length: WORKDAYS_NEEDED }, (_, i) => monday.plus({ days: i }));
    if (!days.some(isHoliday)) return monday.toMillis();
  }
  throw new Error(`no plain week within ${WEEKS_AHEAD} weeks`);
}

/** 18:00 Pacific on the eve of the next Thanksgiving: in 2026 that is Wednesday 25 November. */
export function thanksgivingEve(now: number): number {
  const { year } = DateTime.fromMillis(now, { zone: ZONE });
  const eves = [year, year + 1].map((one) => {
    const first = DateTime.fromObject({ year: one, month: 11, day: 1 }, { zone: ZONE });
    const thursday = first.plus({ days: ((4 - first.weekday + 7) % 7) + 21 });
    return thursday.minus({ days: 1 }).set({ hour: 18 }).toMillis();
  });
  return eves.find((eve) => eve > now) ?? now;
}

/** Midnight Pacific at the beginning of the n-th business day after an instant: when a pre-order is released. */
export function releaseAfter(at: number, businessDays: number): number {
  let day = DateTime.fromMillis(at, { zone: ZONE }).startOf('day');
  for (let left = businessDays; left > 0;) {
    day = day.plus({ days: 1 });
    if (day.weekday < 6 && !isHoliday(day)) left -= 1;
  }
  return day.toMillis();
}

/** An instant on the same Pacific day, at a time of day. */
export function onDayOf(at: number, hour: number, minute = 0): number {
  return DateTime.fromMillis(at, { zone: ZONE }).set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
}
