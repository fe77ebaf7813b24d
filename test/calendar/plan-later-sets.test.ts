import { cancels, planned, rows, winter, type Wish } from './planned';

describe('the later sets', () => {
  const later = cancels('Tue 24 Nov 23:59', 'Tue 24 Nov 23:59');
  const deliver = 'deliverBy Mon 23 Nov 23:59 (target, delivered)';
  const handled = { orderType: 'made-to-order', handling: { days: 5, counts: 'businessDays' } } as const;
  const inDays = { orderType: 'back-order', handling: { days: 8, counts: 'calendarDays' } } as const;
  const preSale = { facts: { orderType: 'pre-sale' }, expectedShipDate: '2026-11-30' } as const;

  it.each([
    ['us-2025-10-23', {}, ['shipBy Tue 17 Nov 23:59 (limit, readyAtPlatform)', ...later, deliver]],
    ['us-2026-01-26', {}, ['shipBy Tue 17 Nov 23:59 (limit, acceptanceScan)', ...later, deliver]],
    ['us-2026-06', {}, ['shipBy Tue 17 Nov 23:59 (limit, acceptanceScan)', ...later, deliver]],
    [
      'us-2026-06',
      { facts: { shippingType: 'platform' } },
      [
        'packBy Sun 15 Nov 15:00 (target, packed)',
        'collectBy Mon 16 Nov 15:00 (target, handedOver, provisional)',
        'shipBy Tue 17 Nov 23:59 (limit, acceptanceScan)',
        ...later,
        deliver,
      ],
    ],
    [
      'us-2025-10-23',
      { facts: handled },
      [
        'shipBy Fri 20 Nov 23:59 (limit, readyAtPlatform)',
        ...cancels('Fri 27 Nov 23:59', 'Fri 27 Nov 23:59'),
        'deliverBy Mon 30 Nov 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2025-10-23',
      { facts: inDays },
      [
        'shipBy Sat 21 Nov 23:59 (limit, readyAtPlatform)',
        ...cancels('Fri 27 Nov 23:59', 'Fri 27 Nov 23:59'),
        'deliverBy Mon 30 Nov 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2026-01-26',
      { facts: handled },
      [
        'shipBy Mon 23 Nov 23:59 (limit, acceptanceScan)',
        ...cancels('Fri 27 Nov 23:59', 'Fri 27 Nov 23:59'),
        'deliverBy Mon 30 Nov 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2026-01-26',
      { facts: { orderType: 'back-order' }, expectedShipDate: '2026-11-20' },
      [
        'shipBy Mon 23 Nov 23:59 (limit, acceptanceScan)',
        ...cancels('Fri 27 Nov 23:59', 'Fri 27 Nov 23:59'),
        'deliverBy Mon 30 Nov 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2025-10-23',
      { facts: { ...handled, shippingType: 'platform' } },
      [
        'shipBy Fri 20 Nov 23:59 (limit, readyAtPlatform)',
        'packBy Fri 20 Nov 23:59 (target, packed)',
        'collectBy Sat 21 Nov 23:59 (target, handedOver, provisional)',
        ...cancels('Fri 27 Nov 23:59', 'Fri 27 Nov 23:59'),
        'deliverBy Mon 30 Nov 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2026-06',
      {
        facts: { orderType: 'back-order', shippingType: 'platform' },
        expectedShipDate: '2026-11-20',
        moments: { packedAt: winter('2026-11-19T10:00:00') },
      },
      [
        'shipBy Mon 23 Nov 23:59 (limit, acceptanceScan)',
        'packBy Mon 23 Nov 23:59 (target, packed)',
        'collectBy Fri 20 Nov 10:00 (target, handedOver)',
        ...cancels('Fri 27 Nov 23:59', 'Fri 27 Nov 23:59'),
        'deliverBy Mon 30 Nov 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2026-06',
      { facts: { orderType: 'made-to-order', shippingType: 'platform' } },
      [
        'packBy Sun 15 Nov 15:00 (target, packed)',
        'collectBy Mon 16 Nov 15:00 (target, handedOver, provisional)',
        'shipBy Tue 17 Nov 23:59 (limit, acceptanceScan)',
        ...later,
        deliver,
      ],
    ],
    [
      'us-2025-10-23',
      preSale,
      [
        'shipBy Tue 1 Dec 23:59 (limit, readyAtPlatform)',
        'packBy Tue 1 Dec 23:59 (limit, packed)',
        ...cancels('Tue 8 Dec 23:59', 'Tue 8 Dec 23:59'),
        'deliverBy Tue 8 Dec 23:59 (target, delivered)',
      ],
    ],
    [
      'us-2026-01-26',
      preSale,
      [
        'shipBy Wed 2 Dec 23:59 (limit, acceptanceScan)',
        'packBy Wed 2 Dec 23:59 (limit, packed)',
        ...cancels('Tue 8 Dec 23:59', 'Tue 8 Dec 23:59'),
        'deliverBy Tue 8 Dec 23:59 (target, delivered)',
      ],
    ],
  ] satisfies [string, Wish, string[]][])('%s plans %j', (set, wish, expected) => {
    expect(rows({ set, ...wish })).toEqual(expected);
  });

  it('says that packing by the dispatch is our reading, and when it was read', () => {
    const packBy = planned({ set: 'us-2026-06', facts: { ...handled, shippingType: 'platform' } }).deadlines[1];
    expect(packBy).toMatchObject({
      rule: 'packed by dispatch, handling + 1 business day: our reading',
      source: expect.stringMatching(/^seller-us.tiktok.com .*, read 2026-11-22; .* our reading, 2026-11-23$/) as string,
    });
  });

  it.each([
    ['seed', { facts: handled }, '2026-11-16'],
    ['us-2026-06', {}, '2026-11-16'],
    ['us-2026-06', { facts: { handling: { days: 2, counts: 'businessDays' } } }, '2026-11-16'],
    ['us-2026-06', { facts: handled }, '2026-11-20'],
    // The eighth day is a Saturday.
    ['us-2026-06', { facts: inDays }, '2026-11-20'],
    ['us-2026-06', { facts: { orderType: 'back-order' }, expectedShipDate: '2026-11-24' }, '2026-11-24'],
    ['us-2026-06', preSale, '2026-11-30'],
  ] satisfies [string, Wish, string][])('%s lets %j leave on %s', (set, wish, shipOn) => {
    expect(planned({ set, ...wish }).shipOn).toBe(shipOn);
  });

  it.each([
    ['made-to-order', { orderType: 'made-to-order', handling: { days: 8, counts: 'calendarDays' } }],
    ['back-order', { orderType: 'back-order', handling: { days: 5, counts: 'businessDays' } }],
    ['pre-sale', { orderType: 'pre-sale', releaseAt: winter('2026-11-30T00:00:00') }],
  ] satisfies [string, Wish['facts']][])('cancel a %s order when the first of them did', (_kind, facts) => {
    const [first, ...since] = ['us-2025-10-23', 'us-2026-01-26', 'us-2026-06'].map((set) =>
      rows({ set, facts: { ...facts } }).filter((row) => row.startsWith('autoCancel')),
    );
    expect(first).toHaveLength(2);
    expect(since).toEqual([first, first]);
  });

  const days = (amount: number) => ({ days: amount, counts: 'businessDays' }) as const;
  const [twoDays, handlingTime] = ['Tue 17 Nov 23:59 PST, 2 business days', 'PST, handling time'];

  it.each([
    ['us-2026-06', { handling: days(1) }, `Mon 16 Nov 23:59 ${handlingTime}`],
    ['us-2026-06', { handling: { days: 1, counts: 'calendarDays' } }, `Sat 14 Nov 23:59 ${handlingTime}`],
    ['us-2026-06', { handling: days(2) }, twoDays],
    ['us-2026-06', { handling: days(5) }, twoDays],
    ['us-2026-06', {}, twoDays],
    ['us-2026-01-26', { handling: days(1) }, twoDays],
  ] satisfies [string, Wish['facts'], string][])(
    '%s dispatches a standard order of %j by %s',
    (set, facts, expected) => {
      const shipBy = planned({ set, facts }).deadlines.find(({ name }) => name === 'shipBy');
      expect(`${shipBy?.local ?? ''}, ${shipBy?.rule ?? ''}`.replace('dispatch, ', '')).toBe(expected);
    },
  );

  it.each([
    ['us-2026-06', { orderType: 'made-to-order', handling: { days: 14, counts: 'businessDays' } }, undefined],
    [
      'us-2026-06',
      { orderType: 'made-to-order', handling: { days: 15, counts: 'businessDays' } },
      'handlingOutOfRange',
    ],
    ['us-2026-06', { orderType: 'back-order', handling: { days: 15, counts: 'businessDays' } }, undefined],
    ['us-2026-06', { orderType: 'back-order', handling: { days: 2, counts: 'businessDays' } }, 'handlingOutOfRange'],
    ['us-2026-06', { handling: { days: 3, counts: 'businessDays' } }, 'handlingOutOfRange'],
    ['us-2026-06', { orderType: 'pre-sale', releaseAt: winter('2027-01-12T00:00:00') }, undefined],
    ['us-2026-06', { orderType: 'pre-sale', releaseAt: winter('2027-01-13T00:00:00') }, 'expectedShipDateOutOfRange'],
    ['us-2026-01-26', { orderType: 'made-to-order' }, 'handlingMissing'],
    ['seed', { orderType: 'made-to-order' }, undefined],
  ] satisfies [string, Wish['facts'], string | undefined][])('%s flags %j: %s', (set, facts, flag) => {
    expect(planned({ set, facts: { ...facts } }).flags).toEqual(flag === undefined ? undefined : [flag]);
  });

  it('forbids a seller’s own USPS label from 2026-01-26 on', () => {
    const forbidden = ['seed', 'us-2025-10-23', 'us-2026-01-26', 'us-2026-06'].map(
      (set) => planned({ set }).forbiddenCarriers,
    );
    expect(forbidden).toEqual([undefined, undefined, ['USPS'], ['USPS']]);
  });
});
