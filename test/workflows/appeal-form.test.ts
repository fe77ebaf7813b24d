import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { CASE_STEPS } from '../../activities/case-activities';
import type { Ports } from '../../activities/ports';
import { tellAppeal } from '../../activities/tell-appeal';
import { localDocuments } from '../../adapters/document-store/local';
import type { Shop } from '../../contracts/shop';
import type { AlertNews } from '../../domain/alerts/alert';
import type { AppealNews, AppealNotice } from '../../domain/appeal/appeal';
import { defaultNamespace } from '../../engine/settings';
import { fastForward, lookAt } from '../../engine/virtual-clock';
import { neighboursOf } from '../../workers/neighbours';
import { PAYLOAD_CONVERTER } from '../../workers/worker';
import {
  appealState,
  appealWorkflowId,
  caseResultKey,
  claimKey,
  formCaseKeyOf,
  recordDecision,
  recordFiling,
  type AppealView,
} from '../../workflows/messages-appeal';
import { untilTrue } from '../support/until';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MOST_SKIPS = 100;

const documentsDir = mkdtemp(join(tmpdir(), 'shipclock-appeals-'));
const bundle = { codePath: process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '' };

type Asked = { step: string; input: Record<string, unknown> };

/** Cases on the real engine with their real documents; the desk, the evidence and the orders are played. */
type Engine = {
  client: Client;
  ports: Ports;
  documents: ReturnType<typeof localDocuments>;
  asked: Asked[];
  heard: (AppealNotice & { orderId: string })[];
  /** Forms of which nothing is filed by HTTP. */
  byHand: Set<string>;
  close: () => Promise<void>;
};

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

async function startEngine(): Promise<Engine> {
  const address = process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '';
  const taskQueue = `cases-${randomUUID().slice(0, 7)}`;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace: defaultNamespace });
  const documents = localDocuments(await documentsDir);
  const heard: Engine['heard'] = [];
  const ports = {
    documents,
    findShop: () => Promise.resolve({ id: '7' } as Shop),
    platformOf: () => ({}),
    appealDeskOf: () => undefined,
    neighbours: {
      ...neighboursOf(client, taskQueue, () => Promise.resolve(false)),
      signal: ({ workflowId, payload }: { workflowId: string; payload: unknown }) => {
        heard.push({ ...(payload as AppealNotice), orderId: workflowId.split(':')[2] ?? '' });
        return Promise.resolve('told' as const);
      },
      ...{ tellDesk: undefined },
    },
  } as unknown as Ports;
  const asked: Asked[] = [];
  const byHand = new Set<string>();
  const worker = await Worker.create({
    ...{ connection: native, namespace: defaultNamespace, taskQueue, workflowBundle: bundle },
    dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
    activities: { ...stubs({ asked, byHand }), ...realSteps(deskless(ports, asked)) },
  });
  const running = worker.run();
  const close = async (): Promise<void> => {
    worker.shutdown();
    await running;
    await native.close();
    await connection.close();
    await rm(await documentsDir, { recursive: true, force: true });
  };
  return { client, ports, documents, asked, heard, byHand, close };
}

/** What is told to the alert desk is written down instead. */
function deskless(ports: Ports, asked: Asked[]): Ports {
  const tell: Ports['neighbours']['tell'] = (message) => {
    if (message.workflowType !== 'alertDesk') return ports.neighbours.tell(message);
    asked.push({ step: 'tellDesk', input: message.payload as Asked['input'] });
    return Promise.resolve('told');
  };
  return { ...ports, neighbours: { ...ports.neighbours, tell } };
}

type Step = (input: never) => Promise<unknown>;

const realSteps = (ports: Ports): Record<string, Step> =>
  Object.fromEntries(
    Object.entries(CASE_STEPS).map(([name, step]) => [
      name,
      (input: never) => (step as (given: Ports, input: never) => Promise<unknown>)(ports, input),
    ]),
  );

