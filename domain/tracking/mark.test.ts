import type { TrackingMeaning } from '../order/state';
import type { TrackingEvent } from './event';
import { changesOf, isSameMark, readMark, trackingMarkKey, type TrackingMark } from './mark';

const event = (at: number, meaning: TrackingMeaning): TrackingEvent => ({ at, meaning });

/** Each event heard for itself, one after the other. */
const oneByOne = (events: readonly TrackingEvent[]): TrackingMark | undefined =>
  events.reduce<TrackingMark | undefined>((mark, one) => changesOf(mark, [one]).mark, undefined);

const meanings = (events: readonly TrackingEvent[]): string[] => events.map(({ meaning }) => meaning);

function permutations<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]];
  return things.flatMap((thing, index) => permutations(things.toSpliced(index, 1)).map((rest) => [thing, ...rest]));
}

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ALL: readonly TrackingMeaning[] = [
  'none',
  'labelCreated',
  'originAccepted',
  'accepted',
  'inTransit',
  'outForDelivery',
  'delivered',
  'returned',
  'lost',
  'exception',
];

describe('what a carrier told of a parcel', () => {
  const way = [
    event(10, 'labelCreated'),
    event(20, 'labelCreated'),
    event(30, 'originAccepted'),
    event(40, 'inTransit'),
    event(50, 'outForDelivery'),
    event(60, 'delivered'),
  ];
  const trouble = [
    event(10, 'labelCreated'),
    event(20, 'accepted'),
    event(30, 'exception'),
    event(40, 'inTransit'),
    event(50, 'returned'),
    event(60, 'exception'),
  ];
  const ending = [
    event(10, 'none'),
    event(20, 'inTransit'),
    event(20, 'exception'),
    event(30, 'lost'),
    event(40, 'delivered'),
    event(50, 'delivered'),
  ];

  it.each([
    ['a usual way', way, { at: 60, meaning: 'delivered', acceptedAt: 40, originAt: 30 }],
    ['a way with trouble', trouble, { at: 50, meaning: 'returned', acceptedAt: 20 }],
    ['one that was lost and found', ending, { at: 40, meaning: 'delivered', acceptedAt: 20 }],
  ])('ends in the same mark in all 720 orders: %s', (_name, events, mark) => {
    const orders = permutations(events);
    expect(orders).toHaveLength(720);
    for (const order of orders) expect(oneByOne(order)).toEqual(mark);
  });

  it('ends in the same mark however it comes: in any order, in any parts, some of it again', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = seeded(seed);
      const below = (most: number): number => Math.floor(random() * most);
      const events = Array.from({ length: 1 + below(12) }, () => event(below(6), ALL[below(ALL.length)] ?? 'none'));
      const whole = changesOf(undefined, events).mark;
      const shuffled = events.map((one) => ({ one, by: random() })).sort((a, b) => a.by - b.by);
      const order = [...shuffled.map(({ one }) => one), ...events.filter(() => random() < 0.5)];
      const cut = below(order.length);
      const inParts = changesOf(changesOf(undefined, order.slice(0, cut)).mark, order.slice(cut)).mark;
      expect({ seed, mark: inParts }).toEqual({ seed, mark: whole });
      expect({ seed, mark: oneByOne(order) }).toEqual({ seed, mark: whole });
    }
  });

  it('is told in the order of its times, each change once', () => {
    const { tell, mark } = changesOf(undefined, [...way].reverse());
    expect(meanings(tell)).toEqual(['originAccepted', 'inTransit', 'outForDelivery', 'delivered']);
    expect(changesOf(mark, way)).toEqual({ tell: [], mark });
  });

  it('is not told again where a late one changes nothing', () => {
    const known = changesOf(undefined, [event(40, 'inTransit'), event(50, 'outForDelivery')]).mark;
    expect(changesOf(known, [event(45, 'inTransit'), event(44, 'exception'), event(10, 'labelCreated')]).tell).toEqual(
      [],
    );
  });

  it('is told where a late one proves that the carrier had it earlier', () => {
    const known = changesOf(undefined, [event(50, 'outForDelivery')]).mark;
    expect(changesOf(known, [event(20, 'accepted')])).toEqual({
      tell: [event(20, 'accepted')],
      mark: { at: 50, meaning: 'outForDelivery', acceptedAt: 20 },
    });
  });

  it.each([
    ['delivered', 'inTransit'],
    ['delivered', 'returned'],
    ['delivered', 'exception'],
    ['returned', 'delivered'],
    ['returned', 'outForDelivery'],
    ['lost', 'inTransit'],
  ] as const)('stays %s though %s comes later', (end, later) => {
    const known = changesOf(undefined, [event(10, end)]).mark;
    expect(changesOf(known, [event(20, later)]).mark).toMatchObject({ at: 10, meaning: end });
  });

  it('that was lost is found by its delivery', () => {
    const known = changesOf(undefined, [event(10, 'lost')]).mark;
    expect(changesOf(known, [event(20, 'delivered')]).mark).toMatchObject({ at: 20, meaning: 'delivered' });
  });

  it('never moves by a meaning that nobody knows', () => {
    expect(changesOf(undefined, [event(10, 'none')])).toEqual({ tell: [], mark: undefined });
    const known = { at: 10, meaning: 'labelCreated' } as const;
    expect(changesOf(known, [event(20, 'none')])).toEqual({ tell: [], mark: known });
  });
});

describe('a mark that was kept', () => {
  it.each([
    { at: 1, meaning: 'labelCreated' },
    { at: 5, meaning: 'delivered', acceptedAt: 2, originAt: 1 },
  ] as const)('is read as it was: %j', (mark) => {
    expect(readMark(JSON.stringify(mark))).toEqual(mark);
    expect(isSameMark(readMark(JSON.stringify(mark)), mark)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'null',
    '[]',
    '{"at":1}',
    '{"at":"1","meaning":"delivered"}',
    '{"at":1,"meaning":"constructor"}',
  ])('that cannot be read is none: %s', (text) => {
    expect(readMark(text)).toBeUndefined();
  });

  it('lies under its shop', () => {
    expect(trackingMarkKey('7', '9400')).toBe('tracking/7/9400');
  });
});
