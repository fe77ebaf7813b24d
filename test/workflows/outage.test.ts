import { outage } from '../checks/outage';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

it('a shop whose platform is down for six hours loses nothing, and holds nobody up', async () => {
  expect(await outage(floor, 'sample')).toMatchObject({ orders: 4, uploads: 4, downHours: 6 });
}, 180_000);
