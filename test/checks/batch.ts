import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { defaultNamespace } from '../../engine/settings';
import { inBatches } from '../../engine/shop-workflows';
import { countPages } from '../../paper/pages';
import { call } from '../../stories/call';
import type { Stage } from '../../stories/stage';
import { OPEN_ORDERS } from '../../api/order-list';
import type { Floor } from '../support/floor';
import { manyOrders } from '../support/many-orders';
import { untilTrue } from '../support/until';
import { must, type Check } from './check';

const ENTRY = join(__dirname, '..', '..', 'workers', 'main.ts');
/** `SHIPCLOCK_BATCH_ORDERS` and `SHIPCLOCK_BATCH_KILLS` ask for other numbers. */
const ORDERS = { sample: 20, all: 600 } as const;
const KILLS = { sample: 2, all: 10 } as const;
const SEED = 20_261_122;
/** Attempts that died are noticed a minute later, and what they may have bought is looked up another minute after that. */
const PATIENCE_MS = 900_000;

type Answer = { status: string; total: number; settled: number; pieces: number; failures: object[]; printable: number };

/**
 * A batch is gathered while its orders buy their labels, and the worker process is killed again and again at moments that a seed
 * chooses: every order has one label, and every label one page.
 */
export const batch: Check = async (floor, size) => {
  const count = Number(process.env['SHIPCLOCK_BATCH_ORDERS'] ?? ORDERS[size]);
  const kills = Number(process.env['SHIPCLOCK_BATCH_KILLS'] ?? KILLS[size]);
  await floor.stopWorker();
  const stage = await floor.stage();
  const ids = await placed(floor, stage, count);
  const killer = await killing(floor, momentsOf(kills, 2 * count));
  const first = gathering(floor, stage, ids);
  try {
    const path = await first.begin();
    await untilTrue(
      'the batch is through',
      async () => {
        const answer = await first.look();
        await killer.watch((await bought(stage)).length + answer.settled);
        return answer.status === 'done' && killer.left() === 0;
      },
      PATIENCE_MS,
    );
    await mustBeWhole(stage, { ids, path });
    const again = await gatheredAgain(floor, stage, ids);
    return {
      orders: count,
      kills,
      labels: (await bought(stage)).length,
      pages: count,
      secondsToFirstFile: first.secondsToFirst(),
      secondsToAll: first.seconds(),
      ...again,
    };
  } finally {
    await killer.stop();
    await floor.startWorker();
  }
};

async function placed({ client }: Floor, stage: Stage, count: number): Promise<string[]> {
  const orders = manyOrders(count, { createdAt: (await stage.now()) - 60_000, status: 'AWAITING_SHIPMENT' });
  await inBatches(orders, (order) => stage.control('PUT', `/orders/${order.id}`, order));
  const query = `${OPEN_ORDERS} AND ShopId = '${stage.shopId}'`;
  await untilTrue('every order is open', async () => (await client.workflow.count(query)).count >= count, PATIENCE_MS);
  return orders.map(({ id }) => id);
}

const bought = async (stage: Stage): Promise<string[]> =>
  (await stage.ledger()).filter(({ kind }) => kind === 'labelBought').map(({ order }) => order ?? '');

/** Moments by how much is done: labels bought and members settled, out of `whole`. The same seed makes the same moments. */
function momentsOf(kills: number, whole: number): number[] {
  let state = SEED;
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x80000000;
  return Array.from({ length: kills }, () => Math.floor(next() * whole * 0.95)).sort((a, b) => a - b);
}

type Killer = { watch: (done: number) => Promise<void>; left: () => number; stop: () => Promise<void> };

/** A worker process that is killed at each moment, and started anew. */
async function killing(floor: Floor, moments: number[]): Promise<Killer> {
  let worker = await startWorkerProcess(floor);
  const kill = async (): Promise<void> => {
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  };
  return {
    watch: async (done) => {
      const [moment = Infinity] = moments;
      if (done < moment) return;
      moments.shift();
      floor.say(`kill at ${done}, ${moments.length} left`);
      await kill();
      worker = await startWorkerProcess(floor);
    },
    left: () => moments.length,
    stop: kill,
  };
}

type Gathering = {
  begin: () => Promise<string>;
  look: () => Promise<Answer>;
  secondsToFirst: () => number;
  seconds: () => number;
};

function gathering({ apiUrl }: Floor, { shopId }: Stage, orders: string[]): Gathering {
  let path = '';
  let [begunAt, firstAt, lastAt] = [0, 0, 0];
  const since = (at: number): number => Math.round((at - begunAt) / 100) / 10;
  return {
    begin: async () => {
      begunAt = Date.now();
      const { batchId } = await call<{ batchId: string }>('POST', `${apiUrl}/v1/shops/${shopId}/batches`, { orders });
      path = `${apiUrl}/v1/shops/${shopId}/batches/${batchId}`;
      return path;
    },
    look: async () => {
      const answer = await call<Answer>('GET', path);
      lastAt = Date.now();
      if (firstAt === 0 && answer.pieces > 0) firstAt = lastAt;
      return answer;
    },
    secondsToFirst: () => since(firstAt),
    seconds: () => since(lastAt),
  };
}

async function mustBeWhole(stage: Stage, { ids, path }: { ids: string[]; path: string }): Promise<void> {
  const { failures } = await call<Answer>('GET', path);
  must('orders without a label', failures, []);
  must('labels bought, by order', (await bought(stage)).sort(), [...ids].sort());
  must('pages', await pagesAt(`${path}/labels.pdf`), { pages: ids.length, printedBefore: null });
  const last = `${path}/labels.pdf?from=${ids.length - 1}`;
  must('pages of a reprint', await pagesAt(last), { pages: 2, printedBefore: `${ids.length - 1}-${ids.length}` });
  must('labels after all of it', (await bought(stage)).length, ids.length);
}

async function pagesAt(url: string): Promise<{ pages: number; printedBefore: string | null }> {
  const response = await fetch(url);
  must(url, response.status, 200);
  const pages = await countPages(new Uint8Array(await response.arrayBuffer()));
  return { pages, printedBefore: response.headers.get('X-Printed-Before') };
}

/** The same orders once more with nobody killed: how long somebody stands at the printer. */
async function gatheredAgain(floor: Floor, stage: Stage, ids: string[]): Promise<Record<string, number>> {
  const again = gathering(floor, stage, ids);
  await again.begin();
  await untilTrue('the second batch is through', async () => (await again.look()).status === 'done', PATIENCE_MS);
  must('labels after the second batch', (await bought(stage)).length, ids.length);
  return { againSecondsToFirstFile: again.secondsToFirst(), againSecondsToAll: again.seconds() };
}

async function startWorkerProcess({ taskQueue, documentsDir }: Floor): Promise<ChildProcess> {
  const child = fork(ENTRY, {
    execArgv: ['--require', 'tsx/cjs'],
    silent: true,
    env: {
      ...process.env,
      TEMPORAL_ADDRESS: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '',
      TEMPORAL_NAMESPACE: defaultNamespace,
      SHIPCLOCK_TASK_QUEUE: taskQueue,
      SHIPCLOCK_DOCUMENTS_DIR: documentsDir,
      SHIPCLOCK_KEYS_FILE: join(documentsDir, 'keys.json'),
      // The floor's own client reads its orders' histories as they are.
      SHIPCLOCK_ENCRYPTION: 'off',
    },
  });
  const [message] = (await once(child, 'message')) as [{ ready?: boolean }];
  must('the worker process is ready', message.ready, true);
  return child;
}
