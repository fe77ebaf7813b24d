import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createActivities, type Activities, type AllPorts } from '../../activities';
import { Shop } from '../../contracts/shop';
import type { Answer } from '../../domain/order/event';
import { freePort } from '../../engine/ports';
import { host } from '../../engine/settings';
import { portsOf } from '../../workers/ports';
import type { Floor } from '../support/floor';
import { keyringIn } from '../support/keys';
import { must } from './check';
import { PAID_CALL, type Case, type Outcome } from './purchase-cases';
import { openPurchaseShop, type PurchaseShop } from './purchase-shop';

/** More than any purchase needs that meets two faults. */
const MOST_ATTEMPTS = 12;
const MOST_WAITED_MS = 180_000;
const LEASE_LOOK_MS = 500;
/** What the lease says where two attempts would call at once. */
const LEASED = 'another attempt is at it';

const KINDS = {
  before: 'html502',
  hang: 'hang',
  commitThenCut: 'commitThenCut',
  commitThen502: 'commitThen502',
} as const;

/**
 * One purchase by the real activities and adapters against the sandbox over HTTP, repeated as Temporal would repeat it, but without
 * the waits between the attempts.
 */
export async function playCase(floor: Floor, one: Case & { point: keyof typeof KINDS }): Promise<Outcome> {
  const { seller, point, seed, faults, attempt, hasTwin } = one;
  const shop = await openPurchaseShop(floor, seller, one.weightOz);
  const orderId = await shop.place({ isSilent: true });
  // Every other time nobody listens where the seller should be: then not even the reading before the purchase comes through.
  const isRefused = point === 'before' && seed % 2 === 1;
  const first = await workerIn(floor, isRefused ? faults : 0);
  const about = { shopId: shop.shopId, orderId, at: await nowOf(shop), package: '1', attempt };
  await run(first.activities, 'loadOrder', { ...about, first: true, plan: true });
  const prepared = await run(first.activities, 'prepareLabel', about);
  if (prepared.kind !== 'prepared') throw new Error(`${seller} ${point} ${seed}: ${JSON.stringify(prepared)}`);
  if (!isRefused)
    await shop.control('POST', '/faults', { route: PAID_CALL[seller], kind: KINDS[point], times: faults });
  first.breakOff();
  const input = { ...about, handle: prepared.handle };
  const twins = hasTwin ? [first, await workerIn(floor, 0)] : [first];
  const ends = await Promise.all(twins.map(({ activities }) => buyUntilOver(activities, input)));
  must(`${seller} ${point} ${seed}: an end`, ends.includes('open'), false);
  return { labels: await shop.paid(orderId), isTask: ends.includes('task') };
}

const nowOf = async ({ control }: PurchaseShop): Promise<number> =>
  (await control<{ now: number }>('GET', '/clock')).now;

type End = 'bought' | 'task' | 'other' | 'open';

async function buyUntilOver(activities: Activities, input: object): Promise<End> {
  const until = Date.now() + MOST_WAITED_MS;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS && Date.now() < until; attempt += 1) {
    try {
      const { kind } = await run(activities, 'buyLabel', input, attempt);
      if (kind === 'bought') return 'bought';
      return kind === 'refused' ? 'task' : 'other';
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      if (error.nonRetryable === true) return 'task';
      if (!error.message.includes(LEASED)) continue;
      // The one wait that is by the clock: another attempt is under way, and ends within its own deadline.
      await pause(LEASE_LOOK_MS);
      attempt -= 1;
    }
  }
  return 'open';
}

/** Each hit attempt fails, as it should: the table says what came of it. */
const SILENT = new DefaultLogger('ERROR', () => undefined);

type Step = 'loadOrder' | 'prepareLabel' | 'buyLabel';

const run = (activities: Activities, step: Step, ...[input, attempt = 1]: [unknown, number?]): Promise<Answer> =>
  new MockActivityEnvironment({ attempt }, { logger: SILENT }).run(
    activities[step] as (input: unknown) => Promise<Answer>,
    input,
  );

/** What a worker has read lives in it: a second one reads for itself. `breakOff`: from now on so many readings lead nowhere. */
type OneWorker = { activities: Activities; breakOff: () => void };

async function workerIn({ documentsDir, client, taskQueue }: Floor, brokenReadings: number): Promise<OneWorker> {
  const ports = portsOf({ documentsDir, client, taskQueue, keyring: await keyringIn(documentsDir) });
  const nowhere = `http://${host}:${await freePort(host)}`;
  let left = 0;
  const findShop: AllPorts['findShop'] = async (shopId) => {
    const shop = await ports.findShop(shopId);
    if (shop === undefined || left === 0) return shop;
    left -= 1;
    return elsewhere(shop, nowhere);
  };
  return {
    activities: createActivities({ ...ports, findShop }),
    breakOff: () => {
      left = brokenReadings;
    },
  };
}

function elsewhere(shop: Shop, baseUrl: string): Shop {
  const carriers = Object.entries(shop.carriers).map(([name, account]) => [name, { ...account, baseUrl }]);
  return Shop.parse({
    ...shop,
    platform: { ...shop.platform, baseUrl },
    carriers: Object.fromEntries(carriers) as unknown,
  });
}
