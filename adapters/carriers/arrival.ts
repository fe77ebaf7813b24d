import { dayOfDate, MINUTE_MS, startOfDay } from '../../domain/time/days';

/** Carriers name a date and a time of day at the addressee's and no zone: of a state's zones the westernmost, so that none is too early. */
const LATE_ZONES: Partial<Record<string, string>> = { AK: 'America/Adak', HI: 'Pacific/Honolulu' };
const LATEST_ELSEWHERE = 'America/Los_Angeles';

/** @returns Epoch milliseconds, not before the true instant. @param date YYYY-MM-DD. @param minutes Since midnight there. */
export function latestArrival(date: string, minutes: number, state: string | undefined): number | undefined {
  const day = dayOfDate(date);
  if (Number.isNaN(day)) return undefined;
  return startOfDay(day, LATE_ZONES[state ?? ''] ?? LATEST_ELSEWHERE) + minutes * MINUTE_MS;
}

/** The last minute of a day. */
export const END_OF_DAY_MINUTES = 24 * 60 - 1;
