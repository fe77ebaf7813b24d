import { sampleOrder } from '../../stories/sample-order';
import { HOUR_MS } from '../../stories/story';
import type { Stage } from '../../stories/stage';
import { openFloor, type Floor } from '../support/floor';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const effectsOf = async (stage: Stage): Promise<string[]> => (await stage.ledger()).map(({ kind }) => kind);

const strike = (stage: Stage, fault: Record<string, unknown>): Promise<unknown> =>
  stage.control('POST', '/faults', fault);

async function placed(stage: Stage, more: Record<string, unknown> = {}): Promise<string> {
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT', ...more });
  await stage.place(order);
  return order.id;
}

/** What platforms and carriers really do, and what must not cost a label or an order. */
describe('outside systems lie, lag and forget', () => {
  it('a label that is paid for and has no number yet is waited for, not bought again', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'numberLater', until: (await stage.now()) + HOUR_MS });
    const orderId = await placed(stage);
    expect((await stage.view(orderId)).underWay).toEqual(['buyLabel:1:1']);
    await stage.advance(3 * HOUR_MS);
    expect((await stage.view(orderId)).packages['1']?.label).toMatchObject({ status: 'bought', attempt: 1 });
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });

  it('a gateway’s 404 says nothing about a shipment', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'commitThenCut', times: 1 });
    await strike(stage, { route: 'easypost.getShipment', kind: 'notFound', times: 3 });
    await placed(stage);
    await stage.advance(3 * HOUR_MS);
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });

  it('a provider that forgot the shipment makes it a person’s matter', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'commitThenCut', times: 1 });
    const orderId = await placed(stage);
    await strike(stage, { route: 'easypost.getShipment', kind: 'notFoundCode' });
    await stage.advance(3 * HOUR_MS);
    expect((await stage.view(orderId)).packages['1']?.label).toMatchObject({
      ...{ status: 'refused', objection: 'unclear', attempt: 1 },
    });
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });

  it('no rates is a person’s matter, and is not asked again and again', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.createShipment', kind: 'ratesUnavailable' });
    const orderId = await placed(stage);
    const view = await stage.view(orderId);
    expect(view.attention.map(({ kind }) => kind)).toEqual(['labelRefused']);
    expect(view.underWay).toEqual([]);
  });

  it('an order that the read model does not know yet is read when it does', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'tiktok.getOrder', kind: 'notFound', until: (await stage.now()) + 2 * HOUR_MS });
    const orderId = await placed(stage);
    expect(await effectsOf(stage)).toEqual([]);
    await stage.advance(8 * HOUR_MS);
    expect((await stage.view(orderId)).phase).toBe('toPack');
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });

  it('a read model that lags behind its notice is waited for in few steps', async () => {
    const stage = await floor.stage();
    const orderId = await placed(stage, { status: 'ON_HOLD' });
    await strike(stage, { route: 'tiktok.getOrder', kind: 'staleRead', until: (await stage.now()) + 2 * HOUR_MS });
    await stage.advance(1.5 * HOUR_MS);
    expect(await effectsOf(stage)).toEqual([]);
    await stage.advance(4 * HOUR_MS);
    expect(await effectsOf(stage)).toEqual(['labelBought']);
    const { historyLength } = await floor.client.workflow.getHandle(`order:${stage.shopId}:${orderId}`).describe();
    // Ten looks or so, of some 25 events each; a loop would make thousands.
    expect(historyLength).toBeLessThan(400);
  });

  it('a rejected refund is not taken for a void: the order stays open until it is settled', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.refund', kind: 'refundRejected', times: 1 });
    const orderId = await placed(stage);
    await stage.control('POST', `/orders/${orderId}/buyer-cancel`, {});
    await stage.settle();
    const view = await stage.view(orderId);
    expect(view).toMatchObject({ phase: 'cancelled', outcome: null });
    expect(view.attention.map(({ kind }) => kind)).toContain('voidRefused');
    await stage.person(orderId, 'release');
    expect(await effectsOf(stage)).toEqual(['labelBought', 'labelVoided']);
    expect((await stage.view(orderId)).outcome).toBe('buyerCancelled');
  });

  it('a parcel that is scanned before anybody said packed has its number uploaded', async () => {
    const stage = await floor.stage();
    const orderId = await placed(stage);
    await stage.control('POST', `/orders/${orderId}/carrier`, { status: 'in_transit' });
    await stage.settle();
    expect(await effectsOf(stage)).toEqual(['labelBought', 'trackingUploaded']);
    expect((await stage.view(orderId)).phase).toBe('inTransit');
  });

  it('the platform’s own deadlines, which come after the hold, are what is due', async () => {
    const stage = await floor.stage();
    const due = Math.floor((await stage.now()) / 1_000) + 30 * 3_600;
    const orderId = await placed(stage, { status: 'ON_HOLD', _sla_after_hold: { rts_sla_time: due } });
    await stage.advance(2 * HOUR_MS);
    await stage.advance(30 * HOUR_MS);
    const shipBy = (await stage.view(orderId)).agenda.find(({ name }) => name === 'shipBy');
    expect(shipBy).toMatchObject({ platformAt: new Date(due * 1_000).toISOString(), met: false });
  });

  it('a number that we uploaded is known for ours after a reset, and given back on a cancel', async () => {
    const stage = await floor.stage();
    const orderId = await placed(stage);
    await stage.person(orderId, 'packed');
    const workflowId = `order:${stage.shopId}:${orderId}`;
    const { runId } = await floor.client.workflow.getHandle(workflowId).describe();
    await floor.client.workflowService.resetWorkflowExecution({
      namespace: floor.client.options.namespace,
      workflowExecution: { workflowId, runId },
      workflowTaskFinishEventId: 3 as never,
      requestId: workflowId,
      reason: 'test',
    });
    await stage.settle();
    await stage.control('POST', `/orders/${orderId}/buyer-cancel`, {});
    await stage.advance(HOUR_MS);
    expect(await effectsOf(stage)).toEqual(['labelBought', 'trackingUploaded', 'labelVoided']);
  });
});
