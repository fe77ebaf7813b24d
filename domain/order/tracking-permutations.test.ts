import { HOUR, joined, sent, T0, uploaded, type Played } from './played';
import type { TrackingMeaning } from './state';

type Told = { at: number; meaning: TrackingMeaning };

const scans = (...meanings: TrackingMeaning[]): Told[] =>
  meanings.map((meaning, index) => ({ meaning, at: T0 + (3 + index) * HOUR }));

/**
 * Two label events come first on every USPS parcel: the label, and "tracking message pending" (code TM), which proves nothing
 * either.
 */
const SETS: [string, Told[]][] = [
  [
    'a parcel that arrives',
    scans('labelCreated', 'labelCreated', 'originAccepted', 'inTransit', 'outForDelivery', 'delivered'),
  ],
  [
    'a parcel that goes wrong and comes back',
    scans('labelCreated', 'originAccepted', 'inTransit', 'exception', 'inTransit', 'returned'),
  ],
  [
    'a parcel that goes wrong and arrives',
    scans('labelCreated', 'accepted', 'exception', 'inTransit', 'outForDelivery', 'delivered'),
  ],
  [
    'a parcel whose last word is that something is wrong',
    scans('labelCreated', 'labelCreated', 'originAccepted', 'inTransit', 'outForDelivery', 'exception'),
  ],
  [
    'a parcel that is delivered and then goes back',
    scans('labelCreated', 'accepted', 'inTransit', 'outForDelivery', 'delivered', 'returned'),
  ],
  [
    'a parcel whose scans share an instant',
    scans('labelCreated', 'accepted', 'inTransit', 'exception', 'outForDelivery', 'originAccepted').map(
      ({ meaning }, index) => ({ meaning, at: T0 + (3 + Math.floor(index / 3)) * HOUR }),
    ),
  ],
  [
    'a parcel that is scanned once more after its delivery',
    scans('labelCreated', 'accepted', 'inTransit', 'outForDelivery', 'delivered', 'inTransit'),
  ],
];

const PARCELS: [string, () => Played][] = [
  ['that is on no form', uploaded],
  [
    'that is on a form',
    () => sent().answered('joinManifest:1:1:1', joined({ form: 'sf_1', formedAt: T0 + 2.5 * HOUR }), 2.6),
  ],
];

/** All orders in which some things can come. */
function permutations<T>(things: readonly T[]): T[][] {
  if (things.length <= 1) return [[...things]];
  return things.flatMap((first, index) => {
    const others = [...things.slice(0, index), ...things.slice(index + 1)];
    return permutations(others).map((rest) => [first, ...rest]);
  });
}

const HEARD_FROM = 20;

/** What remains when all was told: where the parcel stands, and what people are asked to look at. */
function endOf(order: Played, told: readonly Told[]): object {
  told.forEach(({ at, meaning }, index) =>
    order.then({
      kind: 'tracked',
      at: T0 + (HEARD_FROM + index / 10) * HOUR,
      notice: { at, meaning, trackingNumber: '9400' },
    }),
  );
  const { packages, deliveredAt, attention } = order.state;
  return {
    tracking: Object.entries(packages['1']?.tracking ?? {}).sort(),
    deliveredAt,
    attention: [...new Set(attention.map(({ kind }) => kind))].sort(),
  };
}

const toldAs = (told: readonly Told[]): string => told.map(({ meaning }) => meaning).join(', ');

describe.each(PARCELS)('a parcel %s', (_which, open) => {
  it.each(SETS)('ends the same in whatever order its scans are told: %s', (_what, told) => {
    const all = permutations(told);
    expect(all).toHaveLength(720);
    const ends = new Map<string, string>();
    for (const one of all) {
      const end = JSON.stringify(endOf(open(), one));
      if (!ends.has(end)) ends.set(end, toldAs(one));
    }
    // One end, and the order in which it was first come to: more of them show what it depends on.
    expect([...ends]).toEqual([[JSON.stringify(endOf(open(), told)), toldAs(told)]]);
  });
});

it('a parcel that arrives is delivered, was accepted at its origin, and asks nobody', () => {
  const [, arrives] = SETS[0] ?? [];
  expect(endOf(uploaded(), arrives ?? [])).toEqual({
    tracking: Object.entries({ meaning: 'delivered', at: T0 + 8 * HOUR, acceptedAt: T0 + 5 * HOUR }).sort(),
    deliveredAt: T0 + 8 * HOUR,
    attention: [],
  });
});
