import { DateTime } from 'luxon';
import { addBusinessHours, businessDaysUntil, endOfBusinessDay, endOfCalendarDay } from './calendar';
import { dayOfDate } from './days';

/** US federal holidays as observed, those of the cases. */
const HOLIDAYS = ['2025-12-25', '2026-07-03', '2026-11-26'];
const zone = 'America/Los_Angeles';
const calendar = { zone, holidays: new Set(HOLIDAYS) };
const pacific = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();
const say = (at: number): string => DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");

describe('addBusinessHours', () => {
  it.each([
    ['ends Wednesday 15:00 when created Friday 15:00', '2026-11-13T15:00:00', 72, '2026-11-18T15:00:00'],
    ['ends at the end of Wednesday when created Saturday 15:00', '2026-11-14T15:00:00', 72, '2026-11-19T00:00:00'],
    ['stands still on Thanksgiving', '2026-11-25T18:00:00', 72, '2026-12-01T18:00:00'],
    ['ends when Friday ends, not when Monday begins', '2026-11-14T15:00:00', 120, '2026-11-21T00:00:00'],
    ['counts 7 business days as 168 h', '2026-11-16T10:00:00', 168, '2026-11-25T10:00:00'],
    ['stands still on an observed holiday', '2026-07-02T12:00:00', 24, '2026-07-06T12:00:00'],
    ['keeps the hour over the spring change of clocks', '2026-03-06T12:00:00', 24, '2026-03-09T12:00:00'],
    ['keeps the hour over the autumn change of clocks', '2026-10-30T12:00:00', 24, '2026-11-02T12:00:00'],
    ['counts a closure by executive order as a business day', '2025-12-23T09:00:00', 48, '2025-12-26T09:00:00'],
  ])('%s', (_promise, ...[from, hours, expected]) => {
    expect(say(addBusinessHours(pacific(from), hours, calendar))).toBe(expected);
  });

  it('says so when no day ever counts', () => {
    const everyDay = new Set(
      Array.from({ length: 800 }, (_, day) => DateTime.utc(2026, 1, 1).plus({ days: day }).toFormat('yyyy-MM-dd')),
    );
    expect(() => addBusinessHours(pacific('2026-01-05T09:00:00'), 24, { zone, holidays: everyDay })).toThrow(
      'no business days',
    );
  });
});

describe('endOfBusinessDay', () => {
  it.each([
    ['counts the order’s day as day 0', '2026-11-16T09:00:00', 2, '2026-11-18T23:59:59'],
    ['at the day’s first second too', '2026-11-16T00:00:00', 2, '2026-11-18T23:59:59'],
    ['at its last second too', '2026-11-16T23:59:59', 2, '2026-11-18T23:59:59'],
    ['on a Saturday too', '2026-11-14T15:00:00', 2, '2026-11-17T23:59:59'],
    ['on a holiday too', '2026-11-26T15:00:00', 1, '2026-11-27T23:59:59'],
    ['stands still on Thanksgiving', '2026-11-25T18:00:00', 2, '2026-11-30T23:59:59'],
    ['of none is the end of the day itself', '2026-11-14T15:00:00', 0, '2026-11-14T23:59:59'],
  ])('%s', (_promise, ...[from, n, expected]) => {
    expect(say(endOfBusinessDay(pacific(from), n, calendar))).toBe(expected);
  });

  it('says so when no day ever counts', () => {
    const holidays = new Set(
      Array.from({ length: 800 }, (_, day) => DateTime.utc(2026, 1, 1).plus({ days: day }).toFormat('yyyy-MM-dd')),
    );
    expect(() => endOfBusinessDay(pacific('2026-01-05T09:00:00'), 1, { zone, holidays })).toThrow('no business days');
  });
});

describe('endOfCalendarDay', () => {
  it.each([
    ['counts every day', '2026-11-13T15:00:00', 3, '2026-11-16T23:59:59'],
    ['keeps 23:59:59 over the spring change of clocks', '2026-03-06T12:00:00', 2, '2026-03-08T23:59:59'],
    ['keeps 23:59:59 over the autumn change of clocks', '2026-10-31T12:00:00', 1, '2026-11-01T23:59:59'],
  ])('%s', (_promise, ...[from, n, expected]) => {
    expect(say(endOfCalendarDay(pacific(from), n, zone))).toBe(expected);
  });
});

describe('businessDaysUntil', () => {
  it.each([
    ['a day that counts', '2026-11-24', '2026-11-25', 1],
    ['over a weekend and a holiday', '2026-11-25', '2026-11-30', 2],
    ['the same day', '2026-11-25', '2026-11-25', 0],
    ['an earlier day', '2026-11-25', '2026-11-20', 0],
  ])('counts to %s', (_what, ...[from, to, count]) => {
    expect(businessDaysUntil(dayOfDate(from), dayOfDate(to), calendar.holidays)).toBe(count);
  });
});
