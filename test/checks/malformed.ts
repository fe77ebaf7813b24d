import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { sampleOrder } from '../../stories/sample-order';
import {
  appealChanged,
  manifestChanged,
  orderChanged,
  orderWorkflowId,
  personsUpdates,
  trackingChanged,
} from '../../workflows/messages';
import { must, type Check } from './check';

const SIGNALS = [orderChanged.name, trackingChanged.name, manifestChanged.name, appealChanged.name, 'noSuchSignal'];
const UPDATES = [...Object.keys(personsUpdates), 'noSuchUpdate'];
const WORKFLOW_TASK_FAILED = 9;
/** temporal.api.enums.v1, whose package is not ours to import. */
const UPDATE_COMPLETED = 3 as never;
const SAMPLE = 40;

type Payload = { metadata: Record<string, Uint8Array>; data: Uint8Array };

const payload = (data: string | Buffer, encoding = 'json/plain'): Payload => ({
  metadata: { encoding: Buffer.from(encoding) },
  data: Buffer.from(data),
});

const VALUES: unknown[] = [
  ...[null, true, 0, -1, 1e308, '', 'x', '\u0000', [], [[]], {}, { at: null }, { at: '1' }, { at: -1 }, { at: 1.5 }],
  ...[{ at: 1e300 }, { at: 8.64e15 + 1 }, { at: 1, via: 'x' }, { at: 1, via: 'webhook', status: 'nope' }, { at: {} }],
  ...[
    { at: 1, via: 'webhook', status: {} },
    { at: 1, via: ['webhook'] },
    { at: 1, trackingNumber: 7, meaning: 'inTransit' },
  ],
  ...[
    { at: 1, trackingNumber: '9', meaning: '__proto__' },
    { at: 1, trackingNumber: '9', meaning: 'toString' },
  ],
  ...[
    { at: 1, package: '1', manifest: 7, what: 'formed' },
    { at: 1, package: '1', manifest: 'm', what: 'toString' },
    { at: 1, package: '__proto__', manifest: 'm', what: 'scanned' },
    { at: 1, caseKey: 'c', status: 'constructor' },
    { at: 1, caseKey: {}, status: 'won' },
    { actor: 'a', bodyHash: 'h', method: 'car' },
    { actor: 'a', bodyHash: 'h', handoverAt: 'soon' },
  ],
  ...[{ actor: 1 }, { actor: '', bodyHash: '' }, { actor: 'a' }, { actor: 'a', bodyHash: 'h', key: 7 }, { key: 'k' }],
  ...[{ actor: 'a'.repeat(10_000), bodyHash: 'h' }, { bodyHash: ['h'], actor: ['a'] }, { constructor: null }],
  JSON.parse('{"__proto__":{"at":1}}'),
];

/** Good JSON of the wrong shape, JSON that is none, encodings that nobody knows, and nothing at all. */
function badPayloads(count: number): Payload[][] {
  const broken = [
    [payload('{"at":')],
    [payload('')],
    [payload(Buffer.from([0xff, 0xfe, 0x00]))],
    [payload('{}', 'no/such-encoding')],
    [payload('', 'binary/null')],
    [payload(Buffer.from([1, 2, 3]), 'binary/plain')],
    [payload('{}', 'json/protobuf')],
    [],
  ];
  const shaped = VALUES.map((value) => [payload(JSON.stringify(value))]);
  const kinds = [...broken, ...shaped];
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length] ?? []);
}

/** Whatever is sent to an order, no workflow task fails, and the order still goes its way. */
export const malformed: Check = async (floor, size) => {
  const stage = await floor.stage();
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  const workflowId = orderWorkflowId(stage.shopId, order.id);
  const payloads = badPayloads(size === 'all' ? 200 : SAMPLE);
  for (const name of SIGNALS) for (const input of payloads) await sendSignal(floor.client, { workflowId, name, input });
  for (const name of UPDATES) {
    for (const input of payloads) await sendUpdate(floor.client, { workflowId, name, input });
  }
  await stage.settle();
  const { events } = await floor.client.workflow.getHandle(workflowId).fetchHistory();
  const failed = (events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_FAILED).length;
  must('failed workflow tasks', failed, 0);
  await stage.person(order.id, 'packed');
  must('phase after all of it', (await stage.view(order.id)).phase, 'awaitingHandover');
  return { handlers: SIGNALS.length + UPDATES.length, payloadsEach: payloads.length, failedWorkflowTasks: failed };
};

type Message = { workflowId: string; name: string; input: Payload[] };

async function sendSignal(client: Client, { workflowId, name, input }: Message): Promise<void> {
  await client.workflowService.signalWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    signalName: name,
    input: { payloads: input },
    requestId: randomUUID(),
  });
}

async function sendUpdate(client: Client, { workflowId, name, input }: Message): Promise<void> {
  const { outcome } = await client.workflowService.updateWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    waitPolicy: { lifecycleStage: UPDATE_COMPLETED },
    request: { meta: { updateId: randomUUID() }, input: { name, args: { payloads: input } } },
  });
  const text = input.map(
    ({ metadata, data }) => `${Buffer.from(metadata['encoding'] ?? []).toString()} ${Buffer.from(data).toString()}`,
  );
  must(`update ${name} refused: ${text.join()}`, outcome?.failure != null, true);
}
