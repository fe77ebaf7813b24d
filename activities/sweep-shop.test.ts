import type { Ports } from './ports';
import type { ProductPorts } from './product-port';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { AdapterOutcome } from '../contracts/adapter-error';
import type { OrderFacts } from '../domain/order/facts';
import { OVERLAP_MS } from '../domain/sweep/seen';
import type { SweepAnswer } from '../domain/sweep/state';
import { MINUTE, newWorld, PAGE, T0, type World } from '../test/support/sweep-world';
import { sweepShop, type SweepInput } from './sweep-shop';

const SECOND = 1_000;

let world: World;
let inActivity: MockActivityEnvironment;
let beats: number;
beforeEach(() => {
  world = newWorld();
  beats = 0;
  inActivity = new MockActivityEnvironment();
  inActivity.on('heartbeat', () => (beats += 1));
});

/** An order that the platform changed; heard of by webhook where a phase is given. */
function change(
  orderId: string,
  updatedAt: number,
  { shown, ...facts }: Partial<OrderFacts> & { shown?: string } = {},
): void {
  world.rows = world.rows.filter((row) => row.orderId !== orderId);
  world.rows.push({ orderId, updatedAt, facts: { status: 'awaitingShipment', ...facts } });
  if (shown !== undefined) world.open.set(orderId, shown);
}

const since = T0 - 5 * MINUTE;
const sweep = (more: Partial<SweepInput> = {}): Promise<SweepAnswer> =>
  inActivity.run(() =>
    sweepShop(world.ports as Ports & ProductPorts, { shopId: '7', since, until: T0, at: T0, first: false, ...more }),
  );

const idsTold = (): string[] => world.told.map(({ orderId }) => orderId);
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a round of the sweep', () => {
  it('tells nobody who has heard it by webhook, and begins nobody who is over', async () => {
    change('1', T0 - MINUTE, { shown: 'toPack' });
    change('2', T0 - MINUTE, { status: 'inTransit', shown: 'inTransit' });
    change('3', T0 - MINUTE, { status: 'completed' });
    change('4', T0 - MINUTE);
    world.over.add('4');
    expect(await sweep()).toEqual({
      until: T0,
      found: 0,
      missed: 0,
      nextAt: T0 + 5 * MINUTE,
      day: '2026-11-23',
    });
    expect(world.told).toEqual([]);
    expect(world.calls).toEqual(['search', 'read', 'signal']);
  });

  it('begins an order that nobody told of, and tells one of what it missed; each change once', async () => {
    change('new', T0 - MINUTE);
    change('behind', T0 - MINUTE, { status: 'awaitingCollection', shown: 'toPack' });
    change('gone', T0 - MINUTE, { status: 'cancelled', shown: 'toPack' });
    expect(await sweep()).toMatchObject({ found: 3, missed: 3 });
    expect(world.told).toEqual([
      { orderId: 'new', status: 'awaitingShipment', isNew: true },
      { orderId: 'behind', status: 'awaitingCollection', isNew: false },
      { orderId: 'gone', status: 'cancelled', isNew: false },
    ]);
    expect(await sweep({ since: T0, until: T0 + 5 * MINUTE })).toMatchObject({ found: 0, missed: 0 });
    expect(world.calls).toEqual(['search', 'read', 'search']);
    expect(world.counted).toEqual({ sweepRounds: 2, ordersFound: 3, missedNotices: 3 });
  });

  it('has an order read itself again whose buyer asks for something, or that changed in something else', async () => {
    change('asks', T0 - MINUTE, { shown: 'toPack', cancelRequested: true });
    change('moved', T0 - MINUTE, { shown: 'toPack' });
    await sweep();
    expect(world.told).toEqual([{ orderId: 'asks', status: 'awaitingShipment', about: 'afterSale', isNew: false }]);
    change('moved', T0 + MINUTE, { shown: 'toPack' });
    expect(await sweep({ since: T0, until: T0 + 5 * MINUTE })).toMatchObject({ found: 1, missed: 0 });
    expect(world.told.at(-1)).toMatchObject({ orderId: 'moved', about: 'afterSale' });
  });

  it('finds what the platform listed late, within the overlap', async () => {
    await sweep();
    change('late', T0 - OVERLAP_MS);
    await sweep({ since: T0, until: T0 + 5 * MINUTE });
    expect(idsTold()).toEqual(['late']);
  });

  it('looks at a shop for the first time without what is over, and calls none of it missed', async () => {
    change('over', T0 - 40 * 24 * 60 * MINUTE, { status: 'completed' });
    change('old', T0 - 40 * 24 * 60 * MINUTE);
    const first = await sweep({ since: T0 - 45 * 24 * 60 * MINUTE, first: true });
    expect([first, idsTold()]).toMatchObject([{ found: 1, missed: 0, until: T0 }, ['old']]);
    expect(world.calls).not.toContain('signal');
  });
});

