import { DateTime } from 'luxon';
import type { Calendar } from './calendar';

/** When somebody is at a ship-from. `workdays` are ISO weekdays; times are HH:MM in `zone`. */
export type Hours = { zone: string; workdays: readonly number[]; opensAt: string; closesAt: string };

const MOST_DAYS_BACK = 60;

const at = (day: DateTime, timeOfDay: string): DateTime => {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
};

/**
 * The last working moment of a ship-from before an instant: what people must go by.
 * @returns epoch milliseconds; the instant itself if nobody works there for two months.
 */
export function workBy(instant: number, hours: Hours, calendar: Calendar): number {
  let day = DateTime.fromMillis(instant, { zone: hours.zone }).startOf('day');
  for (let back = 0; back < MOST_DAYS_BACK; back++) {
    const isWorked = hours.workdays.includes(day.weekday) && !calendar.holidays.has(day.toISODate() ?? '');
    if (isWorked && at(day, hours.opensAt).toMillis() < instant) {
      return Math.min(instant, at(day, hours.closesAt).toMillis());
    }
    day = day.minus({ days: 1 });
  }
  return instant;
}
