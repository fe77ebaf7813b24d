import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { findTemporal } from '../../engine/binary';
import { startChild } from '../../engine/child';
import { fastTimers, virtualClocks } from '../../engine/dynamic-config';
import { keySettings, prepareKeys, type EmbeddedKeys } from '../../engine/embedded-keys';
import { setUpNamespace } from '../../engine/namespace';
import { freePort } from '../../engine/ports';
import { childEnvironment, urlsOf, type ProductUrls } from '../../engine/product-addresses';
import { startServer } from '../../engine/server';
import { defaultNamespace, host, type EngineSettings } from '../../engine/settings';
import { prepareStateFolder, statePaths, type StatePaths } from '../../engine/state-folder';

/** The processes that are killed. The sandbox is not among them: it is the judge. */
export const PARTS = ['temporal', 'worker', 'api'] as const;
export type PartName = (typeof PARTS)[number];

/** A process that answers, and how it is ended without a word. */
export type Running = { kill: () => void; gone: Promise<void> };

/** Starts a part on the same database, documents and ports, as often as it is asked to. */
export type Starter = (part: PartName | 'sandbox') => Promise<Running>;

export type Ground = { start: Starter; urls: ProductUrls; paths: StatePaths; keys: EmbeddedKeys };

const projectDir = join(__dirname, '..', '..');

/** A state folder with ports and keys of its own, on which the product's processes are started one by one. */
export async function prepareGround(home: string, say: (line: string) => void): Promise<Ground> {
  const settings: EngineSettings = {
    home,
    apiPort: await freePort(host),
    sandboxPort: await freePort(host),
    temporalPort: await freePort(host),
    temporalUiPort: await freePort(host),
  };
  const [paths, urls] = [statePaths(home), urlsOf(settings)];
  await prepareStateFolder(paths);
  const keys = await prepareKeys({ env: {}, home, documentsDir: paths.documents });
  const binary = await findTemporal({ env: process.env, cacheDir: join(projectDir, '.cache'), say });
  const around = childEnvironment({ env: process.env, settings, paths, urls });
  const startPart = async (name: 'worker' | 'api' | 'sandbox'): Promise<Running> => {
    const others = Object.entries(around).filter(([setting]) => !keySettings.includes(setting));
    // What speaks plainly to Temporal in here must be able to read histories.
    const ours = { ...keys.env, SHIPCLOCK_ENCRYPTION: 'off', SHIPCLOCK_LOG_LEVEL: 'warn' };
    const child = startChild({
      name,
      entry: join(projectDir, FOLDERS[name], 'main.ts'),
      cwd: projectDir,
      env: { ...Object.fromEntries(others), ...(name === 'sandbox' ? {} : ours) },
      logFile: join(paths.logs, `${name}.log`),
    });
    await child.ready;
    return child;
  };
  return {
    ...{ urls, paths, keys },
    start: (part) => (part === 'temporal' ? startTemporal({ binary, settings, paths }) : startPart(part)),
  };
}

const FOLDERS = { worker: 'workers', api: 'api', sandbox: 'sandbox' } as const;

type TemporalWish = { binary: string; settings: EngineSettings; paths: StatePaths };

/** The server itself is killed, not its supervisor: nothing has the time to close the database. */
async function startTemporal({ binary, settings, paths }: TemporalWish): Promise<Running> {
  const server = startServer({
    binary,
    dbFile: paths.database,
    ip: host,
    port: settings.temporalPort,
    namespace: defaultNamespace,
    dynamicConfig: { ...virtualClocks, ...fastTimers },
    logFile: join(paths.logs, 'temporal.log'),
  });
  const { pid } = await server.ready;
  const connection = await Connection.connect({ address: server.address });
  await setUpNamespace(connection, { namespace: defaultNamespace });
  await connection.close();
  return { gone: server.gone, kill: () => void process.kill(pid, 'SIGKILL') };
}
