import { nextRoundAt } from './sweep-hours';

const sweep = { dayMinutes: 5, nightMinutes: 15 };
const usual = {
  id: 'la',
  zone: 'America/Los_Angeles',
  workdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:00',
  closures: ['2026-11-24'],
  cutoffTime: '12:00',
  address: {},
};

const next = (iso: string, shipFrom = usual): string =>
  new Date(nextRoundAt(Date.parse(iso), { shipFrom, sweep })).toISOString();

describe('when a shop is looked at next', () => {
  it.each([
    ['while somebody is there', '2026-11-23T18:00:00Z', '2026-11-23T18:05:00.000Z'],
    ['by night', '2026-11-24T01:00:00Z', '2026-11-24T01:15:00.000Z'],
    ['when it opens', '2026-11-23T16:50:00Z', '2026-11-23T17:00:00.000Z'],
    ['on a closure', '2026-11-24T18:00:00Z', '2026-11-24T18:15:00.000Z'],
    ['on Thanksgiving', '2026-11-26T18:00:00Z', '2026-11-26T18:15:00.000Z'],
    ['on a Saturday', '2026-11-28T18:00:00Z', '2026-11-28T18:15:00.000Z'],
  ])('%s', (_when, at, expected) => expect(next(at)).toBe(expected));

  it('opens on the next day where its night crosses midnight', () => {
    expect(next('2026-11-24T07:55:00Z', { ...usual, closures: [], opensAt: '00:05' })).toBe('2026-11-24T08:05:00.000Z');
  });

  const actionsOfDay = (shipFrom: typeof usual): number => {
    const begin = Date.parse('2026-11-23T08:00:00Z');
    let rounds = 0;
    for (let at = begin; at < begin + 86_400_000; at = nextRoundAt(at, { shipFrom, sweep })) rounds += 1;
    // One timer and one activity a round, and one new run a day.
    return 2 * rounds + 1;
  };

  it('costs at most 700 actions a day', () => {
    expect(actionsOfDay(usual)).toBe(321);
    expect(actionsOfDay({ ...usual, opensAt: '00:00', closesAt: '23:59' })).toBeLessThanOrEqual(700);
  });
});
