import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Logger } from 'pino';
import { codecTokenOf } from '../adapters/document-store/codec-token';
import { openDocuments } from '../adapters/document-store/open';
import { shopDirectory } from '../adapters/document-store/shops';
import { vaultOf } from '../adapters/document-store/vault';
import { effectiveEnvironment } from '../adapters/settings/environment';
import { sayMistakes } from '../adapters/settings/file';
import { Config } from '../contracts/config';
import { codecsWith, keyringOf } from '../engine/codecs';
import { PlainFailure } from '../engine/plain-failure';
import { logWords, processWords } from '../words/api';
import { createApp } from './app';
import type { ApiDeps } from './deps';
import { createLogger } from './logger';
import { apiMetrics } from './metrics';
import { playedClock } from './played-clock';
import { PlainProblem } from './plain-problem';
import { createPublicApp } from './public-app';
import { serve, type Serving } from './serve';

/** The server starts beside us; a cluster that is not there within this time is another mistake. */
const CONNECT_WITHIN_MS = 60_000;
const CONNECT_AGAIN_MS = 500;

/** The order API as a process. A parent hears when it is ready and orders its stop; without one, signals do. */
async function main(): Promise<void> {
  const stopped = stopOrdered();
  const { config, env } = await configured();
  const keyring = keyringOf(env);
  const logger = createLogger(config.SHIPCLOCK_LOG_LEVEL);
  // A profile or TEMPORAL_* variables say where Temporal is: here, in a cluster, or Temporal Cloud.
  const { connectionOptions, namespace = config.TEMPORAL_NAMESPACE } = loadClientConnectConfig();
  const address = connectionOptions.address ?? config.TEMPORAL_ADDRESS;
  const connection = await Promise.race([connect({ ...connectionOptions, address }, logger), stopped]);
  if (connection === undefined) return;
  const { SHIPCLOCK_DOCUMENTS_DIR: dir, SHIPCLOCK_DOCUMENTS_URL: store } = config;
  const documents = openDocuments({ dir, url: store, env });
  const vault = vaultOf(documents, keyring);
  const findShop = shopDirectory({ documents, vault });
  const payloadCodecs = codecsWith(keyring, env);
  const temporalUiUrl = config.SHIPCLOCK_TEMPORAL_UI_URL;
  const sandboxUrl = config.SHIPCLOCK_SANDBOX_URL;
  const metrics = apiMetrics();
  const deps: ApiDeps = {
    client: new Client({ connection, namespace, dataConverter: { payloadCodecs } }),
    namespace,
    taskQueue: config.SHIPCLOCK_TASK_QUEUE,
    findShop,
    documents,
    sandboxUrl,
    ...(config.SHIPCLOCK_PUBLIC_URL === undefined ? {} : { publicUrl: config.SHIPCLOCK_PUBLIC_URL }),
    startFields: playedClock({ findShop, sandboxUrl }),
    temporalUiUrl,
    logger,
    metrics,
    count: metrics.count,
    // Without keys there is nothing to decode, and nowhere to keep a token.
    ...(keyring === undefined
      ? {}
      : { vault, codec: { codecs: payloadCodecs, token: await codecTokenOf(vault), temporalUiUrl } }),
  };
  requirePrivate(config);
  const publicDoor = await openPublicDoor(config, deps);
  const { url, stop } = await serve(createApp({ ...deps, isOpen: config.SHIPCLOCK_API_OPEN !== undefined }), {
    host: config.SHIPCLOCK_API_HOST,
    port: config.SHIPCLOCK_API_PORT,
  });
  logger.info({ url }, logWords.listening);
  process.send?.({ ready: true, url });
  await stopped;
  logger.info(logWords.stopping);
  await Promise.all([stop(), publicDoor?.stop()]);
  await connection.close();
}

/** There is no sign-in yet: whoever reaches the API may order anything. */
function requirePrivate({ SHIPCLOCK_API_HOST: host, SHIPCLOCK_API_OPEN: isOpen }: Config): void {
  if (isOpen === undefined && !LOOPBACK.test(host)) throw new PlainProblem(processWords.notPrivate(host));
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** What may stand open to the net is a server of its own, so that no mistake in a proxy shows the rest. */
async function openPublicDoor(config: Config, deps: ApiDeps): Promise<Serving | undefined> {
  const { SHIPCLOCK_PUBLIC_HOST: host, SHIPCLOCK_PUBLIC_PORT: port } = config;
  if (port === undefined) return undefined;
  const door = await serve(createPublicApp(deps), { host, port });
  deps.logger.info({ url: door.url }, logWords.publicDoor);
  return door;
}

/** What the environment and the configuration file say. A parent has read the file for us. */
async function configured(): Promise<{ config: Config; env: NodeJS.ProcessEnv }> {
  if (process.send !== undefined) return { config: readConfig(process.env), env: process.env };
  const effective = await effectiveEnvironment({ env: process.env });
  if ('mistakes' in effective) throw new PlainProblem(sayMistakes(effective.mistakes, effective.path));
  return effective;
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
    const isPlain = error instanceof PlainProblem || error instanceof PlainFailure;
    const plain = isPlain ? error.message : undefined;
    const sentence = plain ?? processWords.failed(error instanceof Error ? error.message : String(error));
    process.send?.({ failed: { sentence } });
    // A bug is told with its stack: nobody can do anything about it without.
    const text = plain ?? (error instanceof Error ? error.stack : sentence);
    process.stderr.write(`${text ?? sentence}\n`, () => process.exit(1));
  },
);
