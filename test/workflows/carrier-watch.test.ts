import { beginCarrierWatch } from '../../engine/shop-accounts';
import { startFieldsAt, startingWith } from '../../engine/start-ahead';
import { sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { carrierWatchState, carrierWatchWorkflowId, type WatchView } from '../../workflows/messages-carriers';
import { openFloor, type Floor } from '../support/floor';
import { untilTrue } from '../support/until';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Listed = {
  account: string;
  can: string[] | null;
  paused: { cause: string } | null;
  ordersWaiting: number;
};

/** The account that the shop's labels are bought through. */
async function easyPostOf({ shopId }: Stage): Promise<Listed | undefined> {
  const answer = await fetch(`${floor.apiUrl}/v1/shops/${shopId}/carriers`);
  return ((await answer.json()) as { data: Listed[] }).data.find(({ account }) => account === 'easypost');
}

/** Begins the watch as whoever opens a shop does; it has looked once. */
async function beginWatch(stage: Stage): Promise<{ workflowId: string; view: () => Promise<WatchView> }> {
  const { shopId } = stage;
  const workflow = startingWith(floor.client, startFieldsAt(await stage.now()));
  await beginCarrierWatch({ workflow }, { taskQueue: floor.taskQueue, shopId });
  const workflowId = carrierWatchWorkflowId(shopId);
  const view = (): Promise<WatchView> => floor.client.workflow.getHandle(workflowId).query(carrierWatchState);
  await untilTrue('it has looked', async () => (await view()).lookedAt !== null);
  // Its clock is moved with those of the shop's orders, which are found by visibility.
  await untilTrue(
    'it is listed',
    async () => (await floor.client.workflow.count(`WorkflowId = "${workflowId}"`)).count > 0,
  );
  return { workflowId, view };
}

async function bought(stage: Stage): Promise<string> {
  const order = sampleOrder({ createdAt: (await stage.now()) - 2 * MINUTE, status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  return order.id;
}

const meaningOf = async (stage: Stage, id: string): Promise<string | undefined> =>
  (await stage.view(id)).packages['1']?.tracking.meaning;

describe('the watch over carrier accounts', () => {
  it('says what each account can, and that nobody has looked yet', async () => {
    const stage = await floor.stage();
    expect(await easyPostOf(stage)).toMatchObject({ can: null, paused: null });
    const watch = await beginWatch(stage);
    expect((await easyPostOf(stage))?.can).toContain('labels');
    await stage.advance(3 * HOUR + MINUTE);
    const { lookedAt, accounts, nextWakeAt } = await watch.view();
    expect(accounts).toBeGreaterThan(0);
    expect((await stage.now()) - Date.parse(lookedAt ?? '')).toBeLessThan(HOUR);
    expect(nextWakeAt).not.toBeNull();
  }, 120_000);

  it('makes one task of dead credentials, which is settled once they are put right', async () => {
    const stage = await floor.stage();
    await beginWatch(stage);
    await stage.control('PUT', '/carriers/easypost', { dead: true });
    const orders = [await bought(stage), await bought(stage)];
    await stage.advance(10 * MINUTE);
    expect(await easyPostOf(stage)).toMatchObject({ paused: { cause: 'credentials' }, ordersWaiting: 2 });
    const tasks = async () => (await stage.alerts()).filter(({ about }) => about === 'accountPaused');
    expect(await tasks()).toMatchObject([{ state: 'open', orderId: orders[0] }]);
    await stage.control('PUT', '/carriers/easypost', { dead: false });
    await stage.advance(HOUR);
    expect(await easyPostOf(stage)).toMatchObject({ paused: null, ordersWaiting: 0 });
    expect(await tasks()).toMatchObject([{ state: 'settled' }]);
    expect((await stage.ledger()).filter(({ kind }) => kind === 'labelBought')).toHaveLength(2);
  }, 120_000);

  it('asks after a parcel of which nobody has told anything for a day, and tells its order', async () => {
    const stage = await floor.stage();
    const watch = await beginWatch(stage);
    const id = await bought(stage);
    await stage.person(id, 'packed');
    await stage.person(id, 'handed-over');
    await stage.control('POST', '/webhook-faults', { drop: 1_000 });
    await stage.control('POST', `/orders/${id}/carrier`, { status: 'in_transit' });
    await stage.advance(2 * HOUR);
    const before = await meaningOf(stage, id);
    await stage.advance(26 * HOUR);
    expect(await meaningOf(stage, id)).not.toBe(before);
    expect((await watch.view()).told).toBe(1);
  }, 120_000);

  it('lives through whatever is sent to it, and goes on in a new run each day', async () => {
    const stage = await floor.stage();
    const watch = await beginWatch(stage);
    const handle = floor.client.workflow.getHandle(watch.workflowId);
    const first = (await handle.describe()).runId;
    for (const value of [null, 7, 'x', [], { at: 'never' }]) await handle.signal('carriersNow', value);
    await handle.signal('noSuchSignal', null);
    await handle.cancel();
    await expect(handle.executeUpdate('noSuchUpdate')).rejects.toThrow();
    await untilTrue('it has noted them', async () => (await watch.view()).unreadable === 1);
    await stage.advance(26 * HOUR);
    expect((await handle.describe()).runId).not.toBe(first);
    expect(await watch.view()).toMatchObject({ unreadable: 1, hindered: null });
  }, 120_000);
});
