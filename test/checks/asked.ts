import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import type { Stage } from '../../stories/stage';
import { createOrderWorker, PAYLOAD_CONVERTER } from '../../workers/worker';
import { workerMetrics } from '../../workers/metrics';
import { portsOf } from '../../workers/ports';
import { ORDER_LIFECYCLE, orderState, orderWorkflowId, type OrderInput } from '../../workflows/messages';
import type { Floor } from '../support/floor';
import { keyringIn } from '../support/keys';
import { manyOrders } from '../support/many-orders';
import { must, type Check } from './check';

const SIZE = { sample: { orders: 2, turns: 2 }, all: { orders: 10, turns: 30 } } as const;
/** Who looks at one order at the same time. */
const READERS = 8;
/** So long a neighbour takes to be told: on a busy machine that is no rarity. */
const TELLING_MS = 400;

/** temporal.api.enums.v1.EventType, whose package is not ours to import. */
const TASK_TIMED_OUT = 8;
/** As the SDK names its markers. */
const LOCAL_ACTIVITY = 'core_local_activity';

/**
 * Orders that are asked how they stand, without a pause, while they join and leave the day's form: none loses a workflow task to
 * it, and each one's history replays. A query that the server sends on its own may reach a worker that has a task of the same
 * order open; a local activity keeps a task open while it runs, and the SDK then takes the query's task for the order's.
 */
export const asked: Check = async (floor, size) => {
  const { orders, turns } = SIZE[size];
  const stage = await floor.stage();
  const ids = await withWorker(floor, BEFORE, () => packed(floor, stage, orders));
  const queries = await withWorker(floor, NOW, () => heldAndReleased(floor, { shopId: stage.shopId, ids, turns }));
  const found = { tasksLost: 0, localActivities: 0, ofBefore: 0 };
  for (const [place, id] of ids.entries()) {
    const workflowId = orderWorkflowId(stage.shopId, id);
    const history = await floor.client.workflow.getHandle(workflowId).fetchHistory();
    const { tasksLost, localActivities } = countIn(history);
    found.tasksLost += tasksLost;
    found[place === 0 ? 'ofBefore' : 'localActivities'] += localActivities;
    await replay(workflowId, history);
  }
  const { tasksLost, localActivities, ofBefore } = found;
  must('tasks that were lost, local activities', { tasksLost, localActivities }, { tasksLost: 0, localActivities: 0 });
  must('the order of before joined in a local activity, once', ofBefore, 1);
  return { orders, turns, queries, ...found };
};

type History = Parameters<typeof Worker.runReplayHistory>[1];

function countIn({ events }: { events?: HistoryEvent[] | null }): { tasksLost: number; localActivities: number } {
  const all = events ?? [];
  return {
    tasksLost: all.filter(({ eventType }) => Number(eventType) === TASK_TIMED_OUT).length,
    localActivities: all.filter(({ markerRecordedEventAttributes: marker }) => marker?.markerName === LOCAL_ACTIVITY)
      .length,
  };
}

type HistoryEvent = { eventType?: unknown; markerRecordedEventAttributes?: { markerName?: string | null } | null };

/** Orders that are packed and on the day's list. */
async function packed(floor: Floor, stage: Stage, count: number): Promise<string[]> {
  const samples = manyOrders(count, { createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  const ids = samples.map(({ id }) => id);
  const [first = ''] = ids;
  await beginAsBefore(floor, stage.shopId, first);
  await stage.control('PUT', `/orders/${first}`, samples[0]);
  await stage.place(...samples.slice(1));
  await stage.until(async () => (await stage.view(first)).packages['1']?.label.status === 'bought');
  for (const id of ids) await stage.person(id, 'packed');
  return ids;
}

/** The first one was begun by an earlier build, and is told of by local activities until this build takes it over. */
async function beginAsBefore({ client, taskQueue }: Floor, shopId: string, orderId: string): Promise<void> {
  const input: OrderInput = { shopId, orderId, edition: 5 };
  await client.workflow.start(ORDER_LIFECYCLE, {
    ...{ workflowId: orderWorkflowId(shopId, orderId), taskQueue, args: [input] },
  });
}

type Asking = { shopId: string; ids: string[]; turns: number };

/** Each hold takes the parcel off the form's list, each release puts it on again. @returns how many questions were answered. */
async function heldAndReleased(floor: Floor, { shopId, ids, turns }: Asking): Promise<number> {
  let queries = 0;
  let isOver = false;
  const ask = async (id: string): Promise<void> => {
    const handle = floor.client.workflow.getHandle(orderWorkflowId(shopId, id));
    while (!isOver) {
      await handle.query(orderState);
      queries += 1;
    }
  };
  const lead = async (id: string): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      for (const verb of ['hold', 'release']) await insist(`${floor.apiUrl}/v1/orders/${shopId}/${id}/${verb}`);
    }
  };
  const readers = ids.flatMap((id) => Array.from({ length: READERS }, () => ask(id)));
  try {
    await Promise.all(ids.map(lead));
  } finally {
    isOver = true;
    await Promise.allSettled(readers);
  }
  return queries;
}

const MOST_TRIES = 10;

/** A person's order as a good client sends it: what no worker answered comes again under the same key. */
async function insist(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-actor': 'ann', 'idempotency-key': randomUUID() };
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(url, { method: 'POST', headers, body: '{}' });
    const text = await response.text();
    if (response.ok) return;
    if (response.status !== 503 || tries === MOST_TRIES) throw new Error(`POST ${url}: ${response.status} ${text}`);
  }
}

/** How a worker takes its time to tell neighbours, and what it knows of this build's patches. */
type Build = { tellingMs: number; takesPatches: boolean };
const BEFORE: Build = { tellingMs: 0, takesPatches: false };
const NOW: Build = { tellingMs: TELLING_MS, takesPatches: true };

/** The floor's worker makes way for another. */
async function withWorker<T>(floor: Floor, { tellingMs, takesPatches }: Build, work: () => Promise<T>): Promise<T> {
  await floor.stopWorker();
  const { client, documentsDir, taskQueue, native } = floor;
  const ports = portsOf({
    ...{ client, documentsDir, taskQueue, count: workerMetrics().count },
    keyring: await keyringIn(documentsDir),
  });
  const { neighbours } = ports;
  const tell: typeof neighbours.tell = async (news) => {
    await pause(tellingMs);
    return neighbours.tell(news);
  };
  const worker = await createOrderWorker({
    ...{ connection: native, namespace: client.options.namespace, taskQueue },
    workflowBundle: { codePath: process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '' },
    ports: { ...ports, neighbours: { ...neighbours, tell } },
    patchActivationCallback: () => takesPatches,
  });
  const ended = worker.run();
  try {
    return await work();
  } finally {
    worker.shutdown();
    await ended;
    await floor.startWorker();
  }
}

/** @throws where the history does not fit the code. */
async function replay(workflowId: string, history: History): Promise<void> {
  const codePath = process.env['SHIPCLOCK_TEST_WORKFLOW_BUNDLE'] ?? '';
  await Worker.runReplayHistory(
    { workflowBundle: { codePath }, dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER } },
    history,
    workflowId,
  );
}
