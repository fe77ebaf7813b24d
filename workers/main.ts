import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { Config } from '../contracts/config';
import { workerWords } from '../words/worker';
import { createLogger, installRuntime } from './logger';
import { portsOf } from './ports';
import { createOrderWorker } from './worker';

/** The worker as a process. With a parent it tells it when it is ready and stops when it is told; else signals stop it. */
async function main(): Promise<void> {
  const config = Config.parse(process.env);
  const logger = createLogger(config.SHIPCLOCK_LOG_LEVEL);
  installRuntime(logger);
  // A profile or TEMPORAL_* variables say where Temporal is: here, in a cluster, or Temporal Cloud.
  const { connectionOptions, namespace = config.TEMPORAL_NAMESPACE } = loadClientConnectConfig();
  const connection = await NativeConnection.connect({
    ...connectionOptions,
    address: connectionOptions.address ?? config.TEMPORAL_ADDRESS,
  });
  const client = new Client({ connection, namespace });
  const worker = await createOrderWorker({
    connection,
    namespace,
    taskQueue: config.SHIPCLOCK_TASK_QUEUE,
    ports: portsOf({ documentsDir: config.SHIPCLOCK_DOCUMENTS_DIR, client, taskQueue: config.SHIPCLOCK_TASK_QUEUE }),
  });
  onStop(() => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  const running = worker.run();
  process.send?.({ ready: true });
  logger.info(workerWords.ready(config.SHIPCLOCK_TASK_QUEUE));
  await running;
  await connection.close();
  logger.info(workerWords.stopped);
}

function onStop(stop: () => void): void {
  const hasParent = process.send !== undefined;
  // The terminal's Ctrl-C reaches every process; with a parent, the parent decides in which order they stop.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, hasParent && signal === 'SIGINT' ? () => undefined : stop);
  process.on('message', (message) => {
    if (message === 'stop') stop();
  });
  process.on('disconnect', stop);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const sentence = workerWords.failed(error instanceof Error ? error.message : String(error));
    process.send?.({ failed: { sentence } });
    process.stderr.write(`${sentence}\n`, () => process.exit(1));
  },
);