function stubs({ asked, byHand }: Pick<Engine, 'asked' | 'byHand'>): Record<string, Step> {
  const step =
    (name: string, answer: (input: Asked['input']) => object) =>
    (input: Asked['input']): Promise<object> => {
      asked.push({ step: name, input });
      return Promise.resolve(answer(input));
    };
  const pack = ({ caseKey, pack: name }: Asked['input']): object => ({
    ...{ kind: 'gathered', key: `appeals/7/${String(caseKey)}/pack-${String(name)}`, sha256: 'a'.repeat(64) },
    ...{ complete: true, missing: [], responsibility: 'carrier' },
  });
  return {
    gatherEvidence: step('gatherEvidence', pack),
    fileAppeal: step('fileAppeal', ({ caseKey }) =>
      byHand.has(String(caseKey)) ? { kind: 'byHand' } : { ...FILED, caseNumber: `c-${String(caseKey)}` },
    ),
    readDecision: step('readDecision', () => ({ ...FILED, kind: 'read', status: 'won', recovered: { cents: 4_250 } })),
  };
}

const FILED = { kind: 'filed', status: 'pending', decidedAt: null };

/** A form of its own whose parcels stalled now. */
function newForm() {
  const formId = `sf_${randomUUID().slice(0, 8)}`;
  const caseKey = formCaseKeyOf(formId, 1);
  const workflowId = appealWorkflowId('7', caseKey);
  const { client, ports } = engine;
  const stalledAt = Date.now();
  const manifest = 'manifest:acc:main:2026-11-20';
  const opening = { shopId: '7', package: '1', carrier: 'USPS', policySet: 'seed', manifest, formId, stalledAt };
  const tell = (orderId: string, news: AppealNews[]): Promise<unknown> =>
    tellAppeal(ports, { shopId: '7', orderId, at: Date.now(), package: '1', news, form: { manifest, formId } });
  const settle = (): Promise<void> => untilTrue('it rests', async () => (await lookAt(client, workflowId)).isQuiet);
  return {
    caseKey,
    workflowId,
    tell,
    open: (orderId: string) =>
      tell(orderId, [
        {
          kind: 'opened',
          at: stalledAt,
          opening: { ...opening, orderId, trackingNumber: `94${orderId}`, scannedAt: stalledAt - 48 * HOUR_MS },
        },
      ]),
    broke: (orderId: string, at: number) => tell(orderId, [{ kind: 'limitBroken', at, deadline: 'shipBy' }]),
    stalledAt,
    view: (): Promise<AppealView> => client.workflow.getHandle(workflowId).query(appealState),
    settle,
    pass: async (durationMs: number) => {
      await settle();
      await fastForward(client, workflowId, { durationMs, maxSkips: MOST_SKIPS });
      await settle();
    },
    asked: (step: string) =>
      engine.asked.filter((one) => one.step === step && one.input['caseKey'] === caseKey).map(({ input }) => input),
    handle: client.workflow.getHandle(workflowId),
    heard: () => engine.heard.filter((notice) => notice.caseKey === caseKey),
  };
}

type Form = ReturnType<typeof newForm>;

/** Three parcels of a form: one moves before its limit, two break at different times. */
async function brokenForm(byHand: boolean): Promise<Form> {
  const form = newForm();
  if (byHand) engine.byHand.add(form.caseKey);
  for (const id of ['1', '2', '3']) await form.open(id);
  await untilTrue('counted', async () => (await form.view()).parcels?.members === 3);
  await form.broke('2', form.stalledAt + 2);
  await form.tell('1', [{ kind: 'moved', at: form.stalledAt + 1 }]);
  await form.settle();
  await form.broke('3', form.stalledAt + 1);
  await untilTrue('all is known', async () => (await form.view()).parcels?.undecided === 0);
  return form;
}

const read = async (key: string): Promise<unknown> => JSON.parse((await engine.documents.get(key)) ?? 'null');

