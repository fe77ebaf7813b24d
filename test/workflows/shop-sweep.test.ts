import { searchAttributes, orderWorkflowId } from '../../workflows/messages';
import { countsOf } from '../../bench/counts';
import type { SampleOrder } from '../../stories/sample-order';
import { sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { sweep as lostWebhooks } from '../checks/sweep';
import { openFloor, type Floor } from '../support/floor';
import { beginSweep } from '../support/sweeping';
import { untilTrue } from '../support/until';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const USUAL = { dayMinutes: 5, nightMinutes: 15 };

/** An order that the platform has; we hear of it only by webhook or sweep. */
async function bought(stage: Stage): Promise<SampleOrder> {
  const order = sampleOrder({ createdAt: (await stage.now()) - 2 * MINUTE, status: 'AWAITING_SHIPMENT' });
  await stage.control('PUT', `/orders/${order.id}`, order);
  return order;
}

const isKnown = (stage: Stage, id: string): Promise<boolean> =>
  stage.view(id).then(
    ({ phase }) => phase === 'toPack',
    () => false,
  );

const kinds = async (stage: Stage): Promise<string[]> => (await stage.ledger()).map(({ kind }) => kind);

describe('the sweep of a shop', () => {
  it('finds an order within two rounds though every webhook is lost, and what becomes of it', async () => {
    const stage = await floor.stage();
    const sweep = await beginSweep(floor, stage, USUAL);
    await stage.control('POST', '/webhook-faults', { drop: 1_000 });
    const order = await bought(stage);
    // By night a round is due every 15 minutes.
    await stage.advance(30 * MINUTE);
    expect(await isKnown(stage, order.id)).toBe(true);
    expect(await sweep.view()).toMatchObject({ found: 1, missed: 1, hindered: null });
    await stage.control('POST', `/orders/${order.id}/buyer-cancel`, { request: true });
    await stage.advance(30 * MINUTE);
    expect((await stage.view(order.id)).attention.map(({ kind }) => kind)).toContain('cancelRequested');
    await stage.control('POST', `/orders/${order.id}/status`, { status: 'CANCELLED' });
    await stage.advance(30 * MINUTE);
    expect(await stage.view(order.id)).toMatchObject({ outcome: 'platformCancelled' });
    expect(await kinds(stage)).toEqual(['labelBought', 'labelVoided']);
  }, 120_000);

  it('tells nobody anything while webhooks come, and costs two actions a round', async () => {
    const stage = await floor.stage();
    const sweep = await beginSweep(floor, stage, { dayMinutes: 5, nightMinutes: 5 });
    const orders = [await bought(stage), await bought(stage), await bought(stage)];
    for (const { id } of orders) await untilTrue('it is known', () => isKnown(stage, id));
    const heard = (await Promise.all(orders.map(({ id }) => stage.view(id)))).map((view) => view.heard);
    const before = await countsOf(floor.client, sweep.workflowId);
    await stage.advance(HOUR);
    const after = await countsOf(floor.client, sweep.workflowId);
    expect(await sweep.view()).toMatchObject({ found: 0, missed: 0 });
    expect((await Promise.all(orders.map(({ id }) => stage.view(id)))).map((view) => view.heard)).toEqual(heard);
    expect(after.actions - before.actions).toBeLessThanOrEqual(2 * 12);
    expect(after.upserts).toBe(0);
  }, 120_000);

  it('loses nothing while the platform is down, and finds it afterwards', async () => {
    const stage = await floor.stage();
    const sweep = await beginSweep(floor, stage, { dayMinutes: 30, nightMinutes: 30 });
    await stage.control('POST', '/webhook-faults', { drop: 1_000 });
    await stage.control('POST', '/faults', { route: 'tiktok.search', kind: 'serverError' });
    const order = await bought(stage);
    await stage.advance(6 * HOUR);
    expect(await sweep.view()).toMatchObject({ found: 0, hindered: { why: 'platformSilent' } });
    await stage.control('DELETE', '/faults');
    await stage.advance(HOUR);
    expect(await sweep.view()).toMatchObject({ missed: 1, hindered: null });
    expect(await isKnown(stage, order.id)).toBe(true);
  }, 120_000);

  it('goes on in a new run each day, and keeps what it counted', async () => {
    const stage = await floor.stage();
    const sweep = await beginSweep(floor, stage, { dayMinutes: 240, nightMinutes: 240 });
    await stage.control('POST', '/webhook-faults', { drop: 1_000 });
    const handle = floor.client.workflow.getHandle(sweep.workflowId);
    const first = (await handle.describe()).runId;
    const order = await bought(stage);
    expect(await sweep.look()).toMatchObject({ missed: 1 });
    // A round may come when the ship-from opens, and the next four hours later.
    await stage.advance(29 * HOUR);
    const { runId, typedSearchAttributes } = await handle.describe();
    expect(runId).not.toBe(first);
    expect(typedSearchAttributes.get(searchAttributes.shopId)).toBe(stage.shopId);
    expect(await sweep.view()).toMatchObject({ missed: 1, found: 1 });
    const { count } = await floor.client.workflow.count(`WorkflowId = "${orderWorkflowId(stage.shopId, order.id)}"`);
    expect(count).toBe(1);
  }, 120_000);

  it('finds the one order in twenty whose webhook was lost, and tells no other', async () => {
    expect(await lostWebhooks(floor, 'sample')).toMatchObject({ orders: 40, lost: 2, found: 2 });
  }, 120_000);

  it('is not blind for long where a worker dies in the middle of a round', async () => {
    const stage = await floor.stage();
    const sweep = await beginSweep(floor, stage, USUAL);
    const { events } = await floor.client.workflow.getHandle(sweep.workflowId).fetchHistory();
    const [round] = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: one }) => one ?? []);
    expect(Number(round?.heartbeatTimeout?.seconds)).toBe(30);
  });

  it('lives through whatever is sent to it', async () => {
    const stage = await floor.stage();
    const sweep = await beginSweep(floor, stage, USUAL);
    const handle = floor.client.workflow.getHandle(sweep.workflowId);
    for (const value of [null, 7, 'x', [], { at: 'never' }]) await handle.signal('sweepNow', value);
    await handle.signal('noSuchSignal', null);
    await handle.cancel();
    await expect(handle.executeUpdate('noSuchUpdate')).rejects.toThrow();
    await untilTrue('it has noted them', async () => (await sweep.view()).unreadable === 1);
    expect(await sweep.look()).toMatchObject({ hindered: null });
    const { events } = await handle.fetchHistory();
    const WORKFLOW_TASK_FAILED = 9;
    expect((events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_FAILED)).toEqual([]);
  });
});
