import { planned, shipFrom, told, winter, type Wish } from './planned';

describe('the platform’s own times', () => {
  it('stand beside ours, and the earlier of the two is worked towards', () => {
    const platformTimes = { shipBy: winter('2026-11-17T23:59:59'), autoCancelUnpacked: 0 };
    const [shipBy, unpacked] = planned({ facts: { platformTimes } }).deadlines;
    expect(shipBy).toMatchObject({
      at: winter('2026-11-18T15:00:00'),
      platformAt: platformTimes.shipBy,
      workBy: winter('2026-11-17T17:00:00'),
    });
    expect(unpacked?.platformAt).toBeUndefined();
  });

  it('are entries of their own where no rule names them', () => {
    const platformTimes = {
      autoCancelUndelivered: winter('2026-12-20T12:00:00'),
      deliverBy: winter('2026-11-23T23:59:59'),
      collectBy: 0,
    };
    const [, , , ...others] = planned({ facts: { platformTimes } }).deadlines;
    expect(others.map(told)).toEqual([
      'autoCancelUndelivered Sun 20 Dec 12:00 (limit, delivered)',
      'deliverBy Mon 23 Nov 23:59 (target, delivered)',
    ]);
    expect(others[1]).toMatchObject({
      at: platformTimes.deliverBy,
      platformAt: platformTimes.deliverBy,
      rule: 'platform',
      source: 'the order itself',
    });
  });

  it('are all that is planned of an order that the platform itself sends', () => {
    const platformTimes = { shipBy: winter('2026-11-17T23:59:59') };
    const plan = planned({ facts: { fulfilledBy: 'platform', platformTimes } });
    expect(plan.deadlines.map(told)).toEqual(['shipBy Tue 17 Nov 23:59 (limit, readyAtPlatform)']);
    expect(plan.shipOn).toBeUndefined();
  });
});

describe('the last working moment', () => {
  /** Fridays only: after the deadline on Tuesday, none is in time but the one before. */
  const collected = { ...shipFrom, pickupDays: [5] };
  const workBys = (wish: Wish): number[] =>
    planned({ shipFrom: collected, ...wish }).deadlines.map(({ workBy }) => workBy);

  it.each(['pickup', undefined] as const)('is one on which the carrier comes unless they are brought: %s', (method) => {
    expect(workBys({ handoverMethod: method })).toEqual([
      winter('2026-11-18T15:00:00'),
      winter('2026-11-18T15:00:00'),
      winter('2026-11-20T17:00:00'),
    ]);
  });

  it('is any working one for parcels that are brought', () => {
    expect(workBys({ handoverMethod: 'dropOff' })[2]).toBe(winter('2026-11-24T15:00:00'));
  });

  it('is any working one where the carrier comes only when nobody is there', () => {
    const onSaturdays = { ...shipFrom, pickupDays: [6] };
    expect(workBys({ shipFrom: onSaturdays, facts: { createdAt: winter('2026-11-12T20:00:00') } })[2]).toBe(
      winter('2026-11-23T17:00:00'),
    );
  });
});

describe('what stands in history', () => {
  it('says when a standard order should leave, and depends on nothing that comes later', () => {
    const plan = planned();
    expect(plan).toMatchObject({ policySet: 'seed', shipOn: '2026-11-16', stallMs: 48 * 3_600_000 });
    expect(plan.basis).toEqual({ orderType: 'standard', shippingType: 'seller', dependsOn: [] });
    expect(Object.keys(plan)).not.toEqual(expect.arrayContaining(['flags']));
    expect(Object.keys(plan)).not.toEqual(expect.arrayContaining(['forbiddenCarriers']));
    // What it took before it had shipOn, stallMs and basis, and 150 more.
    expect(JSON.stringify({ ...plan, deadlines: [] }).length).toBeLessThanOrEqual(165 + 150);
  });

  const platform = { shippingType: 'platform' } as const;
  const [packedAt, readyAt] = [winter('2026-11-14T10:00:00'), winter('2026-11-14T11:00:00')];

  it.each([
    ['waits for both', { facts: platform }, { dependsOn: ['packedAt', 'readyAt'] }],
    ['takes the first', { facts: platform, moments: { readyAt } }, { readyAt, dependsOn: ['packedAt', 'readyAt'] }],
    ['needs no other', { facts: platform, moments: { packedAt, readyAt } }, { packedAt, dependsOn: ['packedAt'] }],
    ['leaves out what moves nothing', { moments: { packedAt, readyAt } }, { dependsOn: [] }],
    [
      'knows of the carrier’s days',
      { shipFrom: { ...shipFrom, pickupDays: [5] }, handoverMethod: 'pickup' },
      { handoverMethod: 'pickup', dependsOn: ['handoverMethod'] },
    ],
    [
      'has the platform’s times',
      { facts: { platformTimes: { deliverBy: readyAt } } },
      { platformTimes: { deliverBy: readyAt }, dependsOn: [] },
    ],
    [
      'of a pre-sale order has its release',
      { facts: { orderType: 'pre-sale', releaseAt: readyAt } },
      { releaseAt: readyAt, dependsOn: ['readyAt'] },
    ],
  ] satisfies [string, Wish, object][])('its basis %s', (_what, wish, basis) => {
    expect(planned(wish).basis).toMatchObject(basis);
    expect(Object.keys(planned(wish).basis ?? {}).sort()).toEqual(
      ['orderType', 'shippingType', ...Object.keys(basis)].sort(),
    );
  });

  it('is the same whoever asks', () => {
    expect(planned()).toEqual(planned());
  });
});