describe('the appeal of a form', () => {
  it('is one, for the parcels whose limits broke: filed once, read, won and kept', async () => {
    const form = await brokenForm(false);
    expect(await form.view()).toMatchObject({
      status: 'ready',
      parcels: { members: 3, broken: 2, moved: 1 },
      claim: null,
    });
    await form.pass(9 * MINUTE_MS);
    expect(form.asked('fileAppeal')).toEqual([]);
    await form.pass(2 * MINUTE_MS);
    expect(await form.view()).toMatchObject({ status: 'filed', claim: { members: 2, leftOut: 0, spared: 1 } });
    expect(await read(claimKey({ shopId: '7', caseKey: form.caseKey }))).toMatchObject({
      members: [{ orderId: '3' }, { orderId: '2', limitBroken: { at: form.stalledAt + 2 } }],
    });
    expect(form.asked('gatherEvidence').map(({ pack }) => pack)).toEqual(['opening', '1']);
    expect(form.asked('fileAppeal')).toMatchObject([
      { orderId: '', edition: 2, number: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    ]);
    await form.pass(DAY_MS + HOUR_MS);
    expect(await form.handle.result()).toMatchObject({ status: 'won', filings: [{ outcome: 'won' }] });
    const told = form.heard().map(({ orderId, status }) => `${orderId} ${status}`);
    expect(told.filter((line) => !line.endsWith('ready')).sort()).toEqual(
      ['1 unfiled', '2 filed', '2 filing', '2 won', '3 filed', '3 filing', '3 won'].sort(),
    );
    expect(await read(caseResultKey({ shopId: '7', caseKey: form.caseKey }))).toMatchObject({
      ...{ carrier: 'USPS', cause: 'stalled', members: 2, outcome: 'won', recovered: { cents: 4_250 } },
    });
    await replay(form.workflowId);
  });

  it('that a person files is recorded with its number, and later with what was decided', async () => {
    const form = await brokenForm(true);
    await form.pass(11 * MINUTE_MS);
    expect((await form.view()).toDo.join(' ')).toMatch(/File it for 2 orders in Seller Center .*pack-1/);
    const alerts = (): string[] =>
      engine.asked
        .flatMap(({ step, input }) => (step === 'tellDesk' ? (input as unknown as AlertNews).raise : []))
        .flatMap(({ key }) => (key.includes(form.caseKey) ? [key.replace(`appeal:${form.caseKey}:`, '')] : []));
    expect(alerts()).toEqual(['appealFileByHand']);
    await form.pass(29.5 * DAY_MS);
    expect(alerts()).toEqual(['appealFileByHand', 'appealFileByHand:3d', 'appealFileByHand:1d']);
    const order = { actor: 'ada', caseNumber: 'T-1' };
    for (const bad of [null, {}, { actor: 'ada' }, { ...order, caseNumber: 'a b' }, { ...order, filedAt: 'now' }]) {
      await expect(form.handle.executeUpdate('recordFiling', { args: [bad] })).rejects.toThrow();
    }
    expect(await form.handle.executeUpdate(recordFiling, { args: [order] })).toMatchObject({ status: 'filed' });
    await form.pass(3 * DAY_MS);
    const decided = { actor: 'ada', outcome: 'won', recovered: { points: 2, orders: 1 } } as const;
    const bad = { ...decided, recovered: { cents: -1 } };
    await expect(form.handle.executeUpdate(recordDecision, { args: [bad] })).rejects.toThrow();
    expect(await form.handle.executeUpdate(recordDecision, { args: [decided] })).toMatchObject({ status: 'won' });
    expect(await form.handle.result()).toMatchObject({
      filings: [{ caseNumber: 'T-1', recovered: { points: 2, orders: 1 } }],
    });
    expect(form.asked('readDecision')).toEqual([]);
    await replay(form.workflowId);
  });

  it('goes on in a next one for whoever stalls after the claim', async () => {
    const form = await brokenForm(false);
    await form.pass(11 * MINUTE_MS);
    await form.open('4');
    const next = form.workflowId.replace(/1$/, '2');
    await untilTrue('begun', async () => {
      const view: AppealView = await engine.client.workflow.getHandle(next).query(appealState);
      return view.parcels?.members === 1;
    });
    expect((await form.view()).parcels?.members).toBe(3);
  });
});

async function replay(workflowId: string): Promise<void> {
  const history = await engine.client.workflow.getHandle(workflowId).fetchHistory();
  const dataConverter = { payloadConverterPath: PAYLOAD_CONVERTER };
  await Worker.runReplayHistory({ workflowBundle: bundle, dataConverter }, history, workflowId);
}
