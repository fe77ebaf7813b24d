import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import pino, { type Logger } from 'pino';
import { localDocuments } from '../../adapters/document-store/local';
import { shopDirectory } from '../../adapters/document-store/shops';
import { createApp } from '../../api/app';
import { apiMetrics } from '../../api/metrics';
import { playedClock } from '../../api/played-clock';
import { defaultNamespace } from '../../engine/settings';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { openStage, type Stage, type StageConnection } from '../../stories/stage';
import { installRuntime } from '../../workers/logger';
import { workerMetrics, type WorkerMetrics } from '../../workers/metrics';
import { portsOf } from '../../workers/ports';
import { keyringIn } from './keys';
import { createOrderWorker } from '../../workers/worker';

/** The whole product in one process, on the suite's Temporal server, with a task queue and documents of its own. */
export type Floor = StageConnection & {
  taskQueue: string;
  sandbox: Sandbox;
  native: NativeConnection;
  logLines: string[];
  /** What the worker tells of itself. */
  workerMetrics: () => Promise<string>;
  stage: () => Promise<Stage>;
  startWorker: () => Promise<void>;
  stopWorker: () => Promise<void>;
  close: () => Promise<void>;
};

const address = (): string => {
  const known = process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'];
  if (known === undefined) throw new Error("the suite's Temporal server is missing: run the tests with npm test");
  return known;
};

export async function openFloor(): Promise<Floor> {
  const documentsDir = await mkdtemp(join(tmpdir(), 'shipclock-floor-'));
  // As short as the product's own: a task queue's name stands in every other event.
  const taskQueue = `t-${randomUUID().slice(0, 7)}`;
  const logLines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void logLines.push(line) });
  installRuntime(logger);
  const connection = await Connection.connect({ address: address() });
  const native = await NativeConnection.connect({ address: address() });
  const client = new Client({ connection, namespace: defaultNamespace });
  const sandbox = await startSandbox({ port: 0 });
  const api = await startApi({ client, taskQueue, sandboxUrl: sandbox.url, documentsDir, logger });
  const metrics = workerMetrics();
  const worker = workerOf({ native, client, taskQueue, documentsDir, metrics });
  await worker.start();
  const shared: StageConnection = {
    apiUrl: api.url,
    sandboxUrl: sandbox.url,
    documentsDir,
    client,
    say: () => undefined,
  };
  return {
    ...shared,
    taskQueue,
    sandbox,
    native,
    logLines,
    workerMetrics: async () => (await metrics.text()).body,
    stage: () => openStage(shared),
    startWorker: worker.start,
    stopWorker: worker.stop,
    close: async () => {
      await api.close();
      await worker.stop();
      await sandbox.close();
      await native.close();
      await connection.close();
      // An attempt that was given up may still write.
      await rm(documentsDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

type ApiWish = { client: Client; taskQueue: string; sandboxUrl: string; documentsDir: string; logger: Logger };

async function startApi({ documentsDir, ...wish }: ApiWish): Promise<{ url: string; close: () => Promise<void> }> {
  const documents = localDocuments(documentsDir);
  const findShop = shopDirectory(documents);
  const metrics = apiMetrics();
  const app = createApp({
    ...wish,
    namespace: defaultNamespace,
    findShop,
    documents,
    metrics,
    count: metrics.count,
    startFields: playedClock({ findShop, sandboxUrl: wish.sandboxUrl }),
    temporalUiUrl: 'http://127.0.0.1:8233',
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type WorkerWish = {
  native: NativeConnection;
  client: Client;
  taskQueue: string;
  documentsDir: string;
  metrics: WorkerMetrics;
};

function workerOf({ native, client, taskQueue, documentsDir, metrics }: WorkerWish): {
  start: () => Promise<void>;
  stop: () => Promise<void>;
} {
  let running: { worker: Worker; ended: Promise<void> } | undefined;
  return {
    start: async () => {
      const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'];
      const worker = await createOrderWorker({
        connection: native,
        namespace: defaultNamespace,
        taskQueue,
        ports: portsOf({
          ...{ documentsDir, client, taskQueue, count: metrics.count },
          keyring: await keyringIn(documentsDir),
        }),
        ...(codePath === undefined ? {} : { workflowBundle: { codePath } }),
      });
      const ended = worker.run();
      // Whoever stops it hears of an early end; until then that is no news.
      ended.catch(() => undefined);
      running = { worker, ended };
    },
    stop: async () => {
      if (running === undefined) return;
      const { worker, ended } = running;
      running = undefined;
      worker.shutdown();
      await ended;
    },
  };
}
