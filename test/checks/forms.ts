import { proveWords } from '../../words/prove';
import { must, type Check } from './check';
import { killAtForms } from './forms-kill';
import { playFormCase } from './forms-loop';
import { POINTS } from './forms-points';
import { PROVIDERS, type Case, type Provider } from './forms-set';

const SEEDS = { sample: 1, all: 10 } as const;
const AT_ONCE = 8;

/**
 * The making of a form is cut off at each of its steps: every set of parcels has its form in the provider's books once, each parcel is on
 * one of them and hears which. First in this process, without the waits between attempts; then on the engine, where the worker's process
 * is killed with kill -9 (the tests' sample leaves that out: it takes as long as a missing heartbeat is waited for).
 */
export const forms: Check = async (floor, size) => {
  const cases = POINTS.flatMap((point) =>
    PROVIDERS.flatMap((provider) => seedsOf(SEEDS[size]).map((seed): Case => ({ provider, point, seed }))),
  );
  floor.say(proveWords.formsBegin(cases.length));
  const made = new Map<Case, number>();
  await pooled(cases, async (one) => void made.set(one, await playFormCase(floor, one)));
  const killed = size === 'all' ? await killAll(floor, cases) : new Map<Case, number>();
  const all = [...made, ...killed];
  floor.say(proveWords.formsTable(tableOf(all)));
  for (const [{ point }, count] of all) if (point !== 'halfMade') must(`${point}: forms of one set`, count, 1);
  const killedHalves = all.filter(([{ point }]) => point === 'halfMade');
  return {
    sets: made.size,
    killedSets: killed.size,
    points: POINTS.length,
    seeds: SEEDS[size],
    forms: all.reduce((sum, [, count]) => sum + count, 0),
    formsOfHalvedSets: killedHalves.reduce((sum, [, count]) => sum + count, 0),
    twice: 0,
  };
};

const seedsOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** One kill for each provider: a worker takes a hundred steps at once, and all of these stand still at the same time. */
async function killAll(floor: Parameters<Check>[0], cases: readonly Case[]): Promise<Map<Case, number>> {
  const ofProvider = (provider: Provider): Case[] => cases.filter((one) => one.provider === provider);
  const all: [Case, number][] = [];
  for (const provider of PROVIDERS) all.push(...(await killAtForms(floor, ofProvider(provider))));
  return new Map(all);
}

async function pooled<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

const WIDTH = 16;

/** Provider by point: forms / sets. */
function tableOf(all: readonly [Case, number][]): string {
  const head = ['', ...POINTS].map((text) => text.padEnd(WIDTH)).join('');
  const rows = PROVIDERS.map((provider) => {
    const cells = POINTS.map((point) => {
      const counts = all.filter(([one]) => one.provider === provider && one.point === point).map(([, count]) => count);
      return `${counts.reduce((sum, count) => sum + count, 0)}/${counts.length}`;
    });
    return [provider, ...cells].map((text) => text.padEnd(WIDTH)).join('');
  });
  return [head, ...rows].join('\n');
}
