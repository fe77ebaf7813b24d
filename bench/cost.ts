import { orderWorkflowId } from '../workflows/messages';
import { defaultNamespace } from '../engine/settings';
import { lookAt } from '../engine/virtual-clock';
import { sampleOrder } from '../stories/sample-order';
import { HOUR_MS } from '../stories/story';
import type { Floor } from '../test/support/floor';
import { untilTrue } from '../test/support/until';
import { bundleOrders } from '../workers/worker';
import type { Figures } from './bench';

const WORKFLOW_TASK_COMPLETED = 7;

/**
 * What one order costs from its creation to its end: `seller-on-time` on the real clock, back-dated so that nothing waits.
 * The server has nothing else to do, so its own counter of actions, before and after, is the order's.
 */
export async function cost(floor: Floor): Promise<Figures> {
  const stage = await floor.stage();
  const before = await actionsByType();
  const order = sampleOrder({ createdAt: (await stage.now()) - 3 * HOUR_MS });
  const workflowId = orderWorkflowId(stage.shopId, order.id);
  const rest = (): Promise<void> => untilRest(floor, workflowId);
  const effects = async (count: number): Promise<void> => {
    await untilTrue(`${count} effects`, async () => (await stage.ledger()).length === count);
    await rest();
  };
  const person = async (verb: string): Promise<void> => {
    const url = `${floor.apiUrl}/v1/orders/${stage.shopId}/${order.id}/${verb}`;
    const { ok, status } = await fetch(url, { method: 'POST' });
    if (!ok) throw new Error(`${verb} was answered ${status}`);
    await rest();
  };
  const outside = async (path: string, body: unknown): Promise<void> => {
    await stage.control('POST', `/orders/${order.id}/${path}`, body);
    await stage.control('GET', '/quiet?wait=5000');
    await rest();
  };

  // The platform tells of the order, and of the end of its hold an hour later: two notices, as in life.
  await stage.control('PUT', `/orders/${order.id}`, order);
  await effects(1);
  await person('packed');
  await effects(2);
  await stage.control('GET', '/quiet?wait=5000');
  await person('handed-over');
  await outside('carrier', { status: 'in_transit' });
  await outside('carrier', { status: 'delivered' });
  await outside('status', { status: 'COMPLETED' });
  await untilTrue('the order is over', async () => (await lookAt(floor.client, workflowId)).isClosed);

  const kinds = (await stage.ledger()).map(({ kind }) => kind);
  return { ...(await figuresOf(floor, workflowId)), ...actionsSince(before, await actionsByType()), effects: kinds };
}

async function untilRest({ client }: Floor, workflowId: string): Promise<void> {
  await untilTrue('the order rests', async () => (await lookAt(client, workflowId)).isQuiet);
}

async function figuresOf({ client }: Floor, workflowId: string): Promise<Figures> {
  const { workflowExecutionInfo: info } = await client.workflowService.describeWorkflowExecution({
    namespace: defaultNamespace,
    execution: { workflowId },
  });
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const countOf = (type: number): number => (events ?? []).filter(({ eventType }) => Number(eventType) === type).length;
  const { count: executions } = await client.workflow.count(`WorkflowId = "${workflowId}"`);
  return {
    events: Number(info?.historyLength),
    transitions: Number(info?.stateTransitionCount),
    executions,
    workflowTasks: countOf(WORKFLOW_TASK_COMPLETED),
    upserts: countOf(UPSERTED),
    historyBytes: Number(info?.historySizeBytes),
    bundleBytes: (await bundleOrders()).code.length,
  };
}

const UPSERTED = 40;

type Actions = Record<string, number>;

/** The server's own counter, by what it counted. */
async function actionsByType(): Promise<Actions> {
  const text = await (await fetch(process.env['SHIPCLOCK_TEST_METRICS_URL'] ?? '')).text();
  const lines = text.matchAll(/^action\{([^}]*)\} (\d+)$/gm);
  const ours = [...lines].filter(([, labels = '']) => labels.includes(`namespace="${defaultNamespace}"`));
  return Object.fromEntries(
    ours.map(([, labels = '', count]) => [/action_type="([^"]*)"/.exec(labels)?.[1] ?? '', Number(count)]),
  );
}

function actionsSince(before: Actions, after: Actions): Figures {
  const byType = Object.entries(after)
    .map(([type, count]) => [type, count - (before[type] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return { actions: byType.reduce((sum, [, count]) => sum + count, 0), actionsByType: Object.fromEntries(byType) };
}
