import { cancelRace } from '../checks/cancel-race';
import { purchases } from '../checks/purchases';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

describe('promises of purchases, a sample of each', () => {
  it('no label is bought twice, wherever its purchase is hit', async () => {
    expect(await purchases(floor, 'sample')).toMatchObject({ doubleLabels: 0, tasks: 0 });
  }, 300_000);

  it('a cancel that races a purchase leaves no label that is paid for', async () => {
    expect(await cancelRace(floor, 'sample')).toBeDefined();
  }, 120_000);
});
