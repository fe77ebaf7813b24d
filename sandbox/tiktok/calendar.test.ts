import { addBusinessHours, dayOf, endOfPacificDay, isBusinessDay } from './calendar';

const at = (iso: string): number => Date.parse(iso);

describe('business hours on the Pacific coast', () => {
  it.each([
    { what: 'Friday 15:00', from: '2026-11-20T15:00:00-08:00', hours: 72, to: '2026-11-25T15:00:00-08:00' },
    { what: 'Saturday 15:00', from: '2026-11-21T15:00:00-08:00', hours: 72, to: '2026-11-26T00:00:00-08:00' },
    { what: 'a holiday’s eve 18:00', from: '2026-11-25T18:00:00-08:00', hours: 72, to: '2026-12-01T18:00:00-08:00' },
    { what: 'Friday, for 7 days', from: '2026-11-13T15:00:00-08:00', hours: 168, to: '2026-11-24T15:00:00-08:00' },
    { what: 'before the longer day', from: '2026-10-30T23:00:00-07:00', hours: 24, to: '2026-11-02T23:00:00-08:00' },
    { what: 'before the shorter day', from: '2026-03-06T23:00:00-08:00', hours: 24, to: '2026-03-09T23:00:00-07:00' },
    {
      what: 'the hour that comes twice',
      from: '2026-11-01T01:30:00-07:00',
      hours: 24,
      to: '2026-11-03T00:00:00-08:00',
    },
    { what: 'a Sunday, Monday in UTC', from: '2026-11-22T17:00:00-08:00', hours: 1, to: '2026-11-23T01:00:00-08:00' },
  ])('from $what', ({ from, hours, to }) => {
    expect(new Date(addBusinessHours(at(from), hours)).toISOString()).toBe(new Date(at(to)).toISOString());
  });

  it('ends a day at its last second, in summer and in winter', () => {
    expect(endOfPacificDay(at('2026-07-15T07:00:00Z'))).toBe(at('2026-07-15T23:59:59-07:00'));
    expect(endOfPacificDay(at('2026-12-15T07:59:59Z'))).toBe(at('2026-12-14T23:59:59-08:00'));
  });
});

describe('business days', () => {
  // opm.gov, federal holidays 2026 and 2021/2022: the days on which they are kept.
  it.each([
    [2026, ['1-1', '1-19', '2-16', '5-25', '6-19', '7-3', '9-7', '10-12', '11-11', '11-26', '12-25']],
    [2022, ['1-17', '2-21', '5-30', '6-20', '7-4', '9-5', '10-10', '11-11', '11-24', '12-26']],
    [2021, ['1-1', '1-18', '2-15', '5-31', '6-18', '7-5', '9-6', '10-11', '11-11', '11-25', '12-24', '12-31']],
    [2020, ['1-1', '1-20', '2-17', '5-25', '7-3', '9-7', '10-12', '11-11', '11-26', '12-25']],
  ])('of %s are all but weekends and federal holidays', (year, holidays) => {
    const days = Array.from({ length: dayOf(year + 1, 1, 1) - dayOf(year, 1, 1) }, (_day, n) => dayOf(year, 1, 1) + n);
    const dates = days.map((day) => new Date(day * 86_400_000));
    const free = dates.filter((date, n) => ![0, 6].includes(date.getUTCDay()) && !isBusinessDay(days[n] ?? 0));
    expect(free.map((date) => `${date.getUTCMonth() + 1}-${date.getUTCDate()}`)).toEqual(holidays);
  });
});
