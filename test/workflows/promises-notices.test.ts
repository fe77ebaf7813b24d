import { notices } from '../checks/notices';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

it('no notice that comes three times is acted on twice', async () => {
  expect(await notices(floor, 'sample')).toHaveProperty('seller-on-time');
}, 300_000);
