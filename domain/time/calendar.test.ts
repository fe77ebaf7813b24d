import { DateTime } from 'luxon';
import { addBusinessHours } from './calendar';

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
