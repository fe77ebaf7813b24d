import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { findTemporal } from '../../engine/binary';
import { fastTimers, virtualClocks } from '../../engine/dynamic-config';
import { setUpNamespace } from '../../engine/namespace';
import { freePort } from '../../engine/ports';
import { startServer } from '../../engine/server';
import type { StartedServer } from '../../engine/server';
import { defaultNamespace, host } from '../../engine/settings';
import { bundleOrders } from '../../workers/worker';
import { keepSuite } from './suite';

const projectDir = join(__dirname, '..', '..');

/** One real Temporal server and one workflow bundle for the whole suite; each test has its own task queue and shop. */
export default async function globalSetup(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'shipclock-test-'));
  const metricsPort = await freePort(host);
  const [server, bundle] = await Promise.all([serve(folder, metricsPort), bundleWorkflows(folder)]);
  keepSuite({ server, folder });
  process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] = server.address;
  process.env['SHIPCLOCK_TEST_METRICS_URL'] = `http://${host}:${metricsPort}/metrics`;
  process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] = bundle;
}

async function serve(folder: string, metricsPort: number): Promise<StartedServer> {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  const binary = await findTemporal({ env: process.env, cacheDir: join(projectDir, '.cache'), say });
  const server = startServer({
    binary,
    ip: host,
    port: await freePort(host),
    metricsPort,
    namespace: defaultNamespace,
    dynamicConfig: { ...virtualClocks, ...fastTimers },
    logFile: join(folder, 'temporal.log'),
  });
  await server.ready;
  const connection = await Connection.connect({ address: server.address });
  await setUpNamespace(connection, { namespace: defaultNamespace });
  await connection.close();
  return server;
}

async function bundleWorkflows(folder: string): Promise<string> {
  const { code } = await bundleOrders();
  const file = join(folder, 'workflows.js');
  await writeFile(file, code);
  return file;
}
