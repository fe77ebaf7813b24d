import {
  can,
  failing,
  HOUR,
  newWatchWorld,
  T0,
  watchStepsOf,
  type WatchSteps,
  type WatchWorld,
} from '../test/support/watch-world';

// A timer that is moved has lost whose activity it is.
jest.mock('@temporalio/activity', () => ({ heartbeat: jest.fn() }));

const MINUTE = 60_000;

let world: WatchWorld;
let steps: WatchSteps;
beforeEach(() => {
  world = newWatchWorld();
  steps = watchStepsOf(world);
  jest.spyOn(Date, 'now').mockImplementation(() => world.now);
});
afterEach(() => jest.restoreAllMocks());

const scanned = (trackingNumber: string) =>
  Promise.resolve([{ trackingNumber, events: [{ at: T0, meaning: 'inTransit', code: 'I' }] }]);
const asked = (): string[] => Object.keys(JSON.parse(world.kept.get('carriers/7/polls') ?? '{}') as object);

describe('silent parcels', () => {
  it('that were answered are remembered, and those that were not are asked again', async () => {
    for (const id of ['1', '2', '3']) steps.silent(id, 'ups');
    const answer = (number: string) => (number === '1Z2' ? failing('retryLater', 'HTTP 503') : scanned(number));
    world.accounts = [{ name: 'ups', can, tracking: steps.tracking(answer) }];
    expect(await steps.look()).toMatchObject({ polled: 1, told: 1 });
    expect(asked()).toEqual(['1Z1']);
    expect(world.signals).toHaveLength(1);
    world.now += HOUR;
    await steps.look();
    expect(world.calls).toEqual(['1Z1', '1Z2', '1Z2']);
  });

  it('are asked after though the number of one is refused', async () => {
    for (const id of ['1', '2']) steps.silent(id, 'ups');
    world.accounts = [
      { name: 'ups', can, tracking: steps.tracking((one) => (one === '1Z1' ? failing('refused') : scanned(one))) },
    ];
    expect(await steps.look()).toMatchObject({ polled: 2, told: 1 });
    expect(asked()).toEqual(['1Z1', '1Z2']);
  });

  it('are remembered where the look is cut off', async () => {
    for (let id = 100; id < 130; id += 1) steps.silent(String(id), 'ups');
    let answered = 0;
    const answer = (number: string) => ((answered += 1) > 27 ? Promise.reject(new Error('cut off')) : scanned(number));
    world.accounts = [{ name: 'ups', can, tracking: steps.tracking(answer) }];
    await expect(steps.look()).rejects.toThrow('cut off');
    expect(asked()).toHaveLength(25);
  });

  it('are asked after within the time of a look', async () => {
    for (let id = 100; id < 130; id += 1) steps.silent(String(id), 'ups');
    const slow = (number: string) => {
      world.now += MINUTE;
      return scanned(number);
    };
    world.accounts = [{ name: 'ups', can, tracking: steps.tracking(slow) }];
    expect(await steps.look()).toMatchObject({ polled: 7 });
    expect(asked()).toHaveLength(7);
  });
});
