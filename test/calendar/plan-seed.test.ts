import { cancels, planned, rows, winter, type Wish } from './planned';

describe('the seed’s set', () => {
  const usual = cancels('Wed 18 Nov 15:00', 'Tue 24 Nov 15:00');

  it.each([
    ['a standard order with seller shipping', {}, ['shipBy Wed 18 Nov 15:00 (limit, trackingUploaded)', ...usual]],
    [
      'one with platform shipping',
      { facts: { shippingType: 'platform' } },
      [
        'packBy Sun 15 Nov 15:00 (target, packed)',
        'collectBy Mon 16 Nov 15:00 (target, handedOver, provisional)',
        ...usual,
      ],
    ],
    [
      'that one once it is ready',
      { facts: { shippingType: 'platform' }, moments: { readyAt: winter('2026-11-14T11:00:00') } },
      ['packBy Sun 15 Nov 15:00 (target, packed)', 'collectBy Sun 15 Nov 11:00 (target, handedOver)', ...usual],
    ],
    [
      'that one once it is packed',
      {
        facts: { shippingType: 'platform' },
        moments: { packedAt: winter('2026-11-14T10:00:00'), readyAt: winter('2026-11-14T11:00:00') },
      },
      ['packBy Sun 15 Nov 15:00 (target, packed)', 'collectBy Sun 15 Nov 10:00 (target, handedOver)', ...usual],
    ],
  ] satisfies [string, Wish, string[]][])('plans %s', (_kind, wish, expected) => {
    expect(rows(wish)).toEqual(expected);
  });

  const preSale = { orderType: 'pre-sale' } as const;
  const expectedShipDate = '2026-11-30';
  const before = [
    'packBy Mon 30 Nov 23:59 (limit, packed)',
    'autoCancelUnpacked Mon 30 Nov 23:59 (limit, readyAtPlatform)',
  ];
  const provisional = 'autoCancelUncollected Thu 3 Dec 23:59 (limit, acceptanceScan, provisional)';
  const readyAt = winter('2026-11-25T10:00:00');

  it.each([
    ['a pre-sale order', { facts: preSale, expectedShipDate }, [...before, provisional]],
    ['by its release', { facts: { ...preSale, releaseAt: winter('2026-11-30T00:00:00') } }, [...before, provisional]],
    [
      'once it is ready',
      { facts: preSale, expectedShipDate, moments: { readyAt } },
      [...before, 'autoCancelUncollected Sat 28 Nov 10:00 (limit, acceptanceScan)'],
    ],
    [
      'with platform shipping',
      { facts: { ...preSale, shippingType: 'platform' }, expectedShipDate },
      [...before, provisional],
    ],
    [
      'with platform shipping, once it is packed',
      { facts: { ...preSale, shippingType: 'platform' }, expectedShipDate, moments: { packedAt: readyAt } },
      [...before, provisional, 'collectBy Thu 26 Nov 10:00 (target, handedOver)'],
    ],
    [
      'what is made to order, where a date is given',
      { facts: { orderType: 'made-to-order' }, expectedShipDate },
      [...before, provisional],
    ],
    [
      'a back-order without one',
      { facts: { orderType: 'back-order' } },
      ['shipBy Wed 18 Nov 15:00 (limit, trackingUploaded)', ...usual],
    ],
  ] satisfies [string, Wish, string[]][])('plans a pre-sale order: %s', (_kind, wish, expected) => {
    expect(rows(wish)).toEqual(expected);
  });

  it('ends a pre-sale day at 23:59:59', () => {
    expect(planned({ facts: preSale, expectedShipDate }).deadlines[0]?.at).toBe(winter('2026-11-30T23:59:59'));
  });

  it('names S5 by their rows, and where they were read', () => {
    expect(planned().deadlines.map(({ rule, source }) => `${rule} (${source})`)).toEqual([
      'S1, 72 h (seed)',
      'S5a, 3 business days (seed)',
      'S5b, 7 business days (seed)',
    ]);
  });

  it.each([
    ['2026-11-17', ['expectedShipDateOutOfRange']],
    ['2026-11-18', undefined],
    ['2026-12-29', undefined],
    ['2026-12-30', ['expectedShipDateOutOfRange']],
    [undefined, ['expectedShipDateMissing']],
  ])('flags an expected ship date outside 3 to 30 business days and refuses none: %s', (date, flags) => {
    expect(planned({ facts: preSale, expectedShipDate: date }).flags).toEqual(flags);
  });

  it('plans a pre-sale order without a date as a standard one', () => {
    expect(rows({ facts: preSale })).toEqual(rows());
  });
});
