import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sampleOrder } from '../../stories/sample-order';
import { defaultNamespace } from '../../engine/settings';
import type { Floor } from '../support/floor';
import { untilTrue } from '../support/until';
import { must, type Check } from './check';

const ENTRY = join(__dirname, '..', '..', 'workers', 'main.ts');
/** The killed attempt is noticed when its own time is up, 60 s after it began. */
const PATIENCE_MS = 120_000;

/** A worker killed between the purchase and the provider's reply costs one label. */
export const workerKill: Check = async (floor) => {
  await floor.stopWorker();
  const first = await startWorkerProcess(floor);
  const stage = await floor.stage();
  await stage.control('POST', '/faults', { route: 'easypost.buy', kind: 'commitThenHang', times: 1 });
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.control('PUT', `/orders/${order.id}`, order);
  await untilTrue('the purchase is made', async () => (await stage.ledger()).length === 1);
  first.kill('SIGKILL');
  await once(first, 'exit');
  await floor.startWorker();
  const begun = Date.now();
  await untilTrue(
    'the label is known',
    // Until the server notices that the worker is gone, it asks the dead one.
    async () => (await stage.view(order.id).catch(() => undefined))?.packages['1']?.label.status === 'bought',
    PATIENCE_MS,
  );
  const seconds = Math.round((Date.now() - begun) / 1_000);
  await stage.person(order.id, 'packed');
  must(
    'effects',
    (await stage.ledger()).map(({ kind }) => kind),
    ['labelBought', 'trackingUploaded'],
  );
  return { kills: 1, labels: 1, secondsUntilKnown: seconds };
};

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
