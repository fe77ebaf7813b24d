import { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { effectiveEnvironment } from '../adapters/settings/environment';
import { sayMistakes } from '../adapters/settings/file';
import { Config } from '../contracts/config';
import { codecsWith, keyringOf } from '../engine/codecs';
import { PlainFailure } from '../engine/plain-failure';
import { workerWords } from '../words/worker';
import { keepShops } from './keep-shops';
import { createLogger, installRuntime } from './logger';
import { serveMetrics, workerMetrics, type WorkerMetrics } from './metrics';
import { portsOf } from './ports';
import { createOrderWorker } from './worker';

/** The worker as a process. With a parent it tells it when it is ready and stops when it is told; else signals stop it. */
async function main(): Promise<void> {
  const { config, env } = await configured();
  const logger = createLogger(config.SHIPCLOCK_LOG_LEVEL);
  installRuntime(logger);
  const keyring = keyringOf(env);
  const payloadCodecs = codecsWith(keyring, env);
  // A profile or TEMPORAL_* variables say where Temporal is: here, in a cluster, or Temporal Cloud.
  const { connectionOptions, namespace = config.TEMPORAL_NAMESPACE } = loadClientConnectConfig();
  const connection = await NativeConnection.connect({
    ...connectionOptions,
    address: connectionOptions.address ?? config.TEMPORAL_ADDRESS,
  });
  const client = new Client({ connection, namespace, dataConverter: { payloadCodecs } });
  const metrics = workerMetrics();
  const served = await openMetrics(config, metrics);
  const ports = portsOf({
    documentsDir: config.SHIPCLOCK_DOCUMENTS_DIR,
    ...(config.SHIPCLOCK_DOCUMENTS_URL === undefined ? {} : { documentsUrl: config.SHIPCLOCK_DOCUMENTS_URL }),
    client,
    taskQueue: config.SHIPCLOCK_TASK_QUEUE,
    ...(keyring === undefined ? {} : { keyring }),
    ...(config.SHIPCLOCK_PUBLIC_URL === undefined ? {} : { publicUrl: config.SHIPCLOCK_PUBLIC_URL }),
    count: metrics.count,
  });
  const worker = await createOrderWorker({
    connection,
    namespace,
    taskQueue: config.SHIPCLOCK_TASK_QUEUE,
    payloadCodecs,
    ports,
  });
  onStop(() => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
  });
  const running = worker.run();
  const { SHIPCLOCK_TASK_QUEUE: taskQueue } = config;
  // What is not begun now is begun by the next worker that starts.
  await keepShops({ ...ports, client, taskQueue }).catch((error: unknown) => {
    logger.warn({ err: error }, workerWords.shopsNotKept);
  });
  process.send?.({ ready: true });
  logger.info(workerWords.ready(config.SHIPCLOCK_TASK_QUEUE));
  await running;
  await served?.stop();
  await connection.close();
  logger.info(workerWords.stopped);
}

/** What the environment and the configuration file say. A parent has read the file for us. */
async function configured(): Promise<{ config: Config; env: NodeJS.ProcessEnv }> {
  if (process.send !== undefined) return { config: Config.parse(process.env), env: process.env };
  const effective = await effectiveEnvironment({ env: process.env });
  if ('mistakes' in effective) throw new PlainFailure(sayMistakes(effective.mistakes, effective.path));
  return effective;
}

async function openMetrics(
  { SHIPCLOCK_API_HOST: host, SHIPCLOCK_WORKER_METRICS_PORT: port }: Config,
  metrics: WorkerMetrics,
): Promise<{ stop: () => Promise<void> } | undefined> {
  return port === undefined ? undefined : serveMetrics(metrics, { host, port });
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
    const plain = error instanceof PlainFailure ? error.message : undefined;
    const sentence = plain ?? workerWords.failed(error instanceof Error ? error.message : String(error));
    process.send?.({ failed: { sentence } });
    process.stderr.write(`${sentence}\n`, () => process.exit(1));
  },
);
