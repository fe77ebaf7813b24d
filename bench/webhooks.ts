import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultNamespace } from '../engine/settings';
import { inBatches } from '../engine/shop-workflows';
import type { Stage } from '../stories/stage';
import type { Floor } from '../test/support/floor';
import { manyOrders } from '../test/support/many-orders';
import { post, signerOf, type Answered, type Delivery } from '../test/support/webhook-senders';
import type { Figures } from './bench';

const PER_SECOND = 60;
const SECONDS = 60;
const SENDERS = 5;
/** Each is told of twelve times: two notices, three copies each, and each copy a second time under another id. */
const ORDERS = 300;
const COPIES = 3;
const SETTLE_MS = 30_000;
const HOUR_MS = 3_600_000;
const HTTP_OK = 200;

/**
 * How the API answers 60 signed webhooks a second for a minute, from five senders, while the orders that they open are planned and
 * their labels bought by a worker, a process of its own as in the product. An answer's time counts from the instant at which its webhook was due, so
 * that one slow answer does not hide those behind it. `queuedAfter30s`: tasks that wait for a worker half a minute after the last
 * webhook; `unlabelledAfter30s`: orders whose label is not bought by then.
 */
export async function webhooks(floor: Floor): Promise<Figures> {
  await floor.stopWorker();
  const worker = await startWorkerProcess(floor);
  try {
    return await storm(floor);
  } finally {
    worker.kill('SIGTERM');
  }
}

async function storm(floor: Floor): Promise<Figures> {
  const stage = await floor.stage();
  const deliveries = await deliveriesOf(floor, stage);
  const url = `${floor.apiUrl}/v1/webhooks/tiktok/${stage.shopId}`;
  const begunAt = performance.now();
  const answers = await sendPaced(url, deliveries);
  const seconds = (performance.now() - begunAt) / 1_000;
  floor.say(`${answers.length} webhooks in ${seconds.toFixed(1)} s`);
  await pause(SETTLE_MS);
  const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const labels = (await stage.ledger()).filter(({ kind }) => kind === 'labelBought').length;
  return {
    webhooks: answers.length,
    orders: ORDERS,
    senders: SENDERS,
    perSecond: Number((answers.length / seconds).toFixed(1)),
    answerP50Ms: quantile(times, 0.5),
    answerP99Ms: quantile(times, 0.99),
    answerMaxMs: quantile(times, 1),
    refused: answers.filter(({ status }) => status !== HTTP_OK).length,
    queuedAfter30s: await backlogOf(floor),
    unlabelledAfter30s: ORDERS - labels,
  };
}

const WORKER = join(__dirname, '..', 'workers', 'main.ts');

async function startWorkerProcess({ taskQueue, documentsDir }: Floor): Promise<ChildProcess> {
  const child = fork(WORKER, {
    execArgv: ['--require', 'tsx/cjs'],
    silent: true,
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '',
      TEMPORAL_NAMESPACE: defaultNamespace,
      SHIPCLOCK_TASK_QUEUE: taskQueue,
      SHIPCLOCK_DOCUMENTS_DIR: documentsDir,
      SHIPCLOCK_KEYS_FILE: join(documentsDir, 'keys.json'),
      // The floor's own clients speak plainly.
      SHIPCLOCK_ENCRYPTION: 'off',
    },
  });
  // What it logs is read and dropped: a full pipe would stop it.
  child.stdout?.resume();
  child.stderr?.resume();
  const [message] = (await once(child, 'message')) as [{ ready?: boolean; failed?: { sentence: string } }];
  if (message.ready !== true) throw new Error(message.failed?.sentence ?? 'the worker process did not start');
  return child;
}

async function deliveriesOf(floor: Floor, stage: Stage): Promise<Delivery[]> {
  const createdAt = (await stage.now()) - 2 * HOUR_MS;
  const orders = manyOrders(ORDERS, { createdAt, status: 'AWAITING_SHIPMENT' });
  await inBatches(orders, (order) => stage.control('PUT', `/orders/${order.id}?silent=true`, order));
  const sign = await signerOf(stage, floor);
  const ofOne = (id: string): Delivery[] =>
    [
      { status: 'ON_HOLD', at: createdAt },
      { status: 'AWAITING_SHIPMENT', at: createdAt + HOUR_MS },
    ].flatMap((notice) => [sign(id, notice), sign(id, notice)].flatMap((one) => Array<Delivery>(COPIES).fill(one)));
  // Five orders are opened in each second; what is told of one is spread over the next seconds.
  const told = orders.map(({ id }) => ofOne(id));
  const spread = told.flatMap((ofOrder, order) =>
    ofOrder.map((delivery, at) => ({ delivery, turn: order + at * SENDERS })),
  );
  return spread
    .sort((a, b) => a.turn - b.turn)
    .map(({ delivery }) => delivery)
    .slice(0, PER_SECOND * SECONDS);
}

/** Each webhook at its own instant, whatever became of those before it. */
async function sendPaced(url: string, deliveries: readonly Delivery[]): Promise<Answered[]> {
  const answers: Answered[] = [];
  const begunAt = performance.now();
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let turn = next++; turn < deliveries.length; turn = next++) {
      const dueAt = begunAt + (turn * 1_000) / PER_SECOND;
      await pause(Math.max(0, dueAt - performance.now()));
      const { status } = await post(url, deliveries[turn] as Delivery);
      answers.push({ status, ms: performance.now() - dueAt });
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return answers;
}

const quantile = (sorted: readonly number[], share: number): number =>
  Number((sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0).toFixed(1));

/** Numbers of temporal.api.enums.v1.TaskQueueType; the enum is in a package that is not ours to import. */
const QUEUES = [1, 2] as unknown as QueueType[];
type QueueType = NonNullable<Parameters<Floor['client']['workflowService']['describeTaskQueue']>[0]['taskQueueType']>;

async function backlogOf({ client, taskQueue }: Floor): Promise<number> {
  let waiting = 0;
  for (const taskQueueType of QUEUES) {
    const { stats } = await client.workflowService.describeTaskQueue({
      namespace: defaultNamespace,
      taskQueue: { name: taskQueue },
      taskQueueType,
      reportStats: true,
    });
    waiting += Number(stats?.approximateBacklogCount ?? 0);
  }
  return waiting;
}
