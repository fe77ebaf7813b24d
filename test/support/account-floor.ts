import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import pino from 'pino';
import type { AllPorts } from '../../activities';
import type { Ports } from '../../activities/ports';
import { pairOf } from '../../activities/token-pair';
import { localDocuments } from '../../adapters/document-store/local';
import { shopDirectory, type ShopDirectory } from '../../adapters/document-store/shops';
import { vaultOf } from '../../adapters/document-store/vault';
import { openKeyring } from '../../adapters/keyring/keyring';
import { defaultNamespace } from '../../engine/settings';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { installRuntime } from '../../workers/logger';
import { portsOf } from '../../workers/ports';
import { createOrderWorker } from '../../workers/worker';

/** What accounts and connections live on, on the suite's Temporal server: a sandbox, documents, a vault and a worker. */
export type AccountFloor = {
  client: Client;
  /** Further clients, each with a connection of its own. */
  clients: (count: number) => Promise<Client[]>;
  taskQueue: string;
  sandbox: Sandbox;
  documents: ReturnType<typeof localDocuments>;
  vault: Ports['vault'];
  ports: AllPorts;
  findShop: ShopDirectory;
  /** A control call of the sandbox. */
  control: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  startWorker: () => Promise<void>;
  stopWorker: () => Promise<void>;
  close: () => Promise<void>;
};

const address = (): string => process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '';

export async function openAccountFloor({ publicUrl }: { publicUrl?: () => string } = {}): Promise<AccountFloor> {
  const folder = await mkdtemp(join(tmpdir(), 'shipclock-account-'));
  const documents = localDocuments(folder);
  const keys = JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } });
  const keyring = openKeyring({ env: { SHIPCLOCK_KEYS: keys } });
  if (keyring === undefined) throw new Error('no keys');
  const vault = vaultOf(documents, keyring);
  const sandbox = await startSandbox({ port: 0 });
  const taskQueue = `a-${randomUUID().slice(0, 7)}`;
  const connections = [await Connection.connect({ address: address() })];
  const [connection] = connections;
  if (connection === undefined) throw new Error('no connection');
  const client = new Client({ connection, namespace: defaultNamespace });
  installRuntime(pino({ level: 'silent' }));
  const native = await NativeConnection.connect({ address: address() });
  const ports = portsOf({ documentsDir: folder, client, taskQueue, keyring });
  // Known only once somebody listens there.
  if (publicUrl !== undefined) Object.defineProperty(ports, 'publicUrl', { get: publicUrl });
  const control = controlOf(sandbox.url);
  await keepApp(vault, sandbox.url, control);
  const worker = workerOf({ native, taskQueue, ports });
  await worker.start();
  return {
    client,
    taskQueue,
    sandbox,
    documents,
    vault,
    ports,
    control,
    findShop: shopDirectory({ documents, vault }),
    clients: async (count) => {
      const more = await Promise.all(Array.from({ length: count }, () => Connection.connect({ address: address() })));
      connections.push(...more);
      return more.map((one) => new Client({ connection: one, namespace: defaultNamespace }));
    },
    startWorker: worker.start,
    stopWorker: worker.stop,
    close: async () => {
      await worker.stop();
      await sandbox.close();
      await native.close();
      await Promise.all(connections.map((one) => one.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const controlOf =
  (url: string): AccountFloor['control'] =>
  async (method, path, body) => {
    const answer = await fetch(`${url}/control${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };

/** Our app at the sandbox, as the configuration keeps it. */
async function keepApp(vault: Ports['vault'], url: string, control: AccountFloor['control']): Promise<void> {
  const { appKey, appSecret, serviceId } = await control('GET', '/app');
  const app = { appKey, appSecret, serviceId, baseUrl: url, authUrl: url, consentBaseUrl: url };
  await vault.put('secrets/apps/tiktok', JSON.stringify(app));
}

type WorkerWish = { native: NativeConnection; taskQueue: string; ports: AllPorts };

function workerOf({ native, taskQueue, ports }: WorkerWish): { start: () => Promise<void>; stop: () => Promise<void> } {
  let running: { worker: Worker; ended: Promise<void> } | undefined;
  return {
    start: async () => {
      const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '';
      const worker = await createOrderWorker({
        connection: native,
        namespace: defaultNamespace,
        taskQueue,
        ports,
        workflowBundle: { codePath },
      });
      running = { worker, ended: worker.run() };
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

/** Opens a shop in the sandbox, has its owner consent, and keeps what that gives as a connection does. */
export async function connectedShop(floor: AccountFloor): Promise<string> {
  const { shopId, shopCipher, easypost } = await floor.control('POST', '/shops', {});
  const id = String(shopId);
  const app = await appOf(floor);
  const pair = pairOf(await floor.ports.platformAuth.exchangeCode(app, await consentCode(floor, [id])));
  await floor.vault.put(`secrets/shops/${id}`, JSON.stringify({ platform: { appSecret: app.appSecret } }));
  await floor.documents.put(`shops/${id}`, JSON.stringify(shopDocument(floor, { id, shopCipher, easypost })));
  await floor.ports.tokens.store(id, pair, 0);
  const { accessExpiresAt, refreshExpiresAt } = pair;
  await floor.ports.accounts.connected(id, {
    tokenVersion: 1,
    accessExpiresAt,
    refreshExpiresAt,
    mode: 'auto',
    at: Date.now(),
  });
  return id;
}

const appOf = async (floor: AccountFloor) => {
  const { appKey, appSecret, serviceId } = await floor.control('GET', '/app');
  const { url } = floor.sandbox;
  return {
    appKey: String(appKey),
    appSecret: String(appSecret),
    serviceId: String(serviceId),
    baseUrl: url,
    authUrl: url,
    consentBaseUrl: url,
  };
};

/** The code that an owner's consent for some shops sends them back with. */
async function consentCode(floor: AccountFloor, shopIds: string[]): Promise<string> {
  await floor.control('PUT', '/app', { redirectUrl: 'http://127.0.0.1:1/callback' });
  const { serviceId } = await appOf(floor);
  const query = new URLSearchParams({ service_id: serviceId, state: 'x', consent: 'yes', shops: shopIds.join(',') });
  const answer = await fetch(`${floor.sandbox.url}/open/authorize?${query.toString()}`, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

type Document = { id: string; shopCipher: unknown; easypost: unknown };

/** What a configuration says of a shop. */
export const shopDocument = (
  { sandbox }: AccountFloor,
  { id, shopCipher, easypost }: Document,
): Record<string, unknown> => ({
  id,
  kind: 'live',
  name: `Shop ${id}`,
  platform: { baseUrl: sandbox.url, appKey: '', shopCipher },
  carrier: { kind: 'easypost', baseUrl: `${sandbox.url}/v2`, ...(easypost as object) },
  shipFrom: {
    id: 'la',
    zone: 'America/Los_Angeles',
    workdays: [1, 2, 3, 4, 5],
    opensAt: '09:00',
    closesAt: '17:00',
    address: { name: 'Warehouse', street1: '1 Main St', city: 'Los Angeles', state: 'CA', zip: '90001', country: 'US' },
  },
  parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
});

/** All that stands in a workflow's history, payloads as text. */
export const historyText = async (handle: WorkflowHandle): Promise<string> =>
  textsIn(await handle.fetchHistory()).join('\n');

/** Not by JSON: that makes base64 of every payload, and nothing is found in it. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
