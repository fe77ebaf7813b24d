import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { localDocuments } from '../../adapters/document-store/local';
import { shopDirectory } from '../../adapters/document-store/shops';
import { createApp } from '../../api/app';
import type { ApiDeps } from '../../api/deps';
import { createLogger } from '../../api/logger';
import { serve } from '../../api/serve';
import { shopKey, type Shop } from '../../contracts/shop';
import { anOrder, stage as openSandbox, type Shop as SandboxShop } from '../../sandbox/test-support';
import { portsOf } from '../../workers/ports';
import { createOrderWorker } from '../../workers/worker';
import { keyringIn } from '../support/keys';
import { callsOf, type Calls } from './calls';

export const NAMESPACE = 'shipclock';

/** The order API with all that is behind it, for one test file: a shop and a task queue of its own. */
export type Stage = Calls & {
  url: string;
  client: Client;
  shop: Shop;
  sandbox: SandboxShop;
  documents: ReturnType<typeof localDocuments>;
  /** Log lines, as they were written. */
  log: string[];
  /** Places an order and waits until a worker has read it from the platform; its id. */
  placed: (fields?: Record<string, unknown>) => Promise<string>;
  startWorker: () => Promise<void>;
  stopWorker: () => Promise<void>;
  close: () => Promise<void>;
};

export type StageOptions = Partial<Pick<ApiDeps, 'startFields' | 'sandboxUrl'>> & {
  hasWorker?: boolean;
  kind?: Shop['kind'];
};

let serial = 0;

/** An id of 18 digits, as the platform's are; different at each call. */
export const newOrderId = (): string =>
  `57${String(Date.now()).padStart(13, '0')}${String((serial += 1)).padStart(3, '0')}`;

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** An order as the platform has it. */
export const anyOrder = (id: string, fields: Record<string, unknown> = {}): Record<string, unknown> =>
  anOrder(id, { create_time: nowSeconds() - 60, update_time: nowSeconds() - 60, ...fields });

/** Waits until something can be seen; Temporal's lists are a little behind its workflows. `most`: so many looks, ten a second. */
export async function until<T>(look: () => Promise<T | false | undefined>, most = 100): Promise<T> {
  for (let left = most; left > 0; left -= 1) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await pause(100);
  }
  throw new Error('it was never seen');
}

/** Opens a stage on the suite's Temporal server. */
export async function openStage({ hasWorker = true, kind = 'sandbox', ...deps }: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'shipclock-api-'));
  const documents = localDocuments(folder);
  const sandboxes = await openSandbox();
  const sandbox = await sandboxes.shop();
  const shop = shopOf(sandbox, sandboxes.url, kind);
  await documents.put(shopKey(shop.id), JSON.stringify(shop));
  const connection = await Connection.connect({ address: temporalAddress() });
  const client = new Client({ connection, namespace: NAMESPACE });
  const taskQueue = `api-${shop.id}`;
  const worker = workerOn(taskQueue, folder);
  if (hasWorker) await worker.startWorker();
  const log: string[] = [];
  const logger = createLogger('trace', { write: (line) => void log.push(line) });
  const served = { client, namespace: NAMESPACE, taskQueue, documents, sandboxUrl: sandboxes.url, logger, ...deps };
  const app = createApp({ ...served, findShop: shopDirectory(documents), temporalUiUrl: 'http://127.0.0.1:8233' });
  const serving = await serve(app, { host: '127.0.0.1', port: 0 });
  const calls = callsOf(serving.url, shop);
  const close = async (): Promise<void> => {
    await serving.stop();
    await worker.stopWorker();
    await connection.close();
    await sandboxes.close();
    await rm(folder, { recursive: true, force: true });
  };
  const placed = (fields?: Record<string, unknown>): Promise<string> => placeAndWait(calls, fields);
  return { ...calls, ...worker, url: serving.url, client, shop, sandbox, documents, log, placed, close };
}

async function placeAndWait(calls: Calls, fields?: Record<string, unknown>): Promise<string> {
  const id = newOrderId();
  expect(await calls.place(anyOrder(id, fields))).toMatchObject({ status: 201 });
  await until(async () => (await calls.read(id)).body['platformStatus'] !== null);
  return id;
}

const temporalAddress = (): string => process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '';

/** A worker that can be there or not. It runs the suite's bundle. */
function workerOn(taskQueue: string, folder: string): Pick<Stage, 'startWorker' | 'stopWorker'> {
  let stop = (): Promise<void> => Promise.resolve();
  return {
    startWorker: async () => {
      const connection = await NativeConnection.connect({ address: temporalAddress() });
      const code = await readFile(process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '', 'utf8');
      const client = new Client({ connection, namespace: NAMESPACE });
      const ports = portsOf({ documentsDir: folder, client, taskQueue, keyring: await keyringIn(folder) });
      const options = { connection, namespace: NAMESPACE, taskQueue, ports };
      const worker = await createOrderWorker({ ...options, workflowBundle: { code } });
      const running = worker.run();
      await untilSeen(client, taskQueue);
      stop = async () => {
        stop = () => Promise.resolve();
        worker.shutdown();
        await running;
        await connection.close();
      };
    },
    stopWorker: () => stop(),
  };
}

/** `/readyz` goes by the pollers that the server tells of, and it hears of a new one a moment after it has begun. */
const untilSeen = ({ workflowService }: Client, name: string): Promise<boolean> =>
  until(async () => {
    const { pollers } = await workflowService.describeTaskQueue({ namespace: NAMESPACE, taskQueue: { name } });
    return pollers.length > 0;
  });

const shopOf = (sandbox: SandboxShop, url: string, kind: Shop['kind']): Shop => ({
  id: sandbox.shopId,
  kind,
  name: 'A shop',
  platform: {
    baseUrl: url,
    appKey: sandbox.appKey,
    appSecret: sandbox.appSecret,
    accessToken: sandbox.accessToken,
    tokenVersion: 0,
    shopCipher: sandbox.shopCipher,
  },
  carriers: { easypost: { kind: 'easypost', enabled: true, baseUrl: `${url}/v2`, ...sandbox.easypost } },
  shipFrom: {
    id: 'la',
    zone: 'America/Los_Angeles',
    workdays: [1, 2, 3, 4, 5],
    opensAt: '09:00',
    closesAt: '17:00',
    closures: [],
    cutoffTime: '12:00',
    address: { name: 'Warehouse', street1: '1 Main St', city: 'Los Angeles', state: 'CA', zip: '90001', country: 'US' },
  },
  policySet: 'us/seed',
  parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
  maxTransitDays: 6,
  uploadTracking: 'packed',
  combine: 'off',
  labels: { rule: 'cheapest', preferred: [], maxDriftPercent: 20, format: 'pdf' },
  catalogue: 'off',
  addressCheck: 'off',
});
