import type { Shop } from '../contracts/shop';
import { isHoliday } from '../domain/time/calendar';
import { atTimeOfDay, dateOfDay, dayOf, MINUTE_MS, weekdayOf, type Day } from '../domain/time/days';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';

type Hours = { shipFrom: Shop['shipFrom']; sweep: NonNullable<Shop['sweep']> };

const holidays = new Set(US_FEDERAL_HOLIDAYS);

/** Today there, as YYYY-MM-DD. */
export const dayThere = (at: number, { zone }: Shop['shipFrom']): string => dateOfDay(dayOf(at, zone));

/**
 * When a shop is looked at next: after `dayMinutes` while somebody is at its ship-from, else after `nightMinutes`, and in any
 * case when it opens.
 * @param at epoch milliseconds
 */
export function nextRoundAt(at: number, { shipFrom, sweep }: Hours): number {
  const today = dayOf(at, shipFrom.zone);
  const [opensAt, closesAt] = hoursOf(today, shipFrom);
  if (at >= opensAt && at < closesAt) return at + sweep.dayMinutes * MINUTE_MS;
  const next = at + sweep.nightMinutes * MINUTE_MS;
  const openings = [opensAt, hoursOf(dayOf(next, shipFrom.zone), shipFrom)[0]];
  return openings.find((opening) => opening > at && opening < next) ?? next;
}

/** From when until when somebody is there on a day; never, where nobody is. */
function hoursOf(day: Day, { zone, opensAt, closesAt, ...shipFrom }: Shop['shipFrom']): [number, number] {
  const isWorked =
    shipFrom.workdays.includes(weekdayOf(day)) &&
    !shipFrom.closures.includes(dateOfDay(day)) &&
    !isHoliday(day, holidays);
  return isWorked ? [atTimeOfDay(day, opensAt, zone), atTimeOfDay(day, closesAt, zone)] : [Infinity, Infinity];
}