describe('pages', () => {
  it('pass nobody over while orders change under them', async () => {
    // All of them before what the next round looks at again.
    const begin = T0 - 60 * MINUTE;
    for (const index of range(350)) change(String(1_000 + index), begin + index * 8 * SECOND);
    let moved = 1_000;
    // After each page ten orders of the earlier ones are changed: they leave their places.
    world.afterSearch = () => {
      range(10).forEach(() => change(String(moved++), T0 + MINUTE));
    };
    await sweep({ since: begin });
    world.afterSearch = () => undefined;
    await sweep({ since: T0, until: T0 + 5 * MINUTE });
    expect(new Set(idsTold()).size).toBe(350);
  });

  it('lead through a second with more changes than fit one, also where a token dies on the way', async () => {
    for (const index of range(250)) change(String(1_000 + index), since);
    // A search and a reading, the search by time which brings nothing, one by token and a reading: then the second token.
    world.failAt.set(6, 'bug');
    expect(await sweep()).toMatchObject({ found: 250, until: T0 });
    expect(new Set(idsTold()).size).toBe(250);
    expect(idsTold()).toHaveLength(250);
  });

  it('are twenty an activity, and the rest follows', async () => {
    for (const index of range(2_100)) change(String(10_000 + index), since + index * 100);
    const first = await sweep();
    expect(first).toMatchObject({ more: true });
    const rest = await sweep({ until: T0 + MINUTE });
    expect([rest.until, first.found + rest.found]).toEqual([T0 + MINUTE, 2_100]);
    // What is found again within the overlap is more than an activity's work, too.
    expect(await sweep({ since: T0 + MINUTE, until: T0 + 2 * MINUTE })).toMatchObject({ found: 0, more: true });
    expect(await sweep({ since: T0 + MINUTE, until: T0 + 2 * MINUTE })).toMatchObject({
      found: 0,
      until: T0 + 2 * MINUTE,
    });
  });

  it('each give signs of life, before and after what the platform is asked', async () => {
    for (const index of range(250)) change(String(1_000 + index), since + index * SECOND);
    await sweep();
    const calls = world.calls.filter((call) => call === 'search' || call === 'read').length;
    expect(calls).toBeGreaterThanOrEqual(6);
    expect(beats).toBeGreaterThan(calls);
  });

  it('are repeated after a crash by one at most', async () => {
    for (const index of range(250)) change(String(1_000 + index), since + index * SECOND);
    world.failTelling = 150;
    await expect(sweep()).rejects.toThrow('Temporal is gone');
    world.failTelling = -1;
    await sweep();
    expect(new Set(idsTold()).size).toBe(250);
    expect(idsTold().length).toBeLessThanOrEqual(250 + PAGE);
  });
});

describe('a platform that does not answer', () => {
  it.each<AdapterOutcome>(['retryLater', 'auth', 'bug'])('ends the round and loses nothing: %s', async (outcome) => {
    change('1', T0 - MINUTE);
    world.failAt.set(1, outcome);
    const { until, ...answer } = await sweep();
    expect(until).toBeUndefined();
    // It asked for twenty minutes, which is more than the next round's five.
    expect(answer).toMatchObject({ hindered: 'platformSilent', nextAt: T0 + 20 * MINUTE, found: 0 });
    await sweep({ until: T0 + 5 * MINUTE });
    expect(idsTold()).toEqual(['1']);
  });

  it('leaves what was told before told', async () => {
    for (const index of range(150)) change(String(1_000 + index), since + index * SECOND);
    world.failAt.set(3, 'retryLater');
    const answer = await sweep();
    expect(answer).toMatchObject({ hindered: 'platformSilent', found: 100, until: since + 99 * SECOND });
    await sweep({ since: answer.until ?? 0 });
    expect(idsTold()).toHaveLength(150);
  });

  it('is not asked where the shop has no sweep, unless somebody wants it', async () => {
    change('1', T0 - MINUTE);
    world.shop = { ...world.shop, sweep: undefined };
    expect(await sweep()).toMatchObject({ hindered: 'off', nextAt: T0 + 60 * MINUTE });
    expect(world.calls).toEqual([]);
    expect(await sweep({ asked: true })).toMatchObject({ found: 1, nextAt: T0 + 60 * MINUTE });
  });

  it('is not asked where the shop is not connected', async () => {
    world.connection = 'reconnectNeeded';
    expect(await sweep()).toMatchObject({ hindered: 'notConnected', nextAt: T0 + 5 * MINUTE });
    expect(world.calls).toEqual([]);
  });
});
