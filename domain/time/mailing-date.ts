import { DateTime } from 'luxon';
import { isHolidayOfWeekend, isObservedForSaturday } from './calendar';
import { dayOfDate } from './days';

/** Where and until when parcels leave. Times of day are HH:MM in `zone`; weekdays are ISO, 1 is Monday. */
export type MailingPlace = {
  zone: string;
  /** The provider's cut-off: from then on a parcel belongs to the next mailing date. */
  cutoffTime: string;
  /** Federal holidays as observed, as YYYY-MM-DD: on them no post is taken in, but see `isPostalHoliday`. */
  holidays: ReadonlySet<string>;
  /** When somebody is at the ship-from. */
  workdays: readonly number[];
  opensAt: string;
  closures: readonly string[];
};

/** `closesAt`: the cut-off of the date. `asksAt`: the ship-from's next opening hour after it. Epoch milliseconds. */
export type MailingDay = { date: string; closesAt: number; asksAt: number };

const SUNDAY = 7;
/** No calendar has this many days in a row without post or without anybody at work. */
const MOST_DAYS = 60;
const DAY_MS = 24 * 3_600_000;

const atTime = (day: DateTime, timeOfDay: string): number => {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return day.set({ hour, minute }).toMillis();
};

/**
 * The day under whose form a parcel leaves that is ready at an instant. USPS takes parcels in on Saturdays, not on Sundays and
 * federal holidays (USPS, Postal holidays).
 * @param at epoch milliseconds
 * @param after a date (YYYY-MM-DD) whose form is closed: only later dates count
 */
export function mailingDay(at: number, place: MailingPlace, after?: string): MailingDay {
  return firstMailingDay(firstDay(at, place, after === undefined ? undefined : dayAfter(after, place)), { at, place });
}

/** The same, on a day (YYYY-MM-DD) or later: that day counts too, while its cut-off lies ahead. */
export const mailingDayFrom = (at: number, place: MailingPlace, from: string): MailingDay =>
  firstMailingDay(firstDay(at, place, startOf(from, place)), { at, place });

function firstMailingDay(from: DateTime, { at, place }: { at: number; place: MailingPlace }): MailingDay {
  let day = from;
  for (let days = 0; days < MOST_DAYS; days++) {
    const closesAt = atTime(day, place.cutoffTime);
    if (isMailingDay(day, place) && at < closesAt) return { date: dateOf(day), closesAt, asksAt: asksAt(day, place) };
    day = day.plus({ days: 1 });
  }
  throw new Error(`no mailing date in ${place.zone}`);
}

const startOf = (date: string, { zone }: MailingPlace): DateTime => DateTime.fromISO(date, { zone }).startOf('day');
const dayAfter = (date: string, place: MailingPlace): DateTime => startOf(date, place).plus({ days: 1 });

function firstDay(at: number, { zone }: MailingPlace, earliest?: DateTime): DateTime {
  const today = DateTime.fromMillis(at, { zone }).startOf('day');
  return earliest !== undefined && earliest > today ? earliest : today;
}

const dateOf = (day: DateTime): string => day.toFormat('yyyy-MM-dd');

const isMailingDay = (day: DateTime, { holidays }: MailingPlace): boolean =>
  day.weekday !== SUNDAY && !isPostalHoliday(dateOf(day), holidays);

/**
 * A holiday on a Saturday is the post's on that Saturday, not on the Friday on which the government observes it; one on a Sunday
 * is on the Monday after (USPS, Postal holidays, whose list for 2026 has Saturday, July 4).
 */
function isPostalHoliday(date: string, holidays: ReadonlySet<string>): boolean {
  const day = dayOfDate(date);
  if (isHolidayOfWeekend(day, holidays)) return true;
  return holidays.has(date) && !isObservedForSaturday(day, holidays);
}

function asksAt(closing: DateTime, place: MailingPlace): number {
  const cutoff = atTime(closing, place.cutoffTime);
  for (let days = 0; days < MOST_DAYS; days++) {
    const day = closing.plus({ days });
    const opens = atTime(day, place.opensAt);
    if (opens > cutoff && isWorked(day, place)) return opens;
  }
  return cutoff + DAY_MS;
}

function isWorked(day: DateTime, { workdays, closures, holidays }: MailingPlace): boolean {
  const date = dateOf(day);
  if (!workdays.includes(day.weekday) || closures.includes(date)) return false;
  return !holidays.has(date) && !isHolidayOfWeekend(dayOfDate(date), holidays);
}
