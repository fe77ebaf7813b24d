import { workerKill } from '../checks/worker-kill';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

it('a worker killed between purchase and reply costs one label', async () => {
  expect(await workerKill(floor, 'all')).toMatchObject({ labels: 1 });
}, 180_000);
