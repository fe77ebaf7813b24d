import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { appealWorkflowId, caseKeyOf } from '../../workflows/messages-appeal';
import { orderWorkflowId } from '../../workflows/messages';
import { lookAt } from '../../engine/virtual-clock';
import { openStage, type Stage } from '../../stories/stage';
import { playStory, type Played } from '../../stories/run';
import { stories } from '../../stories';
import { sampleOrder } from '../../stories/sample-order';
import type { Floor } from '../support/floor';
import { untilTrue } from '../support/until';
import { must, type Check, type Figures } from './check';

const WORKFLOW_TASK_COMPLETED = 7;

/** With the messages that came later, as an operator resets; and without, so that the order stands on its own knowledge. */
const REAPPLY = { withMessages: 3 as never, withoutMessages: 2 as never };

/**
 * Every story, reset to every completed workflow task, has the effects that it had: a run that is played again finds what
 * it did. The ledger of the sandbox is the judge. The first order, its forms and its appeal are reset. The sample leaves the
 * stories to their own test, which resets each of them once.
 */
export const resets: Check = async (floor, size) => {
  const figures: Figures = {};
  for (const { name } of size === 'all' ? stories : []) {
    const played = await playStory(name, floor);
    figures[`${name} resets`] = await resetAll(floor, played);
    figures[`${name} effects`] = countsOf(await played.stage.ledger());
  }
  return { ...figures, ...(await resetWhileToPack(floor)) };
};

/** Which of a workflow's completed tasks are reset to. */
type Choice = (points: number[]) => number[];

/** Resets what a story began to the chosen points, both ways. @returns how many resets there were. */
export async function resetAll(
  floor: Floor,
  { stage, orders, report }: Played,
  choose: Choice = (points) => points,
): Promise<number> {
  const before = countsOf(await stage.ledger());
  let count = 0;
  for (const workflowId of await workflowsOf(floor, stage, orders)) {
    const { runId } = await floor.client.workflow.getHandle(workflowId).describe();
    for (const eventId of choose(await completedTasks(floor.client, workflowId))) {
      for (const reapply of Object.values(REAPPLY)) {
        await reset(floor, { workflowId, runId, eventId, reapply });
        must(`${report.story}, ${workflowId} reset to event ${eventId}`, countsOf(await stage.ledger()), before);
        count += 1;
      }
    }
  }
  return count;
}

/** The first order, the manifests that it was on, and its appeal. */
async function workflowsOf({ client }: Floor, stage: Stage, [first = '']: string[]): Promise<string[]> {
  const { packages } = await stage.view(first);
  const manifests = Object.values(packages).flatMap(({ manifest }) => manifest.id ?? []);
  const appeals = Object.entries(packages).flatMap(([key, { appeal }]) =>
    appeal === undefined ? [] : [appealWorkflowId(stage.shopId, caseKeyOf(first, key))],
  );
  const ids = [orderWorkflowId(stage.shopId, first), ...manifests, ...appeals];
  // What was announced and never begun, such as the case of a parcel that moved in the same moment.
  const found = await Promise.all(
    ids.map((id) =>
      lookAt(client, id).then(
        () => [id],
        () => [],
      ),
    ),
  );
  return found.flat();
}

/**
 * The dangerous moment: the label is bought and the platform would still take another one. A run that begins again here is
 * kept from buying only by what was written down before the purchase.
 */
async function resetWhileToPack(floor: Floor): Promise<Figures> {
  const stage = await openStage(floor);
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  const workflowId = orderWorkflowId(stage.shopId, order.id);
  must('label before the resets', countsOf(await stage.ledger()), 'labelBought 1');
  const { runId } = await floor.client.workflow.getHandle(workflowId).describe();
  const points = await completedTasks(floor.client, workflowId);
  for (const eventId of points) {
    for (const reapply of Object.values(REAPPLY)) {
      await reset(floor, { workflowId, runId, eventId, reapply });
      must(`to pack, reset to event ${eventId}`, countsOf(await stage.ledger()), 'labelBought 1');
    }
  }
  await stage.settle();
  await stage.person(order.id, 'packed');
  must('effects after the resets', countsOf(await stage.ledger()), 'labelBought 1, trackingUploaded 1');
  return { 'to-pack resets': points.length * Object.keys(REAPPLY).length };
}

/** How many effects of each kind there were: a reset may not add one, in whatever order. */
function countsOf(ledger: Awaited<ReturnType<Stage['ledger']>>): string {
  const counts = new Map<string, number>();
  for (const { kind } of ledger) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const lines = [...counts].map(([kind, count]) => `${kind} ${count}`);
  return lines.sort().join(', ');
}

async function completedTasks(client: Client, workflowId: string): Promise<number[]> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ eventType, eventId }) =>
    Number(eventType) === WORKFLOW_TASK_COMPLETED ? [Number(eventId)] : [],
  );
}

type Reset = { workflowId: string; runId: string; eventId: number; reapply: never };

async function reset({ client }: Floor, { workflowId, runId, eventId, reapply }: Reset): Promise<void> {
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: eventId as never,
    requestId: randomUUID(),
    reason: 'test',
    resetReapplyType: reapply,
  });
  await untilTrue(`${workflowId} at rest after a reset to ${eventId}`, async () => {
    const { isQuiet, isClosed } = await lookAt(client, workflowId);
    return isQuiet || isClosed;
  });
}
