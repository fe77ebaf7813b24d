import { localDocuments } from '../../adapters/document-store/local';
import { shopKey, type Shop } from '../../contracts/shop';
import { neighboursOf } from '../../workers/neighbours';
import { SHOP_SWEEP, sweepNow, sweepState, sweepWorkflowId, type SweepView } from '../../workflows/messages-sweep';
import { sweepSummaries } from '../../words/sweep';
import type { Stage } from '../../stories/stage';
import type { Floor } from './floor';
import { untilTrue } from './until';

/** The sweep of a shop on a floor. */
export type Sweeping = {
  workflowId: string;
  view: () => Promise<SweepView>;
  /** Has it look at once, and waits until it has. */
  look: () => Promise<SweepView>;
};

/** Gives a shop a sweep and begins it as whoever connects a shop does; it has looked at the shop once. */
export async function beginSweep(floor: Floor, stage: Stage, every: Shop['sweep']): Promise<Sweeping> {
  const { shopId } = stage;
  const documents = localDocuments(floor.documentsDir);
  const document = JSON.parse((await documents.get(shopKey(shopId))) ?? '{}') as object;
  await documents.put(shopKey(shopId), JSON.stringify({ ...document, sweep: every }));
  const workflowId = sweepWorkflowId(shopId);
  await neighboursOf(floor.client, floor.taskQueue, () => Promise.resolve(true)).tell({
    workflowType: SHOP_SWEEP,
    workflowId,
    shopId,
    at: await stage.now(),
    input: { shopId },
    signal: sweepNow,
    payload: {},
    mayBeginAgain: true,
    summary: sweepSummaries.sweep,
  });
  const handle = floor.client.workflow.getHandle(workflowId);
  const view = (): Promise<SweepView> => handle.query(sweepState);
  await untilTrue('the sweep has looked', async () => (await view()).lookedAt !== null);
  // Its clock is moved with those of the shop's orders, which are found by visibility.
  await untilTrue(
    'it is listed',
    async () => (await floor.client.workflow.count(`WorkflowId = "${workflowId}"`)).count > 0,
  );
  const look = async (): Promise<SweepView> => {
    const before = await view();
    await handle.signal(sweepNow);
    await untilTrue('it has looked again', async () => {
      const { today, nextWakeAt } = await view();
      return nextWakeAt !== null && (today.rounds > before.today.rounds || today.day !== before.today.day);
    });
    return view();
  };
  return { workflowId, view, look };
}
