import { asked } from '../checks/asked';
import { canary } from '../checks/canary';
import { malformed } from '../checks/malformed';
import { resets } from '../checks/resets';
import { signals } from '../checks/signals';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

/** Where the machine is busy with the other files, each may take its time. */
const LIMIT_MS = 180_000;

describe('promises, a sample of each', () => {
  it(
    'a story that is reset keeps its ledger',
    async () => {
      expect(await resets(floor, 'sample')).toMatchObject({ 'to-pack resets': expect.any(Number) as number });
    },
    LIMIT_MS,
  );

  it(
    'no malformed message fails a workflow task',
    async () => {
      expect(await malformed(floor, 'sample')).toMatchObject({ failedWorkflowTasks: 0 });
    },
    LIMIT_MS,
  );

  it(
    'an order hears every notice',
    async () => {
      expect(await signals(floor, 'sample')).toMatchObject({ signals: 501 });
    },
    LIMIT_MS,
  );

  it(
    'an order that is asked how it stands while it tells its neighbours keeps a history that replays',
    async () => {
      expect(await asked(floor, 'sample')).toMatchObject({ tasksLost: 0, localActivities: 0 });
    },
    LIMIT_MS,
  );

  it(
    'a buyer stands nowhere',
    async () => {
      expect(await canary(floor, 'sample')).toMatchObject({ hits: 0 });
    },
    LIMIT_MS,
  );
});
