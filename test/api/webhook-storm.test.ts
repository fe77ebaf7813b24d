import { webhooks } from '../checks/webhooks';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

it('of webhooks that come up to 20 times, shuffled and from five senders, makes one label and one upload an order', async () => {
  expect(await webhooks(floor, 'sample')).toMatchObject({ orders: 30, labels: 30, uploads: 30 });
}, 180_000);
