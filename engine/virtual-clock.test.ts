import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection, defaultPayloadConverter } from '@temporalio/client';
import type { WorkflowHandle } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { startSandbox } from '../sandbox/server';
import { lines, noted } from '../test/support/timed-workflow';
import type { Line, timed } from '../test/support/timed-workflow';
import { untilTrue } from '../test/support/until';
import { moveShop } from './move-shop';
import { defaultNamespace as namespace } from './settings';
import { fastForward, lookAt, readClock, startFieldsForOffset } from './virtual-clock';

const hour = 3_600_000;
const day = 24 * hour;
const shopKey = defineSearchAttributeKey('ShopId', 'KEYWORD');

describe('the clock of a single workflow', () => {
  const taskQueue = `virtual-clock-${randomUUID()}`;
  const address = process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '';
  let connection: Connection;
  let native: NativeConnection;
  let client: Client;
  let worker: Worker;
  let running: Promise<void>;
  let failures = 0;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    connection = await Connection.connect({ address });
    native = await NativeConnection.connect({ address });
    client = new Client({ connection, namespace });
    worker = await Worker.create({
      connection: native,
      namespace,
      taskQueue,
      workflowsPath: require.resolve('../test/support/timed-workflow'),
      activities: {
        call: () => {
          if (failures === 0) return;
          failures -= 1;
          throw new Error('down');
        },
      },
    });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await native.close();
    await connection.close();
  });

  async function begin(
    input: Parameters<typeof timed>[0],
    shopId = randomUUID(),
  ): Promise<WorkflowHandle<typeof timed>> {
    const workflowId = `timed-${randomUUID()}`;
    const typedSearchAttributes = [{ key: shopKey, value: shopId }];
    const options = { workflowId, taskQueue, args: [input] as [typeof input], typedSearchAttributes };
    const handle = await client.workflow.start<typeof timed>('timed', options);
    await untilQuiet(workflowId);
    return handle;
  }

  async function untilQuiet(workflowId: string): Promise<void> {
    while (!(await lookAt(client, workflowId)).isQuiet) await pause(20);
  }

  const seenBy = (handle: WorkflowHandle<typeof timed>): Promise<Line[]> => handle.query(lines);

  it('is the real one as long as nobody moves it', async () => {
    const { workflowId } = await begin({ agenda: [Date.now() + day] });
    expect(Math.abs((await readClock(client, workflowId)) - Date.now())).toBeLessThan(2_000);
  });

  it('is moved through every timer on the way and stops where it was sent', async () => {
    const start = Date.now();
    const handle = await begin({ agenda: [start + day, start + 2 * day, start + 9 * day] });
    const outcome = await fastForward(client, handle.workflowId, { durationMs: 3 * day, maxSkips: 50 });
    expect(outcome).toBe('reached');
    expect((await readClock(client, handle.workflowId)) - start).toBeGreaterThanOrEqual(3 * day);
    expect((await readClock(client, handle.workflowId)) - start).toBeLessThan(3 * day + 10_000);
    await handle.signal(noted, 'after');
    await untilQuiet(handle.workflowId);
    const seen = await seenBy(handle);
    expect(seen.map(({ what }) => what)).toEqual(['began', 'woke', 'woke', 'after']);
    expect((seen[3]?.at ?? 0) - start).toBeGreaterThanOrEqual(3 * day);
  });

  it('says when the workflow closed on its way', async () => {
    const handle = await begin({ agenda: [Date.now() + day] });
    const move = { durationMs: 3 * day, maxSkips: 50 };
    await expect(fastForward(client, handle.workflowId, move)).resolves.toBe('closed');
    await expect(fastForward(client, handle.workflowId, move)).resolves.toBe('closed');
  });

  it('says when it may not skip as often as it would have to', async () => {
    const start = Date.now();
    const { workflowId } = await begin({ agenda: [1, 2, 3, 4, 5].map((days) => start + days * day) });
    await expect(fastForward(client, workflowId, { durationMs: 9 * day, maxSkips: 2 })).resolves.toBe('skipLimit');
  });

  it('takes an activity that waits for its next attempt for quiet, and says when that is', async () => {
    failures = 1;
    const handle = await begin({ agenda: [], calls: true });
    const look = await lookAt(client, handle.workflowId);
    expect(look.isQuiet).toBe(true);
    expect((look.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(0.9 * hour);
    await fastForward(client, handle.workflowId, { durationMs: 2 * hour, maxSkips: 50 });
    const seen = await handle.result();
    expect((seen[1]?.at ?? 0) - (seen[0]?.at ?? 0)).toBeGreaterThan(0.9 * hour);
  });

  it('lets a workflow be born ahead of the real clock', async () => {
    const workflowId = `timed-${randomUUID()}`;
    const born = Date.now() + 5 * day;
    await client.workflowService.signalWithStartWorkflowExecution({
      namespace,
      workflowId,
      workflowType: { name: 'timed' },
      taskQueue: { name: taskQueue },
      requestId: randomUUID(),
      signalName: noted.name,
      signalInput: { payloads: [defaultPayloadConverter.toPayload('first')] },
      input: { payloads: [defaultPayloadConverter.toPayload({ agenda: [born + day] })] },
      ...startFieldsForOffset(5 * day),
    });
    const handle = client.workflow.getHandle<typeof timed>(workflowId);
    // Between its delay and its first task the server has nobody to ask.
    let seen: Line[] = [];
    await untilTrue('it began', async () => (seen = await seenBy(handle).catch(() => [])).length > 0);
    expect(seen.map(({ what }) => what)).toEqual(['began', 'first']);
    expect(seen[0]?.at).toBeGreaterThanOrEqual(born);
    await handle.terminate();
  });

  describe('moved with its shop', () => {
    let folder: string;
    let sandbox: Awaited<ReturnType<typeof startSandbox>>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'shipclock-move-'));
      sandbox = await startSandbox({ port: 0, dataDir: folder });
    });
    afterAll(async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    });

    async function openShop(shopId: string): Promise<void> {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${sandbox.url}/control/shops`, { method: 'POST', headers, body: JSON.stringify({ shopId }) });
    }

    it('stands at the same instant as all others, having acted at each of its own', async () => {
      const shopId = randomUUID();
      await openShop(shopId);
      const start = Date.now();
      const first = await begin({ agenda: [start + day, start + 9 * day] }, shopId);
      const second = await begin({ agenda: [start + day / 2, start + 2 * day, start + 9 * day] }, shopId);
      const to = start + 3 * day;
      const known = [first.workflowId, second.workflowId];
      const { now, stops } = await moveShop({ client, sandboxUrl: sandbox.url, shopId, to, known });
      expect(now).toBeGreaterThanOrEqual(to);
      expect(stops).toBe(4);
      for (const { workflowId } of [first, second]) {
        expect(Math.abs((await readClock(client, workflowId)) - to)).toBeLessThan(10_000);
      }
      const woken = (await seenBy(second)).filter(({ what }) => what === 'woke').map(({ at }) => (at - start) / day);
      expect(woken.map((days) => Math.round(days * 100) / 100)).toEqual([0.5, 2]);
    });

    it('is picked up when it was begun by a client in the real now', async () => {
      const shopId = randomUUID();
      await openShop(shopId);
      const start = Date.now();
      await moveShop({ client, sandboxUrl: sandbox.url, shopId, to: start + 5 * day });
      const late = await begin({ agenda: [start + day, start + 9 * day] }, shopId);
      const known = [late.workflowId];
      await moveShop({ client, sandboxUrl: sandbox.url, shopId, to: start + 6 * day, known });
      expect(Math.abs((await readClock(client, late.workflowId)) - (start + 6 * day))).toBeLessThan(10_000);
      expect((await seenBy(late)).map(({ what }) => what)).toEqual(['began', 'woke']);
    });
  });
});
