import { DateTime } from 'luxon';

/**
 * Days as whole numbers: 0 is 1970-01-01, whatever the zone. All arithmetic on days is done on them; only where a day begins in a
 * zone is asked of the time-zone data, once a day and zone, because that is slow.
 */
export type Day = number;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** More days than the calendar has: beyond that somebody asks at random, and memory must not grow with it. */
const MOST_KNOWN = 20_000;
const startsByZone = new Map<string, Map<Day, number>>();

/** The day of a date as YYYY-MM-DD. */
export const dayOfDate = (date: string): Day => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);

/** The date of a day, as YYYY-MM-DD. */
export const dateOfDay = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The ISO weekday: 1 is Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/**
 * The first instant of a day in a zone, in epoch milliseconds: midnight, or what follows where midnight is left out.
 * @throws on a zone that the time-zone data does not know.
 */
export function startOfDay(day: Day, zone: string): number {
  const known = startsByZone.get(zone)?.get(day);
  if (known !== undefined) return known;
  const start = askStart(day, zone);
  const starts = startsByZone.get(zone) ?? new Map<Day, number>();
  if (starts.size >= MOST_KNOWN) starts.clear();
  startsByZone.set(zone, starts.set(day, start));
  return start;
}

function askStart(day: Day, zone: string): number {
  const date = new Date(day * DAY_MS);
  const fields = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  const start = DateTime.fromObject(fields, { zone }).startOf('day');
  if (!start.isValid) throw new Error(`no day ${dateOfDay(day)} in time zone ${zone}`);
  // Where clocks go back to midnight there are two of them: the day begins with the first.
  const anHourBefore = start.minus({ hours: 1 });
  return (anHourBefore.day === start.day ? anHourBefore : start).toMillis();
}

/** The day on which an instant falls in a zone. */
export function dayOf(instant: number, zone: string): Day {
  let day = Math.floor(instant / DAY_MS);
  while (instant < startOfDay(day, zone)) day--;
  while (instant >= startOfDay(day + 1, zone)) day++;
  return day;
}

/** Whether clocks change on a day: only then are its hours not where its beginning says. */
export const clocksChangeOn = (day: Day, zone: string): boolean =>
  startOfDay(day + 1, zone) - startOfDay(day, zone) !== DAY_MS;

/** The instant of a time of day, HH:MM, in a zone. A time that is left out is read an hour on, one that comes twice the first time. */
export function atTimeOfDay(day: Day, timeOfDay: string, zone: string): number {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  const start = startOfDay(day, zone);
  if (!clocksChangeOn(day, zone)) return start + hour * HOUR_MS + minute * MINUTE_MS;
  return DateTime.fromMillis(start, { zone }).set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
}
