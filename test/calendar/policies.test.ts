import { DateTime } from 'luxon';
import { endOfBusinessDay } from '../../domain/time/calendar';
import { US_CLOSURES } from '../../policies/us/closures';
import { US_FEDERAL_HOLIDAYS } from '../../policies/us/holidays';
import { holidaysFor, policyFor, policyNames, policySets } from '../../policies/us';
import { seed } from '../../policies/us/seed';

const sets = Object.values(policySets).flatMap((set) => (set === undefined ? [] : [set]));

describe('a rule set', () => {
  it.each([
    ['2024-05-01T12:00:00-07:00', 'seed'],
    ['2025-10-22T23:59:59.999-07:00', 'seed'],
    ['2025-10-23T00:00:00-07:00', 'us-2025-10-23'],
    ['2026-01-25T23:59:59.999-08:00', 'us-2025-10-23'],
    ['2026-01-26T00:00:00-08:00', 'us-2026-01-26'],
    ['2026-05-31T23:59:59.999-07:00', 'us-2026-01-26'],
    ['2026-06-01T00:00:00-07:00', 'us-2026-06'],
    ['2030-01-01T00:00:00-08:00', 'us-2026-06'],
  ])('of an order of %s is %s', (createdAt, id) => {
    expect(policyFor('us', Date.parse(createdAt))?.id).toBe(id);
  });

  it('is found by its name, and by the name that the first one had', () => {
    for (const name of policyNames.filter((known) => known !== 'us')) expect(policyFor(name, 0)?.id).toBe(name);
    expect(policyFor('us/seed', 0)).toBe(seed);
    expect(policyFor('us/none', 0)).toBeUndefined();
    expect(policyFor('constructor', 0)).toBeUndefined();
  });

  it.each(sets.map((set) => [set.id, set] as const))('%s begins at midnight of its zone', (_id, { since, zone }) => {
    const begins = DateTime.fromISO(since, { zone });
    expect(begins.toMillis()).toBe(begins.startOf('day').toMillis());
  });

  it.each(sets.map((set) => [set.id, set] as const))('%s says of every row where and when it was read', (_id, set) => {
    const rows = Object.values(set.rules).flat();
    expect(rows.length).toBeGreaterThan(0);
    const sooner = rows.flatMap((row) => row.sooner ?? []);
    const values = [set.stallMs, set.holdMs, set.lostMs ?? [], set.forbiddenCarriers ?? []].flat();
    for (const read of [...rows, ...sooner, ...Object.values(set.ranges), ...values]) {
      expect(read.source).not.toBe('');
      expect(read.readOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      // What was read before its set began was read of another.
      expect(read.readOn >= set.since.slice(0, 10)).toBe(true);
    }
  });

  it('of one day is in force until the next begins, and says since when', () => {
    const dated = policyNames.flatMap((name) => (name === 'us' ? [] : [policySets[name]?.since ?? '']));
    expect(dated).toEqual([...dated].sort());
    dated.slice(1).forEach((since, index) => {
      const begins = Date.parse(since);
      expect(policyFor('us', begins)?.since).toBe(since);
      expect(policyFor('us', begins - 1)?.since).toBe(dated[index]);
    });
  });

  it.each(sets.map((set) => [set.id, set] as const))('%s counts only from rules that stand before', (_id, set) => {
    const facts = ['created', 'packed', 'ready', 'expectedShipDate', 'handling'];
    for (const rows of Object.values(set.rules)) {
      rows.forEach((row, index) => {
        const known = [...facts, ...rows.slice(0, index).map(({ name }) => name)];
        const clocks = [...row.clocks, ...(row.sooner === undefined ? [] : [row.sooner.clock])];
        for (const { from } of clocks) expect(known).toContain(from);
      });
    }
  });
});

describe('closures by executive order', () => {
  const zone = 'America/Los_Angeles';
  const created = Date.parse('2025-12-23T12:00:00-08:00');

  it('are none of the federal holidays', () => {
    expect(US_CLOSURES.map(({ day }) => day)).toEqual(['2024-12-24', '2025-01-09', '2025-12-24', '2025-12-26']);
    for (const { day, source, readOn } of US_CLOSURES) {
      expect(US_FEDERAL_HOLIDAYS).not.toContain(day);
      expect(source).not.toBe('');
      expect(readOn >= day).toBe(true);
    }
  });

  it.each(sets.map((set) => [set.id, set] as const))('are business days to %s', (_id, set) => {
    const end = endOfBusinessDay(created, 2, { zone, holidays: holidaysFor(set) });
    expect(end).toBe(Date.parse('2025-12-26T23:59:59-08:00'));
  });

  it('are holidays to a set that says so', () => {
    const set = { ...seed, closures: { '2025-12-26': 'holiday' } as const };
    const end = endOfBusinessDay(created, 2, { zone, holidays: holidaysFor(set) });
    expect(end).toBe(Date.parse('2025-12-29T23:59:59-08:00'));
  });
});
