import { isSeen, nothingSeen, OVERLAP_MS, prune, startOf, type Seen } from './seen';

const REACHED = Date.UTC(2026, 10, 23, 18);

const seen = (orders: Seen['orders']): Seen => ({ since: 1, reached: REACHED, orders });

describe('what a sweep remembers', () => {
  it('is each change of an order once: a later one is another, an earlier one is none', () => {
    const memory = seen({ '1': [REACHED, 'inTransit'] });
    expect([REACHED - 1, REACHED, REACHED + 1].map((at) => isSeen(memory, '1', at))).toEqual([true, true, false]);
    expect(isSeen(memory, '2', REACHED)).toBe(false);
  });

  it('is kept over the overlap, and longer for what is open and in our hands', () => {
    const old = REACHED - OVERLAP_MS - 1;
    const memory = seen({
      recent: [REACHED - OVERLAP_MS, 'completed'],
      ours: [old, 'awaitingShipment'],
      over: [old, 'awaitingShipment'],
      underWay: [old, 'inTransit'],
    });
    expect(Object.keys(prune(memory, (id) => id !== 'over').orders)).toEqual(['recent', 'ours']);
  });

  it('begins a round before the last one ended, and goes on where this very round was cut off', () => {
    expect(startOf(nothingSeen(), REACHED)).toBe(REACHED - OVERLAP_MS);
    expect(startOf(seen({}), REACHED)).toBe(REACHED - OVERLAP_MS);
    expect(startOf(seen({}), 1)).toBe(REACHED);
    expect(startOf({ since: REACHED, reached: 0, orders: {} }, REACHED)).toBe(REACHED - OVERLAP_MS);
  });
});
