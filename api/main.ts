import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Logger } from 'pino';
import { localDocuments } from '../adapters/document-store/local';
import { shopDirectory } from '../adapters/document-store/shops';
import { Config } from '../contracts/config';
import { logWords, processWords } from '../words/api';
import { createApp } from './app';
import { createLogger } from './logger';
import { playedClock } from './played-clock';
import { PlainProblem } from './plain-problem';
import { serve } from './serve';

/** The server starts beside us; a cluster that is not there within this time is another mistake. */
const CONNECT_WITHIN_MS = 60_000;
const CONNECT_AGAIN_MS = 500;

/** The order API as a process. A parent hears when it is ready and orders its stop; without one, signals do. */
async function main(): Promise<void> {
  const stopped = stopOrdered();
  const config = readConfig(process.env);
  const logger = createLogger(config.SHIPCLOCK_LOG_LEVEL);
  // A profile or TEMPORAL_* variables say where Temporal is: here, in a cluster, or Temporal Cloud.
  const { connectionOptions, namespace = config.TEMPORAL_NAMESPACE } = loadClientConnectConfig();
  const address = connectionOptions.address ?? config.TEMPORAL_ADDRESS;
  const connection = await Promise.race([connect({ ...connectionOptions, address }, logger), stopped]);
  if (connection === undefined) return;
  const documents = localDocuments(config.SHIPCLOCK_DOCUMENTS_DIR);
  const findShop = shopDirectory(documents);
  const sandboxUrl = config.SHIPCLOCK_SANDBOX_URL;
  const app = createApp({
    client: new Client({ connection, namespace }),
    namespace,
    taskQueue: config.SHIPCLOCK_TASK_QUEUE,
    findShop,
    documents,
    sandboxUrl,
    startFields: playedClock({ findShop, sandboxUrl }),
    temporalUiUrl: config.SHIPCLOCK_TEMPORAL_UI_URL,
    logger,
  });
  const { url, stop } = await serve(app, { host: config.SHIPCLOCK_API_HOST, port: config.SHIPCLOCK_API_PORT });
  logger.info({ url }, logWords.listening);
  process.send?.({ ready: true, url });
  await stopped;
  logger.info(logWords.stopping);
  await stop();
  await connection.close();
}

function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Config.safeParse(environment);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PlainProblem(processWords.wrongSetting(String(issue?.path[0]), issue?.message ?? ''));
}

async function connect(options: ConnectionOptions & { address: string }, logger: Logger): Promise<Connection> {
  const until = Date.now() + CONNECT_WITHIN_MS;
  for (;;) {
    try {
      return await Connection.connect({ ...options, connectTimeout: '5 s' });
    } catch (error) {
      if (Date.now() > until) throw new PlainProblem(processWords.noTemporal(options.address));
      logger.debug({ err: error, address: options.address }, logWords.noTemporalYet);
      await pause(CONNECT_AGAIN_MS);
    }
  }
}

/** Settles when a stop is ordered. */
function stopOrdered(): Promise<undefined> {
  const hasParent = process.send !== undefined;
  return new Promise((resolve) => {
    // The terminal's Ctrl-C reaches every process; with a parent, the parent decides in which order they stop.
    const stop = (): void => resolve(undefined);
    process.on('SIGINT', hasParent ? () => undefined : stop);
    process.on('SIGTERM', stop);
    process.on('disconnect', stop);
    process.on('message', (message) => {
      if (message === 'stop') stop();
    });
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const plain = error instanceof PlainProblem ? error.message : undefined;
    const sentence = plain ?? processWords.failed(error instanceof Error ? error.message : String(error));
    process.send?.({ failed: { sentence } });
    // A bug is told with its stack: nobody can do anything about it without.
    const text = plain ?? (error instanceof Error ? error.stack : sentence);
    process.stderr.write(`${text ?? sentence}\n`, () => process.exit(1));
  },
);
