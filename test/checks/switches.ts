import { setTimeout as pause } from 'node:timers/promises';
import { inBatches } from '../../engine/shop-workflows';
import { call } from '../../stories/call';
import type { SampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import type { Floor } from '../support/floor';
import { passInSteps } from '../support/in-steps';
import { manyOrders } from '../support/many-orders';
import { untilTrue } from '../support/until';
import { must, type Check, type Figures } from './check';
import { modes } from './switches-modes';

const ORDERS = { sample: 12, all: 60 } as const;
/** For this long people go on packing and buyers go on ordering after the switch is thrown. */
const GO_ON_MS = 8_000;
/** Within this time of the answer the last write is over. */
const STOPS_WITHIN_MS = 5_000;
const PATIENCE_MS = 120_000;
const MINUTE_MS = 60_000;

/** What a switch is thrown with: that of one shop, or that of all of them. */
type Switch = { stages: Stage[]; path: string };

/**
 * A switch that is thrown stops every write within five seconds, loses none and lets reading go on. A new shop that is watched
 * has nothing written; where a person has the word nothing is written without it; labels of other tools are adopted everywhere.
 */
export const switches: Check = async (floor, size) => {
  const [one, other, third] = [await floor.stage(), await floor.stage(), await floor.stage()];
  const ofShop = await thrown(floor, { stages: [one], path: `/v1/shops/${one.shopId}/writes` }, ORDERS[size]);
  const ofAll = await thrown(floor, { stages: [other, third], path: '/v1/writes' }, ORDERS[size]);
  return {
    ...named('ofShop', ofShop),
    ...named('ofAll', ofAll),
    ...(await modes(floor)),
  };
};

const named = (prefix: string, figures: Figures): Figures =>
  Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${prefix} ${key}`, value]));

async function thrown(floor: Floor, { stages, path }: Switch, count: number): Promise<Figures> {
  const shops = await Promise.all(stages.map((stage) => busyShop(floor, stage, count)));
  const flows = shops.map((shop) => shop.flow());
  await untilTrue('writes are under way', async () =>
    (await Promise.all(shops.map(({ writes }) => writes()))).every((ats) => ats.length > 0),
  );
  await call('POST', `${floor.apiUrl}${path}`, { writes: 'off' });
  // Each shop has a clock of its own.
  const answeredAt = await Promise.all(stages.map((stage) => stage.now()));
  await Promise.all(flows);
  const lasts = await Promise.all(
    shops.map(async ({ writes }, i) => Math.max(...(await writes())) - (answeredAt[i] ?? 0)),
  );
  const lastWriteMs = Math.max(0, ...lasts);
  must('the last write is soon over', lastWriteMs < STOPS_WITHIN_MS || lastWriteMs, true);
  const reads = await Promise.all(shops.map(({ readsSince }, i) => readsSince((answeredAt[i] ?? 0) + STOPS_WITHIN_MS)));
  must('shops in which nothing was read any more', reads.filter((found) => found === 0).length, 0);
  const held = (await Promise.all(shops.map(({ mustBeWhole }) => mustBeWhole()))).reduce((sum, one) => sum + one, 0);
  await call('POST', `${floor.apiUrl}${path}`, { writes: 'on' });
  await Promise.all(shops.map(({ mustCatchUp }) => mustCatchUp()));
  return {
    orders: 2 * count * stages.length,
    held,
    lastWriteMs,
    readsMeanwhile: reads.reduce((sum, one) => sum + one, 0),
  };
}

/** A shop in which writes are wanted all the time. */
type BusyShop = {
  /** Packs one order and has another come in, again and again. */
  flow: () => Promise<void>;
  /** When a write reached the sandbox, on the shop's clock: also one that was turned away. */
  writes: () => Promise<number[]>;
  readsSince: (at: number) => Promise<number>;
  /** No order failed for having to wait. @returns how many wait with a write. */
  mustBeWhole: () => Promise<number>;
  /** Each order has what it was held back with, once. */
  mustCatchUp: () => Promise<void>;
};

async function busyShop(floor: Floor, stage: Stage, count: number): Promise<BusyShop> {
  const wish = { createdAt: (await stage.now()) - MINUTE_MS, status: 'AWAITING_SHIPMENT' };
  const all = manyOrders(2 * count, wish);
  const [ready, coming] = [all.slice(0, count), all.slice(count)];
  await inBatches(ready, (order) => place(stage, order));
  const ids = ready.map(({ id }) => id);
  await untilTrue('labels are bought', async () => (await boughtIn(stage, ids)) === count, PATIENCE_MS);
  const readySince = await stage.now();
  const writes = async (): Promise<number[]> => writeTimes(await trafficOf(stage), readySince);
  return {
    flow: async () => {
      for (const [i, { id }] of ready.entries()) {
        await call('POST', `${floor.apiUrl}/v1/orders/${stage.shopId}/${id}/packed`, {});
        const next = coming[i];
        if (next !== undefined) await place(stage, next);
        // The load is spread; nothing is waited for.
        await pause(GO_ON_MS / count);
      }
    },
    writes,
    readsSince: async (since) =>
      (await trafficOf(stage)).filter(({ at, method }) => method === 'GET' && Date.parse(at) > since).length,
    mustBeWhole: async () => {
      const views = await inBatches(all, ({ id }) => stage.view(id));
      must('phases of orders that wait', [...new Set(views.map(({ phase }) => phase))].sort(), [
        'awaitingHandover',
        'toPack',
      ]);
      must(
        'attention that waiting raised',
        views.flatMap(({ attention }) => attention.map(({ kind }) => kind)),
        [],
      );
      return views.filter(({ underWay }) => underWay.some((id) => /^(buyLabel|uploadTracking):/.test(id))).length;
    },
    mustCatchUp: async () => {
      await untilTrue('everything is written', () => isWritten(floor, stage, { ready, coming }), PATIENCE_MS);
      must('orders without exactly what was wanted', await oddOnes(stage, { ready, coming }), []);
    },
  };
}

const place = (stage: Stage, order: SampleOrder): Promise<unknown> =>
  stage.control('PUT', `/orders/${order.id}`, order);

const boughtIn = async (stage: Stage, ids: string[]): Promise<number> => {
  const views = await Promise.all(ids.map((id) => stage.view(id).catch(() => undefined)));
  return views.filter((view) => view?.packages['1']?.label.status === 'bought').length;
};

type Seen = { at: string; method: string; path: string };

const trafficOf = async (stage: Stage): Promise<Seen[]> =>
  ((await stage.control('GET', '/traffic?limit=1000')) as { data: Seen[] }).data;

/** Calls that spend money or change an order; a shipment that is only asked for its rates is none. */
const WRITES = [/^\/v2\/shipments\/[^/]+\/(buy|refund)$/, /^\/fulfillment\/\d+\/orders\/[^/]+\/packages$/];

const writeTimes = (seen: Seen[], since: number): number[] =>
  seen
    .filter(({ method, path }) => method === 'POST' && WRITES.some((write) => write.test(path)))
    .map(({ at }) => Date.parse(at))
    .filter((at) => at > since);

type Both = { ready: SampleOrder[]; coming: SampleOrder[] };

/** What is held back comes again within five minutes of the shop's time. */
async function isWritten(floor: Floor, stage: Stage, { ready, coming }: Both): Promise<boolean> {
  if ((await stage.ledger()).length >= 2 * ready.length + coming.length) return true;
  await passInSteps(floor, stage, { forMs: 5 * MINUTE_MS, stepMs: 5 * MINUTE_MS });
  return false;
}

async function oddOnes(stage: Stage, { ready, coming }: Both): Promise<string[]> {
  const lines = await stage.ledger();
  const effectsOf = (id: string): string =>
    lines
      .filter(({ order }) => order === id)
      .map(({ kind }) => kind)
      .join();
  return [
    ...ready.filter(({ id }) => effectsOf(id) !== 'labelBought,trackingUploaded'),
    ...coming.filter(({ id }) => effectsOf(id) !== 'labelBought'),
  ].map(({ id }) => id);
}
