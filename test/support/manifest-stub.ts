import { randomUUID } from 'node:crypto';
import { Client, Connection, type WorkflowHandleWithSignaledRunId } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Alert, AlertNews } from '../../domain/alerts/alert';
import type { FormMade, MemberRef } from '../../domain/manifest/manifest';
import { defaultNamespace } from '../../engine/settings';
import { fastForward, lookAt } from '../../engine/virtual-clock';
import { PAYLOAD_CONVERTER } from '../../workers/worker';
import type { manifestDay } from '../../workflows';
import {
  MANIFEST_DAY,
  manifestState,
  manifestWorkflowId,
  memberJoined,
  type ManifestInput,
  type ManifestView,
  type MemberNews,
} from '../../workflows/messages-manifest';
import { untilTrue } from './until';

/** What a manifest asked for outside: the step's name, and what with. */
type Asked = { step: string; input: Record<string, unknown> };

/** A manifest alone, on the real engine: what it asks for outside is written down and answered from a list. */
export type ManifestAlone = {
  client: Client;
  asked: Asked[];
  steps: () => string[];
  alerts: () => { raised: Alert[]; settled: string[] };
  begin: (input: Partial<ManifestInput>) => Promise<OneManifest>;
  close: () => Promise<void>;
};

export type OneManifest = {
  workflowId: string;
  handle: WorkflowHandleWithSignaledRunId<typeof manifestDay>;
  view: () => Promise<ManifestView>;
  /** Lets this much time pass for it. */
  pass: (ms: number) => Promise<void>;
  now: () => Promise<number>;
  /** Until nothing of it is under way. */
  settle: () => Promise<void>;
  replay: () => Promise<void>;
};

const HOUR_MS = 3_600_000;
const bundle = (): { codePath: string } => ({ codePath: process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '' });

/** A form that another manifest has. */
export const NOT_OURS = '9475000';

/** The form that a person brought. */
const formOf = ({ number, madeAt }: { number: string; madeAt: number }): FormMade => ({
  formId: number,
  number,
  madeAt,
  members: 1,
  sha256: 'f'.repeat(64),
});

/** Answers at once, and writes down what was asked. */
function stubs(asked: Asked[]): Record<string, (input: object) => Promise<object>> {
  const step =
    (name: string, answer: (input: never) => object) =>
    (input: object): Promise<object> => {
      asked.push({ step: name, input: { ...input } });
      return Promise.resolve(answer(input as never));
    };
  const done = (): object => ({ kind: 'done' });
  return {
    settleList: step('settleList', () => ({ kind: 'listed', members: 1 })),
    keepForm: step('keepForm', (input: { number: string; madeAt: number }) =>
      input.number === NOT_OURS
        ? { kind: 'refused', reason: 'it is another manifest’s' }
        : { kind: 'formed', form: formOf(input), leftOff: 0, late: 0, strangers: 2 },
    ),
    lookForOrphans: step('lookForOrphans', () => ({ kind: 'orphans', count: 0, waiting: 0 })),
    lookForSilent: step('lookForSilent', () => ({ kind: 'silent', count: 1 })),
    tellMembers: step('tellMembers', done),
    keepScan: step('keepScan', done),
    tellDesk: step('tellDesk', () => ({ kind: 'told' })),
  };
}

export async function manifestAlone(): Promise<ManifestAlone> {
  const address = process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '';
  const taskQueue = `alone-${randomUUID().slice(0, 7)}`;
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace: defaultNamespace });
  const asked: Asked[] = [];
  const worker = await Worker.create({
    connection: native,
    namespace: defaultNamespace,
    taskQueue,
    workflowBundle: bundle(),
    dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER },
    activities: stubs(asked),
  });
  const running = worker.run();
  return {
    client,
    asked,
    steps: () => asked.map(({ step, input: { what } }) => (typeof what === 'string' ? `${step}:${what}` : step)),
    alerts: () => {
      const news = asked.flatMap(({ step: name, input }) => (name === 'tellDesk' ? [input['news'] as AlertNews] : []));
      return { raised: news.flatMap(({ raise }) => raise), settled: news.flatMap(({ settle }) => settle) };
    },
    begin: (input) => begin({ client, taskQueue }, input),
    close: async () => {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    },
  };
}

async function begin(
  { client, taskQueue }: { client: Client; taskQueue: string },
  more: Partial<ManifestInput>,
): Promise<OneManifest> {
  const now = Date.now();
  const key = { account: `tiktok-${randomUUID().slice(0, 8)}`, shipFrom: 'main', date: '2026-11-23' };
  const closesAt = now + 4 * HOUR_MS;
  const input: ManifestInput = { ...key, shopId: '7', edition: 2, closesAt, asksAt: closesAt + 13 * HOUR_MS, ...more };
  const workflowId = manifestWorkflowId(key);
  const handle = await client.workflow.signalWithStart<typeof manifestDay, [MemberNews]>(MANIFEST_DAY, {
    workflowId,
    taskQueue,
    args: [input],
    signal: memberJoined,
    signalArgs: [{ orderId: '1', package: '1', at: now, joined: 1, left: 0 }],
  });
  const settle = (): Promise<void> => untilTrue('it rests', async () => (await lookAt(client, workflowId)).isQuiet);
  await settle();
  return {
    workflowId,
    handle,
    view: () => client.workflow.getHandle(workflowId).query(manifestState),
    now: async () => (await lookAt(client, workflowId)).now,
    pass: async (durationMs) => {
      await fastForward(client, workflowId, { durationMs, maxSkips: 20 });
      await settle();
    },
    settle,
    replay: async () => {
      const history = await client.workflow.getHandle(workflowId).fetchHistory();
      const options = { workflowBundle: bundle(), dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER } };
      await Worker.runReplayHistory(options, history, workflowId);
    },
  };
}

/** Everybody who was told that they came too late. */
export const toldLate = ({ asked }: ManifestAlone): string[] =>
  asked.flatMap(({ step, input }) =>
    step === 'tellMembers' && input['what'] === 'late'
      ? (input['to'] as MemberRef[]).map(({ orderId }) => orderId)
      : [],
  );
