import { endOfBusinessDay } from '../../domain/time/calendar';
import { sayLocally } from '../../domain/time/local';
import { holidaysFor } from '../../policies/us';
import { seed } from '../../policies/us/seed';

const zone = 'America/Los_Angeles';
const calendar = { zone, holidays: holidaysFor(seed) };
const end = (from: string, n: number): string => {
  expect(from).toMatch(/(Z|[+-]\d\d:00)$/);
  return new Date(endOfBusinessDay(Date.parse(from), n, calendar)).toISOString().replace('.000', '');
};

describe('a number of business days ends at 23:59:59 in Los Angeles', () => {
  it.each([
    ['over the spring change of clocks, 107 h', '2026-03-06T20:00:00Z', 2, '2026-03-11T06:59:59Z'],
    ['over the autumn change of clocks, 109 h', '2026-10-30T19:00:00Z', 2, '2026-11-04T07:59:59Z'],
    ['over 3 July, on which Independence Day is observed', '2026-07-02T18:00:00Z', 2, '2026-07-08T06:59:59Z'],
    ['over a New Year that is observed in December', '2027-12-30T18:00:00Z', 2, '2028-01-05T07:59:59Z'],
    ['over Thanksgiving', '2026-11-25T18:00:00Z', 3, '2026-12-02T07:59:59Z'],
    ['over Juneteenth', '2026-06-18T18:00:00Z', 2, '2026-06-24T06:59:59Z'],
    ['of a Friday there that is Saturday in UTC', '2026-11-21T07:30:00Z', 2, '2026-11-25T07:59:59Z'],
    ['over a leap day', '2028-02-28T18:00:00Z', 2, '2028-03-02T07:59:59Z'],
    ['over Christmas and New Year', '2026-12-24T18:00:00Z', 7, '2027-01-07T07:59:59Z'],
    ['over closures by executive order, which count', '2025-12-23T18:00:00Z', 2, '2025-12-27T07:59:59Z'],
    ['from 02:30 of the night that has none, read on', '2026-03-08T02:30:00-08:00', 2, '2026-03-11T06:59:59Z'],
    ['from 02:30 of the night that has none, read back', '2026-03-08T02:30:00-07:00', 2, '2026-03-11T06:59:59Z'],
    ['from 01:30 the first time', '2026-11-01T01:30:00-07:00', 2, '2026-11-04T07:59:59Z'],
    ['from 01:30 the second time', '2026-11-01T01:30:00-08:00', 2, '2026-11-04T07:59:59Z'],
  ])('%s', (_promise, ...[from, n, expected]) => {
    expect(end(from, n)).toBe(expected);
  });

  // Published examples of the platform's rule (tokhq and sellerops), their dates checked and their epochs worked out.
  it.each([
    ['2025-11-21T20:47:00-08:00', 1_764_143_999, '2025-12-03'],
    ['2025-11-24T12:00:00-08:00', 1_764_230_399, '2025-12-04'],
    ['2025-11-25T12:00:00-08:00', 1_764_403_199, '2025-12-05'],
    ['2025-11-26T12:00:00-08:00', 1_764_662_399, '2025-12-08'],
    ['2025-12-23T12:00:00-08:00', 1_766_822_399, '2026-01-05'],
    ['2025-07-03T12:00:00-07:00', 1_752_044_399, '2025-07-15'],
    ['2024-11-06T20:30:00-08:00', 1_731_139_199, '2024-11-18'],
    ['2024-11-13T23:50:00-08:00', 1_731_743_999, '2024-11-22'],
  ])('placed %s: 2 end at %i, 7 on %s', (from, twoEnd, sevenEndOn) => {
    expect(endOfBusinessDay(Date.parse(from), 2, calendar)).toBe(twoEnd * 1_000);
    const seven = endOfBusinessDay(Date.parse(from), 7, calendar);
    expect(new Date(seven - 12 * 3_600_000).toISOString().slice(0, 10)).toBe(sevenEndOn);
  });

  it('is told by the clock of that night', () => {
    expect(sayLocally(Date.parse('2026-03-08T02:30:00-08:00'), zone)).toBe('Sun 8 Mar 03:30 PDT');
    expect(sayLocally(Date.parse('2026-11-01T01:30:00-07:00'), zone)).toBe('Sun 1 Nov 01:30 PDT');
    expect(sayLocally(Date.parse('2026-11-01T01:30:00-08:00'), zone)).toBe('Sun 1 Nov 01:30 PST');
  });
});
