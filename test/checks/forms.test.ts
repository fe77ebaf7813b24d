import { openFloor, type Floor } from '../support/floor';
import { forms } from './forms';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

it('a form that is cut off at any step of its making is made once', async () => {
  expect(await forms(floor, 'sample')).toMatchObject({ sets: 16, twice: 0 });
}, 120_000);
