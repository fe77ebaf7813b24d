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

/** An order that waits to be packed; `more` are fields of the platform's own. */
async function placed(stage: Stage, more: Record<string, unknown> = {}): Promise<string> {
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT', ...more });
  await stage.place(order);
  return order.id;
}

type Fault = { route: string; kind: string; times?: number };

const strike = (stage: Stage, fault: Fault): Promise<unknown> => stage.control('POST', '/faults', fault);

describe('a purchase', () => {
  it.each([
    ['the line is cut after it', 'easypost.buy', 'commitThenCut'],
    ['a proxy answers with a page', 'easypost.buy', 'html502'],
    ['the rates come late', 'easypost.createShipment', 'rateLimited'],
    ['the read-back fails first', 'easypost.getShipment', 'serverError'],
  ])('is made once when %s', async (_what, route, kind) => {
    const stage = await floor.stage();
    await strike(stage, { route, kind, times: 2 });
    await placed(stage);
    await stage.advance(HOUR_MS);
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });

  it('waits while the account is empty: one task for the account, and the label once there is money', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'insufficientFunds', times: 1 });
    const orderId = await placed(stage);
    expect((await stage.view(orderId)).attention).toEqual([]);
    const tasks = async (): Promise<string[]> => (await stage.alerts()).map(({ about }) => about);
    expect(await tasks()).toEqual(['accountPaused']);
    expect(await effectsOf(stage)).toEqual([]);
    await stage.advance(HOUR_MS);
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });
});

describe('while the purchase is being retried', () => {
  it('the buyer cancels: nothing stays bought, and the order ends when nothing can still be bought', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'serverError' });
    const orderId = await placed(stage);
    expect((await stage.view(orderId)).underWay).toEqual(['buyLabel:1:1']);
    await stage.control('POST', `/orders/${orderId}/buyer-cancel`, {});
    await stage.settle();
    expect(await stage.view(orderId)).toMatchObject({ phase: 'cancelled', outcome: null });
    await stage.advance(HOUR_MS);
    expect(await stage.view(orderId)).toMatchObject({ outcome: 'buyerCancelled', underWay: [] });
    expect(await effectsOf(stage)).toEqual([]);
  });

  it('the buyer cancels after an unheard-of success: the label is voided', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'commitThenCut', times: 1 });
    const orderId = await placed(stage);
    expect(await effectsOf(stage)).toEqual(['labelBought']);
    expect((await stage.view(orderId)).packages['1']?.label.status).toBe('prepared');
    await stage.control('POST', `/orders/${orderId}/buyer-cancel`, {});
    await stage.advance(HOUR_MS);
    expect((await stage.view(orderId)).outcome).toBe('buyerCancelled');
    expect(await effectsOf(stage)).toEqual(['labelBought', 'labelVoided']);
  });

  it('the pack deadline passes: people are told, the platform is asked, the purchase goes on and the order ships', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'serverError' });
    const orderId = await placed(stage, { rts_sla_time: Math.floor((await stage.now()) / 1_000) + 2 * 3_600 });
    expect((await stage.view(orderId)).attention.map(({ kind }) => kind)).not.toContain('deadlinePassed');
    await stage.advance(3 * HOUR_MS);
    const view = await stage.view(orderId);
    expect(view.attention.map(({ kind }) => kind)).toContain('deadlinePassed');
    expect(view).toMatchObject({ phase: 'toPack', outcome: null, underWay: ['buyLabel:1:1'] });
    await stage.control('DELETE', '/faults');
    await stage.advance(HOUR_MS);
    await stage.person(orderId, 'packed');
    expect(await effectsOf(stage)).toEqual(['labelBought', 'trackingUploaded']);
  });

  it('a person holds the order: it waits, and is bought once on release', async () => {
    const stage = await floor.stage();
    await strike(stage, { route: 'easypost.buy', kind: 'serverError' });
    const orderId = await placed(stage);
    await stage.person(orderId, 'hold');
    await stage.control('DELETE', '/faults');
    await stage.advance(HOUR_MS);
    expect(await effectsOf(stage)).toEqual([]);
    await stage.person(orderId, 'release');
    expect(await effectsOf(stage)).toEqual(['labelBought']);
  });
});

describe('an order whose workflow somebody cancels in Temporal', () => {
  it('goes on being watched, and says what to do instead', async () => {
    const stage = await floor.stage();
    const orderId = await placed(stage);
    await floor.client.workflow.getHandle(`order:${stage.shopId}:${orderId}`).cancel();
    await stage.settle();
    expect((await stage.view(orderId)).attention.map(({ kind }) => kind)).toEqual(['workflowCancelled']);
    await stage.person(orderId, 'packed');
    expect(await effectsOf(stage)).toEqual(['labelBought', 'trackingUploaded']);
  });
});

describe('an order that is over', () => {
  it('starts nothing when a notice comes late', async () => {
    const stage = await floor.stage();
    const orderId = await placed(stage);
    await stage.control('POST', `/orders/${orderId}/buyer-cancel`, {});
    await stage.settle();
    const runs = async (): Promise<number> =>
      (await floor.client.workflow.count(`WorkflowId = "order:${stage.shopId}:${orderId}"`)).count;
    const before = await effectsOf(stage);
    await stage.control('POST', '/webhooks/resend', { order: orderId });
    await stage.settle();
    expect(await runs()).toBe(1);
    expect(await effectsOf(stage)).toEqual(before);
  });
});
