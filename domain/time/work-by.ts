import { isHoliday, isHolidayOfWeekend, type Calendar } from './calendar';
import { atTimeOfDay, dateOfDay, dayOf, weekdayOf, type Day } from './days';

/**
 * When somebody is at a ship-from. `workdays` are ISO weekdays; times are HH:MM in `zone`; `closures` are days on which nobody is
 * there though they are workdays, as YYYY-MM-DD.
 */
export type Hours = {
  zone: string;
  workdays: readonly number[];
  opensAt: string;
  closesAt: string;
  closures?: readonly string[];
};

/** Nobody waits longer for a ship-from to open: one that is closed for that long is closed for good. */
const MOST_DAYS = 60;

/**
 * Whether somebody is there on a day: a workday, neither a holiday nor a closure. Of a holiday on a weekend both days count as one:
 * its own, and the weekday on which it is observed.
 */
function isWorked(day: Day, hours: Hours, holidays: Calendar['holidays']): boolean {
  if (!hours.workdays.includes(weekdayOf(day)) || isHoliday(day, holidays)) return false;
  if (isHolidayOfWeekend(day, holidays)) return false;
  const { closures = [] } = hours;
  return closures.length === 0 || !closures.includes(dateOfDay(day));
}

/**
 * The last working moment of a ship-from before an instant: what people must go by.
 * @returns epoch milliseconds; the instant itself if nobody works there for two months.
 */
export function workBy(instant: number, hours: Hours, { holidays }: Pick<Calendar, 'holidays'>): number {
  const last = dayOf(instant, hours.zone);
  for (let day = last; day > last - MOST_DAYS; day--) {
    if (isWorked(day, hours, holidays) && atTimeOfDay(day, hours.opensAt, hours.zone) < instant) {
      return Math.min(instant, atTimeOfDay(day, hours.closesAt, hours.zone));
    }
  }
  return instant;
}

/** A day's cut-off: what is ordered before this time of a working day, HH:MM, leaves the same day. */
export type CutOff = Hours & { cutoffTime: string };

/**
 * The day on which an order should leave: its own where it came before the cut-off of a working day, else the next working day.
 * @param notBefore A day before which it cannot leave.
 * @param readyBy The day until which it takes its time: it leaves on the last working day until then, where there is one.
 * @returns YYYY-MM-DD in the ship-from's zone; undefined if nobody works there for two months.
 */
export function shipOn(
  createdAt: number,
  shipFrom: CutOff,
  { holidays, notBefore, readyBy = -Infinity }: { holidays: Calendar['holidays']; notBefore?: Day; readyBy?: Day },
): string | undefined {
  const created = dayOf(createdAt, shipFrom.zone);
  const isInTime = createdAt < atTimeOfDay(created, shipFrom.cutoffTime, shipFrom.zone);
  const first = Math.max(isInTime ? created : created + 1, notBefore ?? -Infinity);
  for (let day = readyBy; day > first; day--) if (isWorked(day, shipFrom, holidays)) return dateOfDay(day);
  for (let day = first; day < first + MOST_DAYS; day++) if (isWorked(day, shipFrom, holidays)) return dateOfDay(day);
  return undefined;
}
