import { DateTime } from 'luxon';
import { mailingDay, mailingDayFrom, type MailingPlace } from './mailing-date';

const zone = 'America/Los_Angeles';
const place: MailingPlace = {
  zone,
  cutoffTime: '20:00',
  holidays: new Set(['2026-11-26']),
  workdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closures: ['2026-11-27'],
};
const pacific = (text: string): number => DateTime.fromISO(text, { zone }).toMillis();
const say = (at: number): string => DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

describe('the mailing date', () => {
  it.each([
    ['is today before the cut-off', '2026-11-23T19:59:59.999', '2026-11-23'],
    ['is the next day from the cut-off on', '2026-11-23T20:00', '2026-11-24'],
    ['may be a Saturday', '2026-11-28T10:00', '2026-11-28'],
    ['is no Sunday', '2026-11-22T10:00', '2026-11-23'],
    ['is no Sunday after a Saturday evening', '2026-11-28T21:00', '2026-11-30'],
    ['is no federal holiday', '2026-11-25T20:30', '2026-11-27'],
    ['is counted where the parcel is, not in UTC', '2026-11-24T03:00:00Z', '2026-11-23'],
  ])('%s', (_promise, instant, expected) => {
    const { date, closesAt } = mailingDay(pacific(instant), place);
    expect([date, say(closesAt)]).toEqual([expected, `${expected}T20:00`]);
  });

  it.each([
    ['is the next after a closed form', '2026-11-23T10:00', '2026-11-23', '2026-11-24'],
    ['skips the holiday after a closed form', '2026-11-25T10:00', '2026-11-25', '2026-11-27'],
    ['is not held back by a form closed long ago', '2026-11-23T10:00', '2026-11-19', '2026-11-23'],
  ])('%s', (_promise, ...[instant, after, expected]) => {
    expect(mailingDay(pacific(instant), place, after).date).toBe(expected);
  });

  it.each([
    ['may be the day itself while its cut-off lies ahead', '2026-11-23T19:59:59', '2026-11-23', '2026-11-23'],
    ['is a later one from the cut-off on', '2026-11-23T20:00', '2026-11-23', '2026-11-24'],
    ['may be a day that is still to come', '2026-11-23T10:00', '2026-11-24', '2026-11-24'],
    ['skips the holiday', '2026-11-25T20:00', '2026-11-25', '2026-11-27'],
  ])('from a day on %s', (_promise, ...[instant, from, expected]) => {
    expect(mailingDayFrom(pacific(instant), place, from).date).toBe(expected);
  });

  it('keeps the cut-off over the change of clocks', () => {
    const { closesAt } = mailingDay(pacific('2026-10-31T21:00'), place);
    expect(say(closesAt)).toBe('2026-11-02T20:00');
  });

  // Independence Day of 2026 is a Saturday, and that of 2027 a Sunday.
  const fourthOfJuly = { ...place, holidays: new Set(['2026-07-03', '2027-07-05']) };
  it.each([
    ['is the Friday on which only the government observes it', '2026-07-03T10:00', '2026-07-03'],
    ['is not the Saturday that is the holiday', '2026-07-03T20:00', '2026-07-06'],
    ['is not the Monday after a Sunday that is one', '2027-07-03T20:00', '2027-07-06'],
  ])('%s', (_promise, instant, expected) => {
    expect(mailingDay(pacific(instant), fourthOfJuly).date).toBe(expected);
  });

  it('has an end where no day is one', () => {
    const start = DateTime.fromISO('2026-11-20', { zone });
    const never = Array.from({ length: 90 }, (_, days) => start.plus({ days }).toFormat('yyyy-MM-dd'));
    expect(() => mailingDay(pacific('2026-11-23T10:00'), { ...place, holidays: new Set(never) })).toThrow('no mailing');
  });
});

describe('people are asked for the scan', () => {
  it.each([
    ['at the next opening hour', '2026-11-23T10:00', '2026-11-24T09:00'],
    ['not on a weekend that nobody works', '2026-11-28T10:00', '2026-11-30T09:00'],
    ['not on a holiday, nor on a closure', '2026-11-25T10:00', '2026-11-30T09:00'],
  ])('%s', (_promise, instant, expected) => {
    expect(say(mailingDay(pacific(instant), place).asksAt)).toBe(expected);
  });

  it('not on a Saturday that is a holiday, though somebody works on others', () => {
    const onSaturdays = { ...place, holidays: new Set(['2026-07-03']), workdays: [1, 2, 3, 4, 5, 6] };
    expect(say(mailingDay(pacific('2026-07-03T10:00'), onSaturdays).asksAt)).toBe('2026-07-06T09:00');
  });

  it('a day later where nobody ever works', () => {
    const { closesAt, asksAt } = mailingDay(pacific('2026-11-23T10:00'), { ...place, workdays: [] });
    expect(asksAt - closesAt).toBe(24 * 3_600_000);
  });
});
