import { DateTime } from 'luxon';
import { atTimeOfDay, dateOfDay, dayOf, dayOfDate, startOfDay, weekdayOf } from './days';
import { sayLocally } from './local';

/** Among them: clocks that change at midnight, by half an hour, or not at all. */
const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'Pacific/Honolulu',
  'America/Havana',
  'Atlantic/Azores',
  'Asia/Beirut',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'UTC',
];
const HOUR_MS = 3_600_000;
const [FIRST, LAST] = [Date.UTC(2024, 0, 1), Date.UTC(2028, 0, 1)];

/** Every 13th hour and some seconds: each hour of the day is met, and each day on which clocks change. */
const instants = Array.from(
  { length: Math.floor((LAST - FIRST) / (13 * HOUR_MS)) },
  (_, index) => FIRST + index * 13 * HOUR_MS + (index % 3_600) * 1_000,
);

describe('days as numbers', () => {
  it.each(ZONES)('agree with the time-zone data in %s', (zone) => {
    const wrong = instants.filter((at) => {
      const local = DateTime.fromMillis(at, { zone });
      const day = dayOf(at, zone);
      return dateOfDay(day) !== local.toISODate() || weekdayOf(day) !== local.weekday || startOfDay(day, zone) > at;
    });
    expect(wrong).toEqual([]);
  });

  it.each(ZONES.slice(0, 4))('are told as people of %s say them', (zone) => {
    const wrong = instants.filter((at) => {
      const local = DateTime.fromMillis(at, { zone }).setLocale('en-US');
      return sayLocally(at, zone) !== local.toFormat('ccc d LLL HH:mm ZZZZ');
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['2026-11-24', '15:00', '2026-11-24T15:00-08:00'],
    ['2026-03-08', '01:30', '2026-03-08T01:30-08:00'],
    ['2026-03-08', '02:30', '2026-03-08T03:30-07:00'],
    ['2026-11-01', '01:30', '2026-11-01T01:30-07:00'],
    ['2026-11-01', '17:00', '2026-11-01T17:00-08:00'],
  ])('%s at %s is %s', (date, timeOfDay, expected) => {
    expect(atTimeOfDay(dayOfDate(date), timeOfDay, 'America/Los_Angeles')).toBe(Date.parse(expected));
  });

  it('refuse a zone that nobody knows', () => {
    expect(() => startOfDay(0, 'America/Nowhere')).toThrow('America/Nowhere');
  });
});
