import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { NativeConnection, Worker } from '@temporalio/worker';
import pino from 'pino';
import { openKeyring } from '../../adapters/keyring/keyring';
import { payloadCodec } from '../../engine/payload-codec';
import { openSandboxShop } from '../../engine/sandbox-shop';
import { defaultNamespace as namespace } from '../../engine/settings';
import { startingWith } from '../../engine/start-ahead';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { sampleOrder } from '../../stories/sample-order';
import { installRuntime } from '../../workers/logger';
import { createOrderWorker, PAYLOAD_CONVERTER } from '../../workers/worker';
import { portsOf } from '../../workers/ports';
import { ORDER_LIFECYCLE, orderWorkflowId } from '../../workflows/messages';
import { decodedHistory } from '../support/decoded-history';
import { untilTrue } from '../support/until';

const SHOP = '7000000000000000042';
const address = process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '';
const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '';

const key = (): string => randomBytes(32).toString('base64');
const [first, second] = [key(), key()];

function codecWith(keys: Record<string, string>, current: string): PayloadCodec {
  const keyring = openKeyring({ env: { SHIPCLOCK_KEYS: JSON.stringify({ current, keys }) } });
  if (keyring === undefined) throw new Error('no keyring');
  return payloadCodec(keyring);
}

const codec = codecWith({ k1: first }, 'k1');

let folder: string;
let sandbox: Sandbox;
let connection: Connection;
let native: NativeConnection;
beforeAll(async () => {
  installRuntime(pino({ level: 'silent' }));
  folder = await mkdtemp(join(tmpdir(), 'shipclock-encryption-'));
  sandbox = await startSandbox({ port: 0 });
  connection = await Connection.connect({ address });
  native = await NativeConnection.connect({ address });
});
afterAll(async () => {
  await native.close();
  await connection.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const clientWith = (payloadCodecs: PayloadCodec[]): Client =>
  new Client({ connection, namespace, dataConverter: { payloadCodecs } });

const control = async (method: string, path: string, body?: unknown): Promise<void> => {
  const response = await fetch(`${sandbox.url}/control/shops/${SHOP}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
};

/** Every text that lies at the server of a workflow, payloads as their bytes. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (ArrayBuffer.isView(value))
    return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Words of an order's facts, plans and commands; none of them is a name of ours or a search attribute. */
const WORDS = ['awaitingShipment', 'GroundAdvantage', 'priceCents', 'shipmentId', 'business days', 'shippingType'];

const wordsIn = (value: unknown): string[] => {
  const texts = textsIn(value);
  return WORDS.filter((word) => texts.some((text) => text.includes(word)));
};

describe('an order whose payloads are encrypted', () => {
  let workflowId: string;
  const client = (): Client => clientWith([codec]);

  beforeAll(async () => {
    const taskQueue = `t-${randomUUID().slice(0, 7)}`;
    await openSandboxShop({
      sandboxUrl: sandbox.url,
      apiUrl: 'http://127.0.0.1:9',
      documentsDir: folder,
      shopId: SHOP,
    });
    const order = sampleOrder({ createdAt: Date.now() - 7_200_000, status: 'AWAITING_SHIPMENT' });
    await control('PUT', `/orders/${order.id}`, order);
    const worker = await createOrderWorker({
      connection: native,
      namespace,
      taskQueue,
      ports: portsOf({ documentsDir: folder, client: client(), taskQueue }),
      workflowBundle: { codePath },
      payloadCodecs: [codec],
    });
    workflowId = orderWorkflowId(SHOP, order.id);
    await worker.runUntil(async () => {
      const handle = await client().workflow.start(ORDER_LIFECYCLE, {
        workflowId,
        taskQueue,
        args: [{ shopId: SHOP, orderId: order.id, edition: 2 }],
        memo: { request: { id: 'shippingType' } },
        staticSummary: 'shippingType',
      });
      const label = async (): Promise<string | undefined> => {
        const { packages } = await handle.query<{ packages: Record<string, { label: { status: string } }> }>(
          'orderState',
        );
        return packages['1']?.label.status;
      };
      await untilTrue('the label is bought', async () => (await label()) === 'bought');
      await signalForged();
      await handle.signal('orderChanged', { at: Date.now(), via: 'webhook', status: 'awaitingShipment' });
      const verdict = await handle.executeUpdate('markPacked', { args: [{ actor: 'shippingType', bodyHash: 'x' }] });
      expect(verdict).toMatchObject({ accepted: true });
    });
  });

  /** As anyone may send who reaches the server: it is called encrypted, and nothing of ours has sealed it. */
  const signalForged = async (): Promise<void> => {
    const payload = { metadata: { encoding: Buffer.from('binary/encrypted') }, data: Buffer.from('nonsense') };
    await connection.workflowService.signalWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
      signalName: 'orderChanged',
      input: { payloads: [payload] },
    });
  };

  const rawHistory = async (): Promise<unknown> => {
    const { history } = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId },
      maximumPageSize: 1_000,
    });
    return history;
  };

  it('shows nothing of the order at the server, and all of it to who has the key', async () => {
    const history = await rawHistory();
    expect(textsIn(history).filter((text) => text === 'binary/encrypted').length).toBeGreaterThan(10);
    expect(wordsIn(history)).toEqual([]);
    expect(wordsIn(await decodedHistory(client(), history))).toEqual(WORDS);
    const described = await client().workflow.getHandle(workflowId).describe();
    expect(wordsIn(described.raw)).toEqual([]);
    expect(described.memo).toEqual({ request: { id: 'shippingType' } });
  });

  it('took a forged payload for a message that makes no sense, and went on', async () => {
    const texts = textsIn(await decodedHistory(client(), await rawHistory()));
    expect(texts.filter((text) => text === 'nonsense')).toHaveLength(1);
    expect(texts.some((text) => text.includes('"accepted":true'))).toBe(true);
  });

  it('has its neighbours begun with the same keys where its time is played ahead', () => {
    const { loadedDataConverter } = startingWith(client(), {}).options;
    expect(loadedDataConverter.payloadCodecs).toEqual([codec]);
  });

  it('replays after a rotation, and decoded without any key', async () => {
    const history = await client().workflow.getHandle(workflowId).fetchHistory();
    const replay = async (payloadCodecs: PayloadCodec[], kept: unknown): Promise<void> =>
      Worker.runReplayHistory(
        { workflowBundle: { codePath }, dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER, payloadCodecs } },
        kept,
        workflowId,
      );
    await replay([codecWith({ k1: first, k2: second }, 'k2')], history);
    await replay([], JSON.parse(historyToJSON(await decodedHistory(client(), history))));
    await expect(replay([codecWith({ k2: second }, 'k2')], history)).rejects.toThrow();
  });
});
