import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { localDocuments } from '../adapters/document-store/local';
import { engineWords } from '../words/engine';
import { findTemporal } from './binary';
import { startChild } from './child';
import type { Child } from './child';
import { giveUpDemo, openDemo } from './demo/demo';
import type { Demo } from './demo/demo';
import { applyConfiguration } from './configuration';
import { fastTimers, virtualClocks } from './dynamic-config';
import { keySettings, prepareKeys } from './embedded-keys';
import type { EmbeddedKeys } from './embedded-keys';
import { takeLock } from './lock';
import type { StateLock } from './lock';
import { setUpNamespace } from './namespace';
import { createParts } from './parts';
import type { Parts } from './parts';
import { requireFreePorts } from './ports';
import { childEnvironment, urlsOf } from './product-addresses';
import type { ProductUrls } from './product-addresses';
import { untilApiIsReady } from './readiness';
import { defaultShopId, openSandboxShop } from './sandbox-shop';
import type { Say } from './say';
import { startServer } from './server';
import { defaultNamespace, host, wantedPorts } from './settings';
import type { EngineSettings } from './settings';
import { moveStateAside, prepareStateFolder, statePaths } from './state-folder';
import type { StatePaths } from './state-folder';

/** Files of the three child processes. */
interface Entries {
  readonly sandbox: string;
  readonly worker: string;
  readonly api: string;
}

export interface ProductOptions {
  readonly projectDir: string;
  readonly settings: EngineSettings;
  readonly env: NodeJS.ProcessEnv;
  /** Begin with nothing: what is there is moved aside. */
  readonly fresh: boolean;
  /** Whether a shop that is opened for the first time gets the orders of the demo; not if left out. */
  readonly hasDemo?: boolean;
  /** Where `shipclock.yaml` is looked for; what it says is applied at every start. Left out: there is none. */
  readonly configFolder?: string;
  readonly say: Say;
  readonly entries?: Entries;
}

/** The whole product on this machine: server, sandbox, worker, API. */
export interface Product {
  /** Settles when the API answers; rejects with a sentence. */
  readonly ready: Promise<ProductUrls>;
  /** Settles with a sentence when a part ends without being asked. */
  readonly broken: Promise<string>;
  /** Stops all parts in order, the API first, the server last; within 15 s. */
  stop(): Promise<void>;
  /** Ends all parts now. */
  kill(): void;
}

/** How long each part may take to stop: together less than the 15 s after which a person presses Ctrl-C again. */
const graceMs = { api: 1_500, worker: 10_000, sandbox: 1_000, server: 2_000 } as const;

/** The shop to try has an account with each. */
const allCarriers = ['easypost', 'shipsaving', 'ups', 'usps'] as const;

const sweepLimitMs = 5_000;

/** A killed engine's children notice within this time; until then their ports are not free. */
const leftOverPortsMs = 5_000;

interface Start extends ProductOptions {
  readonly paths: StatePaths;
  readonly urls: ProductUrls;
  readonly parts: Parts;
}

/** What the parts are started with once the state folder is ours. */
interface Launch extends Start {
  readonly keys: EmbeddedKeys;
}

/** Starts every part, each when the one before is ready, telling every step. */
export function startProduct(options: ProductOptions): Product {
  const parts = createParts();
  const { home } = options.settings;
  const start = { ...options, paths: statePaths(home), urls: urlsOf(options.settings), parts };
  return {
    ready: startAll(start),
    broken: parts.broken,
    stop: () => parts.stop(),
    kill: () => {
      parts.kill();
    },
  };
}

async function startAll(start: Start): Promise<ProductUrls> {
  const { projectDir, env, say, paths, urls, parts } = start;
  await prepareStateFolder(paths);
  const binary = await findTemporal({ env, cacheDir: join(projectDir, '.cache'), say });
  say(engineWords.foundTemporal(binary));
  parts.goOn();
  const lock = await prepareState(start);
  const keys = await prepareKeys({ env, home: paths.home, documentsDir: paths.documents });
  const configured = { ...start, env: await applyConfiguration(start, keys.vault) };
  parts.goOn();
  await startTemporal({ ...configured, keys }, lock, binary);
  parts.goOn();
  const demo = await startChildren({ ...configured, keys }, lock);
  await untilApiIsReady(urls.api);
  say(engineWords.apiAnswers());
  await beginSandboxWatches(urls.api);
  // People may look around meanwhile: what the demo's people do is seen as it happens.
  void demo?.play();
  return urls;
}

/** The sandbox's shop is swept and its accounts are watched like any other's. That they are not changes nothing else: nobody fails for it. */
async function beginSandboxWatches(apiUrl: string): Promise<void> {
  for (const what of ['sweep', 'carriers']) {
    const url = `${apiUrl}/v1/shops/${defaultShopId}/${what}`;
    await fetch(url, { method: 'POST', signal: AbortSignal.timeout(sweepLimitMs) }).catch(() => undefined);
  }
}

