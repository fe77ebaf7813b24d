import { dateOfDay, dayOf, dayOfDate, HOUR_MS, startOfDay, weekdayOf, type Day } from './days';

/** Which days count, and where a day begins and ends. */
export type Calendar = {
  zone: string;
  /** Days that do not count though they are weekdays, as YYYY-MM-DD. Not changed once it was used. */
  holidays: ReadonlySet<string>;
};

const [FRIDAY, SATURDAY, SUNDAY] = [5, 6, 7];
const SECOND_MS = 1_000;
/** A calendar without business days must not be walked for ever, nor an amount that no deadline has. */
const MOST_IDLE_DAYS = 400;
const MOST_DAYS = 20_000;

const holidayDays = new WeakMap<ReadonlySet<string>, ReadonlySet<Day>>();

function daysOf(holidays: ReadonlySet<string>): ReadonlySet<Day> {
  const known = holidayDays.get(holidays);
  if (known !== undefined) return known;
  const days = new Set([...holidays].map(dayOfDate));
  holidayDays.set(holidays, days);
  return days;
}

/** Whether a day is one of the holidays, weekday or not. */
export const isHoliday = (day: Day, holidays: ReadonlySet<string>): boolean => daysOf(holidays).has(day);

/** The holidays that have a date of their own (5 U.S.C. 6103(a)), as MM-DD: all others are weekdays. */
const FIXED_DATES: ReadonlySet<string> = new Set(['01-01', '06-19', '07-04', '11-11', '12-25']);

const isFixedDate = (day: Day): boolean => FIXED_DATES.has(dateOfDay(day).slice('YYYY-'.length));

/**
 * Whether a day of a weekend is itself the holiday that is observed on the Friday before or on the Monday after. Of business days
 * it is none in any case; but post offices are closed on it, and whoever works on Saturdays is not there.
 */
export function isHolidayOfWeekend(day: Day, holidays: ReadonlySet<string>): boolean {
  const weekday = weekdayOf(day);
  if (weekday < SATURDAY) return false;
  return isHoliday(weekday === SUNDAY ? day + 1 : day - 1, holidays) && isFixedDate(day);
}

/** Whether a day is the Friday on which a Saturday's holiday is observed by the government; carriers keep the Saturday. */
export const isObservedForSaturday = (day: Day, holidays: ReadonlySet<string>): boolean =>
  weekdayOf(day) === FRIDAY && isHoliday(day, holidays) && isHolidayOfWeekend(day + 1, holidays);

/** Monday to Friday but for holidays. */
const isBusinessDay = (day: Day, holidays: ReadonlySet<string>): boolean =>
  weekdayOf(day) < SATURDAY && !isHoliday(day, holidays);

/** The business days from a day on, that day included. Throws where they do not come. */
function* businessDaysFrom(first: Day, { zone, holidays }: Calendar): Generator<Day> {
  let idle = 0;
  for (let day = first; day < first + MOST_DAYS && idle < MOST_IDLE_DAYS; day++) {
    idle = isBusinessDay(day, holidays) ? 0 : idle + 1;
    if (idle === 0) yield day;
  }
  throw new Error(`no business days in ${zone} that this calendar could count`);
}

/**
 * Adds business time: it runs 24 h on a business day and stands still on others. An amount that is used up exactly at the end of
 * a day ends there, at the next midnight, and not when the next business day begins.
 * @param from epoch milliseconds
 * @returns epoch milliseconds
 */
export function addBusinessHours(from: number, hours: number, calendar: Calendar): number {
  let leftMs = hours * HOUR_MS;
  for (const day of businessDaysFrom(dayOf(from, calendar.zone), calendar)) {
    const begins = Math.max(from, startOfDay(day, calendar.zone));
    const lengthMs = startOfDay(day + 1, calendar.zone) - begins;
    if (leftMs <= lengthMs) return begins + leftMs;
    leftMs -= lengthMs;
  }
  throw new Error('unreachable: business days end by throwing');
}

/** The n-th business day after a day, which is day 0 itself whether it counts or not. */
export function businessDayAfter(day: Day, n: number, calendar: Calendar): Day {
  let left = n;
  if (left === 0) return day;
  for (const next of businessDaysFrom(day + 1, calendar)) {
    left--;
    if (left === 0) return next;
  }
  throw new Error('unreachable: business days end by throwing');
}

/** How many business days lie after one day, up to another and including it; 0 when that is not later. */
export function businessDaysUntil(from: Day, to: Day, holidays: ReadonlySet<string>): number {
  let count = 0;
  for (let day = from + 1; day <= to; day++) if (isBusinessDay(day, holidays)) count++;
  return count;
}

/** 23:59:59 of a day, in epoch milliseconds. */
export const endOfDay = (day: Day, zone: string): number => startOfDay(day + 1, zone) - SECOND_MS;

/**
 * 23:59:59 of the n-th business day after the local day of an instant. That day is day 0 whatever the hour, and whether it is a
 * business day or not.
 * @param from epoch milliseconds
 * @returns epoch milliseconds
 */
export const endOfBusinessDay = (from: number, n: number, calendar: Calendar): number =>
  endOfDay(businessDayAfter(dayOf(from, calendar.zone), n, calendar), calendar.zone);

/** The same with every day counted. */
export const endOfCalendarDay = (from: number, n: number, zone: string): number =>
  endOfDay(dayOf(from, zone) + n, zone);
