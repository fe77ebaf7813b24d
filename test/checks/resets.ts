import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { orderWorkflowId } from '../../workflows/messages';
import { lookAt } from '../../engine/virtual-clock';
import { openStage, type Stage } from '../../stories/stage';
import { stories } from '../../stories';
import { sampleOrder } from '../../stories/sample-order';
import type { Floor } from '../support/floor';
import { untilTrue } from '../support/until';
import { must, type Check, type Figures } from './check';

const WORKFLOW_TASK_COMPLETED = 7;
/** A sample takes the first, the last, and every so many between. */
const SAMPLE_STEP = 4;

/** With the messages that came later, as an operator resets; and without, so that the order stands on its own knowledge. */
const REAPPLY = { withMessages: 3 as never, withoutMessages: 2 as never };

/**
 * Every story, reset to every completed workflow task, has the effects that it had: a run that is played again finds what
 * it did. The ledger of the sandbox is the judge.
 */
export const resets: Check = async (floor, size) => {
  const figures: Figures = {};
  for (const story of stories) {
    const stage = await openStage(floor);
    const [orderId = ''] = await story.play(stage);
    const workflowId = orderWorkflowId(stage.shopId, orderId);
    const before = effectsOf(await stage.ledger());
    const { runId } = await floor.client.workflow.getHandle(workflowId).describe();
    const points = await completedTasks(floor.client, workflowId);
    const taken = size === 'all' ? points : points.filter((_, i) => i % SAMPLE_STEP === 0 || i === points.length - 1);
    for (const eventId of taken) {
      for (const reapply of Object.values(REAPPLY)) {
        await reset(floor, { workflowId, runId, eventId, reapply });
        must(`${story.name} reset to event ${eventId}`, effectsOf(await stage.ledger()), before);
      }
    }
    figures[`${story.name} resets`] = taken.length * Object.keys(REAPPLY).length;
    figures[`${story.name} effects`] = before.join(' ');
  }
  return { ...figures, ...(await resetWhileToPack(floor)) };
};

/**
 * The dangerous moment: the label is bought and the platform would still take another one. A run that begins again here is
 * kept from buying only by what was written down before the purchase.
 */
async function resetWhileToPack(floor: Floor): Promise<Figures> {
  const stage = await openStage(floor);
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  const workflowId = orderWorkflowId(stage.shopId, order.id);
  must('label before the resets', effectsOf(await stage.ledger()), ['labelBought']);
  const { runId } = await floor.client.workflow.getHandle(workflowId).describe();
  const points = await completedTasks(floor.client, workflowId);
  for (const eventId of points) {
    for (const reapply of Object.values(REAPPLY)) {
      await reset(floor, { workflowId, runId, eventId, reapply });
      must(`to pack, reset to event ${eventId}`, effectsOf(await stage.ledger()), ['labelBought']);
    }
  }
  await stage.settle();
  await stage.person(order.id, 'packed');
  must('effects after the resets', effectsOf(await stage.ledger()), ['labelBought', 'trackingUploaded']);
  return { 'to-pack resets': points.length * Object.keys(REAPPLY).length };
}

const effectsOf = (ledger: Awaited<ReturnType<Stage['ledger']>>): string[] => ledger.map(({ kind }) => kind);

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