async function prepareState({ settings, paths, parts, fresh, say }: Start): Promise<StateLock> {
  const lock = await takeLock(paths.home, paths.database);
  parts.add({ name: 'lock', stop: () => lock.release(), kill: () => undefined });
  await requireFreePorts(host, wantedPorts(settings), lock.wasLeftBehind ? leftOverPortsMs : 0);
  const aside = fresh ? await moveStateAside(paths) : undefined;
  if (aside !== undefined) say(engineWords.movedAside(aside));
  return lock;
}

async function startTemporal(launch: Launch, lock: StateLock, binary: string): Promise<void> {
  const { settings, paths, parts, urls, keys, say } = launch;
  const logFile = join(paths.logs, 'temporal.log');
  const server = startServer({
    binary,
    dbFile: paths.database,
    ip: host,
    port: settings.temporalPort,
    uiPort: settings.temporalUiPort,
    // Its token stands in this process's arguments and in the UI's settings: who reads those can open the UI all the same.
    uiCodecUrl: `${urls.api}/v1/codec/${keys.codecToken}`,
    namespace: defaultNamespace,
    // The shops of this engine are the sandbox's: their orders' clocks are moved, see move-shop.ts.
    dynamicConfig: { ...virtualClocks, ...fastTimers },
    logFile,
  });
  parts.add({
    name: engineWords.part.server,
    gone: server.gone,
    logFile,
    stop: () => server.stop(graceMs.server),
    kill: () => {
      server.kill();
    },
  });
  const { pid, supervisorPid } = await server.ready;
  await lock.remember('supervisor', supervisorPid);
  await lock.remember('server', pid);
  say(engineWords.serverAnswers(server.address));

  const connection = await Connection.connect({ address: server.address });
  await setUpNamespace(connection, { namespace: defaultNamespace });
  await connection.close();
  say(engineWords.namespaceReady(defaultNamespace));
}

async function startChildren(start: Launch, lock: StateLock): Promise<Demo | undefined> {
  const { projectDir, paths, urls, keys, say } = start;
  const entries = start.entries ?? {
    sandbox: join(projectDir, 'sandbox', 'main.ts'),
    worker: join(projectDir, 'workers', 'main.ts'),
    api: join(projectDir, 'api', 'main.ts'),
  };
  await startPart(start, lock, { name: 'sandbox', entry: entries.sandbox });
  const demo = await findDemo(start);
  const where = { sandboxUrl: urls.sandbox, apiUrl: urls.api, documentsDir: paths.documents };
  await openSandboxShop({ ...where, shopId: defaultShopId, vault: keys.vault, carriers: allCarriers });
  say(engineWords.shopOpened(defaultShopId));
  // Begun in this order and stopped in the other; the API is ready long before the worker has bundled its workflows.
  await Promise.all([
    startPart(start, lock, { name: 'worker', entry: entries.worker }),
    startPart(start, lock, { name: 'api', entry: entries.api }).then(() => placeDemo(start, demo)),
  ]);
  return demo;
}

async function findDemo({ hasDemo, paths, urls, say }: Start): Promise<Demo | undefined> {
  const documents = localDocuments(paths.documents);
  if (hasDemo === true)
    return openDemo({ documents, shopId: defaultShopId, apiUrl: urls.api, sandboxUrl: urls.sandbox, say });
  await giveUpDemo(documents);
  return undefined;
}

/** The platform's webhooks need the API alone: the orders are there when the worker comes. */
async function placeDemo({ parts }: Start, demo: Demo | undefined): Promise<void> {
  if (demo === undefined) return;
  parts.add({ name: 'demo', stop: () => demo.stop(), kill: () => undefined });
  await demo.place();
}

interface PartFile {
  readonly name: 'sandbox' | 'worker' | 'api';
  readonly entry: string;
}

/** The sandbox stands for the world outside, which has no keys of ours. */
function environmentOf(start: Launch, part: PartFile['name']): NodeJS.ProcessEnv {
  const { keys } = start;
  const others = Object.entries(childEnvironment(start)).filter(([name]) => !keySettings.includes(name));
  return { ...Object.fromEntries(others), ...(part === 'sandbox' ? {} : keys.env) };
}

async function startPart(start: Launch, lock: StateLock, { name, entry }: PartFile): Promise<Child> {
  start.parts.goOn();
  const logFile = join(start.paths.logs, `${name}.log`);
  const called = engineWords.part[name];
  const child = startChild({ name: called, entry, cwd: start.projectDir, env: environmentOf(start, name), logFile });
  start.parts.add({ name: called, gone: child.gone, logFile, stop: () => child.stop(graceMs[name]), kill: child.kill });
  await Promise.all([child.ready, lock.remember(name, child.pid)]);
  start.say(engineWords.partReady(called));
  return child;
}
