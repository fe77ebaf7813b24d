import { DateTime } from 'luxon';
import { dayOfDate } from './days';
import { shipOn, workBy } from './work-by';

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

  // Independence Day of 2026 is a Saturday and observed on the Friday; that of 2027 a Sunday and observed on the Monday.
  it.each([
    ['a Saturday that is a holiday, and the Friday of its observance', '2026-07-04T23:59', '2026-07-02T17:00'],
    ['a Sunday that is a holiday, and the Monday of its observance', '2027-07-05T23:59', '2027-07-03T17:00'],
    ['no other day of a weekend', '2026-07-11T23:59', '2026-07-11T17:00'],
  ])('skips %s, though somebody works on weekends', (_promise, instant, expected) => {
    const daily = { ...hours, workdays: [1, 2, 3, 4, 5, 6, 7] };
    const holidays = new Set(['2026-07-03', '2027-07-05']);
    expect(workBy(pacific(instant), daily, { holidays })).toBe(pacific(expected));
  });

  it('skips a closure of its own', () => {
    const closed = { ...hours, closures: ['2026-11-24'] };
    expect(workBy(pacific('2026-11-24T15:00'), closed, calendar)).toBe(pacific('2026-11-23T17:00'));
  });

  it('is told by the clock of the ship-from, not of the rule', () => {
    const newYork = { ...hours, zone: 'America/New_York' };
    expect(workBy(pacific('2026-11-24T23:59:59'), newYork, calendar)).toBe(pacific('2026-11-24T14:00'));
  });

  it('falls back to the instant where nobody ever works', () => {
    const instant = pacific('2026-11-24T15:00');
    expect(workBy(instant, { ...hours, workdays: [] }, calendar)).toBe(instant);
  });
});

describe('shipOn', () => {
  const shipFrom = { ...hours, cutoffTime: '12:00', closures: ['2026-11-27'] };
  const { holidays } = calendar;

  it.each([
    ['is the day itself before the cut-off', '2026-11-24T11:59:59', '2026-11-24'],
    ['is the next working day at the cut-off', '2026-11-24T12:00:00', '2026-11-25'],
    ['is Monday for what is ordered on Saturday morning', '2026-11-21T08:00:00', '2026-11-23'],
    ['skips a holiday and a closure', '2026-11-25T13:00:00', '2026-11-30'],
  ])('%s', (_promise, createdAt, expected) => {
    expect(shipOn(pacific(createdAt), shipFrom, { holidays })).toBe(expected);
  });

  it('is never before the day of the release, nor on one on which nobody works', () => {
    const createdAt = pacific('2026-11-16T08:00:00');
    expect(shipOn(createdAt, shipFrom, { holidays, notBefore: dayOfDate('2026-11-24') })).toBe('2026-11-24');
    expect(shipOn(createdAt, shipFrom, { holidays, notBefore: dayOfDate('2026-11-28') })).toBe('2026-11-30');
  });

  it.each([
    ['of a handling time is its last working day', '2026-11-24', '2026-11-24'],
    ['of one that ends on a closure is the working day before', '2026-11-28', '2026-11-25'],
    ['of one that ends where nobody works is the first there is', '2026-11-15', '2026-11-16'],
    ['of one that is over when it comes is its own', '2026-11-12', '2026-11-16'],
  ])('%s', (_promise, readyBy, expected) => {
    const createdAt = pacific('2026-11-14T08:00:00');
    expect(shipOn(createdAt, shipFrom, { holidays, readyBy: dayOfDate(readyBy) })).toBe(expected);
  });

  it('is left out where nobody ever works', () => {
    expect(shipOn(pacific('2026-11-16T08:00:00'), { ...shipFrom, workdays: [] }, { holidays })).toBeUndefined();
  });
});
