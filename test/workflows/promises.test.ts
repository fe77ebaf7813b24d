import { cancelRace } from '../checks/cancel-race';
import { canary } from '../checks/canary';
import { malformed } from '../checks/malformed';
import { notices } from '../checks/notices';
import { purchases } from '../checks/purchases';
import { resets } from '../checks/resets';
import { signals } from '../checks/signals';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

describe('promises, a sample of each', () => {
  it('a story that is reset keeps its ledger', async () => {
    expect(await resets(floor, 'sample')).toMatchObject({ 'to-pack resets': expect.any(Number) as number });
  });

  it('no notice that comes three times is acted on twice', async () => {
    expect(await notices(floor, 'sample')).toHaveProperty('seller-on-time');
  }, 120_000);

  it('no malformed message fails a workflow task', async () => {
    expect(await malformed(floor, 'sample')).toMatchObject({ failedWorkflowTasks: 0 });
  });

  it('an order hears every notice', async () => {
    expect(await signals(floor, 'sample')).toMatchObject({ signals: 501 });
  });

  it('no label is bought twice, wherever its purchase is hit', async () => {
    expect(await purchases(floor, 'sample')).toMatchObject({ doubleLabels: 0, tasks: 0 });
  }, 300_000);

  it('a cancel that races a purchase leaves no label that is paid for', async () => {
    expect(await cancelRace(floor, 'sample')).toBeDefined();
  }, 120_000);

  it('a buyer stands nowhere', async () => {
    expect(await canary(floor, 'sample')).toMatchObject({ hits: 0 });
  });
});
