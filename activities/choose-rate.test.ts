import { chooseRate } from './choose-rate';
import type { Rate } from './ports';

const rate = (id: string, priceCents: number, deliveryDays: number | null): Rate => ({
  id,
  carrier: 'USPS',
  service: id,
  priceCents,
  deliveryDays,
});

describe('chooseRate', () => {
  it.each([
    [
      'takes the cheapest that arrives in time',
      [rate('slow', 300, 9), rate('ground', 500, 5), rate('express', 900, 1)],
      'ground',
    ],
    ['takes the fastest where none arrives in time', [rate('slow', 300, 12), rate('less slow', 900, 9)], 'less slow'],
    [
      'takes the cheaper of two as fast where none arrives in time',
      [rate('dear', 900, 9), rate('cheap', 800, 9)],
      'cheap',
    ],
    [
      'counts a rate without a promise as the slowest',
      [rate('no promise', 100, null), rate('ground', 500, 5)],
      'ground',
    ],
    ['takes a rate without a promise before none', [rate('no promise', 100, null)], 'no promise'],
  ])('%s', (_promise, ...[rates, expected]) => {
    expect(chooseRate(rates, 6)?.id).toBe(expected);
  });

  it('takes nothing of nothing', () => {
    expect(chooseRate([], 6)).toBeUndefined();
  });
});
