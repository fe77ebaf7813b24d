import { heartbeat } from '@temporalio/activity';
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

const waitingFor = (orderId: string, account: string, readAt = 0): unknown =>
  steps.keep(`refunds/7/${orderId}-1-1`, {
    status: 'submitted',
    askedAt: T0,
    readAt,
    orderId,
    shipmentId: `s${orderId}`,
    account,
  });

const times = { since: T0, spanMs: 5 * MINUTE, nextTryAt: T0 + 5 * MINUTE };
const pause = { ...times, code: 'X', failures: 3, isPaused: true };
const scanned = (trackingNumber: string) =>
  Promise.resolve([{ trackingNumber, events: [{ at: T0, meaning: 'inTransit', code: 'I' }] }]);

describe('the look at an account that tells no balance', () => {
  it('tries its keys, so that dead ones are a task before an order needs them', async () => {
    let isDead = true;
    world.accounts = [{ name: 'ups', can, check: () => (isDead ? failing('auth') : Promise.resolve()) }];
    expect(await steps.look()).toMatchObject({ paused: 1 });
    expect(steps.raised()).toEqual([`carrier:ups:credentials:${T0}`]);
    isDead = false;
    world.now += HOUR;
    expect(await steps.look()).toMatchObject({ paused: 0 });
    expect(steps.settled()).toEqual(steps.raised());
  });

  it('tries the keys of one that tells its balance to keys of another kind', async () => {
    world.accounts = [{ name: 'ep', can, balance: () => failing('refused'), check: () => failing('auth') }];
    expect(await steps.look()).toMatchObject({ paused: 1 });
  });

  it('is not tried where it is switched off, and its pause ends where nobody needs it any more', async () => {
    world.accounts = [{ name: 'ups', can, check: () => failing('auth') }];
    world.enabled = false;
    expect(await steps.look()).toMatchObject({ paused: 0 });
    world.enabled = true;
    expect(await steps.look()).toMatchObject({ paused: 1 });
    world.accounts = [];
    await steps.look();
    expect(steps.settled()).toEqual([`carrier:ups:credentials:${T0}`]);
  });

  it('ends an outage of purchases only when no trial has failed for an hour', async () => {
    world.accounts = [{ name: 'ups', can, balance: () => Promise.resolve(100) }];
    steps.keep('carriers/7/ups/pause', { ...pause, cause: 'outage', isOfSpending: true });
    world.now = T0 + 64 * MINUTE;
    expect(await steps.look()).toMatchObject({ paused: 1 });
    world.now = T0 + 65 * MINUTE;
    expect(await steps.look()).toMatchObject({ paused: 0 });
    expect(steps.settled()).toEqual([`carrier:ups:outage:${T0}`]);
  });
});

describe('an account that is gone from the settings', () => {
  const missing = (at: number): string => `carrier:ups:missing:${at}`;

  it('is one task while money is waited for from it, settled when it is back', async () => {
    waitingFor('1', 'ups');
    waitingFor('2', 'ups');
    await steps.look();
    world.now += HOUR;
    await steps.look();
    expect(steps.raised()).toEqual([missing(T0)]);
    expect(steps.settled()).toEqual([]);
    world.accounts = [{ name: 'ups', can, labels: { readShipment: () => Promise.resolve({ refund: 'submitted' }) } }];
    steps.keep('carriers/7/ups/waiting/1', {});
    await steps.look();
    expect(steps.settled()).toEqual([missing(T0)]);
    expect(world.kept.has('carriers/7/ups/waiting/1')).toBe(false);
  });

  it.each([
    ['a label of an open order', () => steps.silent('1', 'ups')],
    [
      'an open order waits',
      () => {
        world.open.push({ orderId: '1', phase: 'cancelled' });
        steps.keep('carriers/7/ups/waiting/1', {});
      },
    ],
  ])('is a task where %s needs it', async (_why, needs) => {
    world.accounts = [{ name: 'ups', can }];
    await steps.look();
    world.accounts = [];
    await steps.look();
    expect(steps.raised()).toEqual([]);
    needs();
    await steps.look();
    expect(steps.raised()).toEqual([missing(T0)]);
    world.open = [];
    await steps.look();
    expect(steps.settled()).toEqual([missing(T0)]);
  });
});

describe('refunds', () => {
  const labels = (readShipment: (id: string) => Promise<unknown>) => ({
    readShipment: (id: string) => {
      world.calls.push(id);
      return readShipment(id);
    },
  });

  it('of dead credentials are one task, and hold up no other account', async () => {
    for (const id of ['1', '2', '3']) waitingFor(id, 'ups');
    // Where time is played nothing is turned away by the pause itself.
    world.kind = 'sandbox';
    waitingFor('4', 'usps');
    world.accounts = [
      { name: 'ups', can, labels: labels(() => failing('auth')) },
      { name: 'usps', can, labels: labels(() => Promise.resolve({ refund: 'refunded' })) },
    ];
    expect(await steps.look()).toMatchObject({ paused: 1 });
    expect(steps.raised()).toEqual([`carrier:ups:credentials:${T0}`]);
    expect(world.calls).toEqual(['s1', 's4']);
    expect(world.kept.has('refunds-ended/7/4-1-1')).toBe(true);
  });

  it('are read while money is short, and each in turn where one is refused', async () => {
    for (const id of ['1', '2']) waitingFor(id, 'ups');
    steps.keep('carriers/7/ups/pause', { ...pause, cause: 'balance' });
    const answer = (id: string) => (id === 's1' ? failing('refused') : Promise.resolve({ refund: 'submitted' }));
    world.accounts = [{ name: 'ups', can, labels: labels(answer) }];
    await steps.look();
    await steps.look();
    expect(world.calls).toEqual(['s1', 's2']);
  });

  it('and records have their turn where the look at an account fails', async () => {
    waitingFor('1', 'ups');
    world.accounts = [
      {
        name: 'ups',
        can,
        check: () => Promise.reject(new Error('a bug')),
        labels: labels(() => Promise.resolve({ refund: 'refunded' })),
        tracking: steps.tracking(scanned),
      },
    ];
    steps.silent('2', 'ups');
    await expect(steps.look()).rejects.toThrow('a bug');
    expect(world.calls).toEqual(['s1', '1Z2']);
    expect([...world.kept.keys()].some((key) => key.startsWith('records/7/sums/'))).toBe(true);
  });
});

it('a look tells that its worker is alive while one call takes long, and not after', async () => {
  jest.useFakeTimers({ now: T0 });
  let answer: () => void = () => undefined;
  world.accounts = [{ name: 'ups', can, check: () => new Promise<void>((resolve) => (answer = resolve)) }];
  const looking = steps.look();
  await jest.advanceTimersByTimeAsync(30_000);
  expect(heartbeat).toHaveBeenCalledTimes(3);
  answer();
  expect(await looking).toMatchObject({ accounts: 1 });
  await jest.advanceTimersByTimeAsync(30_000);
  expect(heartbeat).toHaveBeenCalledTimes(3);
  jest.useRealTimers();
});
