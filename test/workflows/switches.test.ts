import { switches } from '../checks/switches';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

it('a switch stops every write within five seconds and loses none; a new shop is watched, then assisted, then let go', async () => {
  expect(await switches(floor, 'sample')).toMatchObject({ modes: 3, adopted: 3 });
}, 180_000);
