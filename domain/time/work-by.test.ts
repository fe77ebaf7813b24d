import { DateTime } from 'luxon';
import { workBy } from './work-by';

const zone = 'America/Los_Angeles';
const hours = { zone, workdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' };
const calendar = { zone, holidays: new Set(['2026-11-26']) };
const pacific = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();

describe('workBy', () => {
  it.each([
    ['is the instant itself inside working hours', '2026-11-24T15:00', '2026-11-24T15:00'],
    ['is closing time after it', '2026-11-24T23:59', '2026-11-24T17:00'],
    ['is the day before when the instant is before opening', '2026-11-24T09:00', '2026-11-23T17:00'],
    ['skips the weekend', '2026-11-22T12:00', '2026-11-20T17:00'],
    ['skips a holiday', '2026-11-27T08:00', '2026-11-25T17:00'],
  ])('%s', (_promise, instant, expected) => {
    expect(workBy(pacific(instant), hours, calendar)).toBe(pacific(expected));
  });

  it('falls back to the instant where nobody ever works', () => {
    const instant = pacific('2026-11-24T15:00');
    expect(workBy(instant, { ...hours, workdays: [] }, calendar)).toBe(instant);
  });
});
