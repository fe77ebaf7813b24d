import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { playStory, type StoryReport } from '../../stories/run';
import { stories } from '../../stories';
import { missingAlerts } from '../checks/alerts';
import { resetAll } from '../checks/resets';
import { openFloor, type Floor } from './floor';
import { EXPECTED, type Expected } from './story-promises';

const counted = ({ effects }: StoryReport): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { kind } of effects) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** Which turn of a story's workflows is played again; another one in each story, the same one in each run. */
const SEED = 20_261_122;

const oneOf =
  (name: string) =>
  (points: number[]): number[] => {
    const hash = Buffer.from(name).reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, SEED);
    return points.slice(hash % points.length).slice(0, 1);
  };

/** As long as a story may take where the machine is busy with others. */
const STORY_LIMIT_MS = 240_000;

/**
 * Tells the stories of one test file. They are dealt out among the files that are called like it, each story to one of them, so that
 * they are played side by side: a story waits for the server more than it works.
 */
export function tellStories(file: string): void {
  const files = readdirSync(dirname(file)).filter((name) => /^stories-\d+\.test\.ts$/.test(name));
  const place = files.sort().indexOf(basename(file));
  const dealt = Object.entries(EXPECTED).filter((_, index) => index % files.length === place);
  let floor: Floor;
  beforeAll(async () => {
    floor = await openFloor();
  });
  afterAll(() => floor.close());

  it('has a promise for every story', () => {
    expect(place).toBeGreaterThanOrEqual(0);
    expect(Object.keys(EXPECTED).sort()).toEqual(stories.map(({ name }) => name).sort());
  });

  it.each(dealt)('%s', (name, expected) => holds(floor, name, expected), STORY_LIMIT_MS);
}

async function holds(floor: Floor, name: string, expected: Expected): Promise<void> {
  const played = await playStory(name, floor);
  const { report } = played;
  expect(report.outcome).toBe(expected.outcome);
  expect(counted(report)).toEqual(expected.ledger);
  expect({ appeal: report.appeal, filings: report.filings }).toEqual({
    appeal: expected.appeal ?? 'none',
    filings: expected.filings ?? 0,
  });
  const missed = report.deadlines.filter(({ met }) => met === false).map((deadline) => deadline.name);
  expect(missed.sort()).toEqual([...(expected.missed ?? [])].sort());
  expect(missingAlerts(report)).toEqual([]);
  expected.more?.(report);
  expect(await resetAll(floor, played, oneOf(name))).toBeGreaterThan(0);
}
