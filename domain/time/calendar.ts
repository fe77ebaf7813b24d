import { DateTime } from 'luxon';

/** Which days count, and where a day begins and ends. */
export type Calendar = {
  zone: string;
  /** Days that do not count though they are weekdays, as YYYY-MM-DD. */
  holidays: ReadonlySet<string>;
};

const SATURDAY = 6;
const HOUR_MS = 3_600_000;
/** Far more days than any deadline spans: a calendar without business days must not loop for ever. */
const MOST_DAYS = 400;

const isBusinessDay = (day: DateTime, calendar: Calendar): boolean =>
  day.weekday < SATURDAY && !calendar.holidays.has(day.toISODate() ?? '');

/**
 * Adds business time: it runs 24 h on a business day and stands still on others. An amount that is used up exactly at the end of
 * a day ends there, at the next midnight, and not when the next business day begins.
 * @param from epoch milliseconds
 * @returns epoch milliseconds
 */
export function addBusinessHours(from: number, hours: number, calendar: Calendar): number {
  let leftMs = hours * HOUR_MS;
  let day = DateTime.fromMillis(from, { zone: calendar.zone }).startOf('day');
  for (let days = 0; days < MOST_DAYS; days++) {
    const next = day.plus({ days: 1 });
    if (isBusinessDay(day, calendar)) {
      const begins = Math.max(from, day.toMillis());
      const lengthMs = next.toMillis() - begins;
      if (leftMs <= lengthMs) return begins + leftMs;
      leftMs -= lengthMs;
    }
    day = next;
  }
  throw new Error(`no business days in ${calendar.zone} for ${hours} h`);
}
