import { chanceOf, type Chance } from '../test/chaos/chance';
import { faultsOf } from '../test/checks/planner-judge';
import { instantOf, LOS_ANGELES, mailedOn, NEW_YORK } from '../test/checks/planner-oracle';
import { playLabels, type EarlyClose, type Life, type PlannedLabel } from '../test/checks/planner';
import { openPlannerWorld, type PlannerWorld, type Style } from '../test/checks/planner-world';

/** Days that a day's form is easily wrong on: Thanksgiving's week, the days on which clocks change, an ordinary week. */
const DAYS = [
  ...['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'],
  ...['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09', '2026-10-31', '2026-11-01', '2026-11-02'],
  ...['2026-06-05', '2026-06-06', '2026-06-07', '2026-06-08'],
];
const TIMES = ['19:59:59', '20:00:00', '00:00:00', '01:30:00', '02:30:00', '09:00:00', '16:20:00', '23:59:59'];
/** One origin in each zone; each has an account of its own. */
const WEST = { id: '7', zone: LOS_ANGELES };
const EAST = { id: '8', zone: NEW_YORK };
const SHOPS = [WEST, EAST];
const ZONES = new Map(SHOPS.map(({ id, zone }) => [id, zone]));
const HOUR_MS = 3_600_000;

type Wish = { seed: number; count: number; most: number | null; style: Style; flaws: number };

/** Shipments are digits in a row, so that they stand in their order. */
const idOf = (index: number): string => String(576_460_000_000_000_000n + BigInt(index));

function labelOf(chance: Chance, index: number, flaws: number): PlannedLabel {
  const { id: shopId, zone } = chance.below(5) === 0 ? EAST : WEST;
  const joinAt = instantOf(chance.pick(DAYS), chance.pick(TIMES), zone) + chance.pick([0, 0, 999]);
  const flaw = chance.below(100) < flaws ? chance.pick(['voidedElsewhere', 'secretlyBad'] as const) : undefined;
  const isVoided = flaw === undefined && chance.below(8) === 0;
  return {
    ...{ orderId: idOf(index), shopId, joinAt, isSlow: chance.below(12) === 0 },
    ...(flaw === undefined ? {} : { flaw }),
    ...(isVoided ? { voidAt: joinAt + chance.below(30) * HOUR_MS } : {}),
  };
}

const closingOf = (chance: Chance): EarlyClose => ({
  ...{ shopId: chance.pick(SHOPS).id },
  at: instantOf(chance.pick(DAYS), chance.pick(['11:00:00', '19:59:59']), LOS_ANGELES) + 1,
});

/** Lets others go first, sometimes. */
const yieldingBy =
  (chance: Chance): (() => Promise<void>) =>
  async () => {
    for (let turns = chance.below(4); turns > 0; turns -= 1) await Promise.resolve();
  };

type Played = { world: PlannerWorld; lives: Life[]; faults: string[] };

async function play({ seed, count, most, style, flaws }: Wish): Promise<Played> {
  const chance = chanceOf(seed);
  const yielding = yieldingBy(chanceOf(seed + 1));
  const world = openPlannerWorld({ style, most, shops: SHOPS, yielding });
  const labels = Array.from({ length: count }, (_, index) => labelOf(chance, index, flaws));
  const closings = Array.from({ length: chance.below(4) }, () => closingOf(chance));
  world.faults.push(...Array.from({ length: chance.below(4) }, () => chance.pick(['lost', 'cut', 'busy'] as const)));
  const lives = await playLabels(world, labels, closings);
  return { world, lives, faults: faultsOf(world, lives, { most, zones: ZONES }) };
}

describe.each<Style>(['listed', 'numbered'])('a planner whose provider is %s', (style) => {
  const wish = (seed: number): Wish => ({
    ...{ seed, style, count: 10 + (seed % 7) * 20, flaws: (seed % 4) * 2 },
    most: [null, 200, 40, 7][seed % 4] ?? null,
  });

  it('puts every label on one form or says that it does not, in 30 seeded runs', async () => {
    for (let seed = 1; seed <= 30; seed += 1) expect([seed, (await play(wish(seed))).faults]).toEqual([seed, []]);
  });
});

it('splits 7,001 labels of one evening into two forms, and those of another place into their own', async () => {
  const world = openPlannerWorld({ style: 'listed', most: 7_000, shops: SHOPS, yielding: () => Promise.resolve() });
  const evening = (zone: string): number => instantOf('2026-11-25', '19:59:59', zone);
  const labels = Array.from({ length: 7_101 }, (_, index): PlannedLabel => {
    const { id: shopId, zone } = index < 7_001 ? WEST : EAST;
    return { orderId: idOf(index), shopId, joinAt: evening(zone), isSlow: false };
  });
  const lives = await playLabels(world, labels, []);
  expect(faultsOf(world, lives, { most: 7_000, zones: ZONES })).toEqual([]);
  const sizes = world.forms.map(({ account, numbers }) => [account, numbers.length] as const);
  expect(sizes.filter(([account]) => account === 'acme-8')).toEqual([['acme-8', 100]]);
  const split = sizes.flatMap(([account, size]) => (account === 'acme-7' ? [size] : []));
  expect([split.length, split.reduce((sum, size) => sum + size, 0)]).toEqual([2, 7_001]);
});

it.each([
  ['a second before the cut-off', '2026-11-23 19:59:59', '2026-11-23'],
  ['at the cut-off', '2026-11-23 20:00:00', '2026-11-24'],
  ['on Saturday evening', '2026-11-28 20:00:00', '2026-11-30'],
  ['on a Sunday', '2026-11-29 12:00:00', '2026-11-30'],
  ['the evening before Thanksgiving', '2026-11-25 20:00:00', '2026-11-27'],
  ['on Thanksgiving', '2026-11-26 09:00:00', '2026-11-27'],
  ['the evening before the clocks go forward', '2026-03-07 20:00:00', '2026-03-09'],
  ['in the hour that is there twice', '2026-11-01 01:30:00', '2026-11-02'],
])('a label that is ready %s leaves on its day', async (_when, ready, mailed) => {
  const [date = '', time = ''] = ready.split(' ');
  const joinAt = instantOf(date, time, LOS_ANGELES);
  const world = openPlannerWorld({ style: 'numbered', most: null, shops: SHOPS, yielding: () => Promise.resolve() });
  const lives = await playLabels(world, [{ orderId: idOf(1), shopId: WEST.id, joinAt, isSlow: false }], []);
  expect([world.forms.map((form) => form.date), mailedOn(joinAt, LOS_ANGELES)]).toEqual([[mailed], mailed]);
  expect(faultsOf(world, lives, { most: null, zones: ZONES })).toEqual([]);
});
