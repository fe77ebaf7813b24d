import { neighboursOf } from '../../workers/neighbours';
import { NEWEST_EDITION } from '../../domain/order/state';
import { orderChanged, orderState, orderWorkflowId } from '../../workflows/messages';
import { details, logWords } from '../../words/api';
import { problemOf, webhook } from './calls';
import { anyOrder, newOrderId, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** A webhook of a topic about this shop. */
const topic = (type: number, data: object): object => webhook(stage.shop.id, type, data);

const handleOf = (id: string): ReturnType<Stage['client']['workflow']['getHandle']> =>
  stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id));

async function signalsOf(id: string, name: string): Promise<number> {
  // A signal that comes during a workflow task enters history after it; a query is answered after both.
  await handleOf(id).query(orderState);
  const { events } = await handleOf(id).fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes?.signalName === name).length;
}

const isThere = (id: string): Promise<boolean> =>
  handleOf(id)
    .describe()
    .then(
      () => true,
      () => false,
    );

/** An order at the platform, of which nobody here has heard. */
async function atPlatform(): Promise<string> {
  const id = newOrderId();
  await stage.sandbox.control('PUT', `/orders/${id}?silent=true`, anyOrder(id));
  return id;
}

describe('a TikTok webhook', () => {
  it('opens an order of which nothing was known', async () => {
    const id = await atPlatform();
    const reply = await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'));
    expect([reply.status, reply.text]).toEqual([200, '']);
    const description = await handleOf(id).describe();
    expect(description).toMatchObject({ type: 'orderLifecycle', status: { name: 'RUNNING' } });
    expect(await description.staticSummary()).toBe(`Order ${id}`);
  });

  it('that comes again is told once', async () => {
    const id = await atPlatform();
    const twice = stage.statusChange(id, 'AWAITING_SHIPMENT');
    expect(await stage.sendTikTok(twice)).toMatchObject({ status: 200 });
    expect(await stage.sendTikTok(twice)).toMatchObject({ status: 200 });
    expect(await signalsOf(id, 'orderChanged')).toBe(1);
  });

  it('that is forged is refused and does nothing', async () => {
    const id = await atPlatform();
    const reply = await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'), 'another secret');
    expect([reply.status, problemOf(reply)]).toEqual([401, '/problems/forged-webhook']);
    expect(await isThere(id)).toBe(false);
  });

  it.each(['tiktok', 'tiktok/%/order-status-change', 'easypost'])(
    'for a shop that is not known answers as one that is forged: %s',
    async (path) => {
      const to = async (shopId: string): Promise<unknown[]> => {
        const address = path.includes('%') ? path.replace('%', shopId) : `${path}/${shopId}`;
        const { status, body } = await stage.ask(`POST /v1/webhooks/${address}`, { body: '{}' });
        return [status, body['type'], body['detail']];
      };
      expect(await to('1')).toEqual(await to(stage.shop.id));
      expect(await to('x')).toEqual([401, '/problems/forged-webhook', details.forged]);
    },
  );

  it('that speaks of another shop than its address is refused', async () => {
    const reply = await stage.sendTikTok(webhook('1', 1, { order_id: '5', order_status: 'UNPAID', update_time: 5 }));
    expect([reply.status, problemOf(reply)]).toEqual([400, '/problems/invalid-body']);
  });

  it.each(['CANCEL', 'COMPLETED'])('of %s about an order that was never seen opens nothing', async (word) => {
    const id = newOrderId();
    expect(await stage.sendTikTok(stage.statusChange(id, word))).toMatchObject({ status: 200 });
    expect(await isThere(id)).toBe(false);
  });

  it.each([2, 3, 4, 11, 12])('of type %i opens nothing, but an open order hears it', async (type) => {
    const [unknown, open] = [newOrderId(), await atPlatform()];
    await stage.sendTikTok(stage.statusChange(open, 'AWAITING_SHIPMENT'));
    expect(await stage.sendTikTok(topic(type, { order_id: unknown }))).toMatchObject({ status: 200 });
    expect(await stage.sendTikTok(topic(type, { order_id: open }))).toMatchObject({ status: 200 });
    expect(await isThere(unknown)).toBe(false);
    expect(await signalsOf(open, 'orderChanged')).toBe(2);
  });

  it.each([5, 64, 999])('of type %i is taken and logged', async (type) => {
    expect(await stage.sendTikTok(topic(type, { order_id: '5' }))).toMatchObject({ status: 200 });
    expect(stage.log.join('')).toContain(logWords.aboutNoOrder);
  });

  it('about an order that is over is taken, and starts no second life', async () => {
    const id = await atPlatform();
    await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'));
    await stage.sandbox.control('POST', `/orders/${id}/buyer-cancel`, {});
    await stage.sendTikTok(stage.statusChange(id, 'CANCEL'));
    await handleOf(id).result();
    const { runId } = await handleOf(id).describe();
    expect(await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'))).toMatchObject({ status: 200 });
    expect((await handleOf(id).describe()).runId).toBe(runId);
    expect(stage.log.join('')).toContain(logWords.orderNotOpen);
  });

  it('about an order whose workflow was terminated opens it again, as a sweep does', async () => {
    const id = await atPlatform();
    const { client, shop } = stage;
    const notice = { status: 'awaitingShipment', via: 'webhook', at: Date.now() } as const;
    const tell = (): Promise<string> =>
      neighboursOf(client, `api-${shop.id}`, () => Promise.resolve(false)).tell({
        workflowType: 'orderLifecycle',
        workflowId: orderWorkflowId(shop.id, id),
        shopId: shop.id,
        at: Date.now(),
        input: { shopId: shop.id, orderId: id, edition: NEWEST_EDITION },
        signal: orderChanged,
        payload: notice,
        summary: 'An order',
      });
    await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'));
    for (const again of [() => stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT')), tell]) {
      const { runId } = await handleOf(id).describe();
      await handleOf(id).terminate();
      await again();
      const now = await handleOf(id).describe();
      expect([now.status.name, now.runId === runId]).toEqual(['RUNNING', false]);
    }
  });

  it('whose fields are wrong is refused, and each is named', async () => {
    const reply = await stage.sendTikTok(topic(1, { order_id: 5, order_status: 'UNPAID', update_time: 'now' }));
    expect(reply).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-body', errors: [{ pointer: '/order_id' }, { pointer: '/update_time' }] },
    });
  });
});

describe('an EasyPost webhook', () => {
  let event = 0;
  const tracker = (tracking_code: string, word: string, detail: object = {}): object => ({
    id: `evt_${String((event += 1))}`,
    object: 'Event',
    description: 'tracker.updated',
    result: {
      tracking_code,
      status: word,
      updated_at: new Date().toISOString(),
      tracking_details: [{ datetime: new Date().toISOString(), status: word, message: '', ...detail }],
    },
  });

  /** An open order with a label, as far as webhooks can know. */
  async function withLabel(): Promise<{ id: string; number: string }> {
    const id = await atPlatform();
    await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'));
    const number = `94055${id}`;
    const label = { shopId: stage.shop.id, orderId: id, package: '1' };
    await stage.documents.put(`labels/by-tracking/${number}`, JSON.stringify(label));
    return { id, number };
  }

  it('is told once to the order of the label, however often it comes', async () => {
    const { id, number } = await withLabel();
    const news = tracker(number, 'in_transit');
    for (let times = 0; times < 3; times += 1) expect(await stage.sendEasyPost(news)).toMatchObject({ status: 200 });
    expect(await signalsOf(id, 'trackingChanged')).toBe(1);
  });

  it('that brings no news is not told, though it is another one', async () => {
    const { id, number } = await withLabel();
    const at = (minutes: number): object => ({ datetime: new Date(Date.now() - minutes * 60_000).toISOString() });
    const [now, before] = [
      { ...at(1), source: 'UPS' },
      { ...at(90), source: 'UPS' },
    ];
    for (const detail of [now, now, before]) await stage.sendEasyPost(tracker(number, 'out_for_delivery', detail));
    // The third proves that the carrier had it earlier than was known.
    expect(await signalsOf(id, 'trackingChanged')).toBe(2);
    await stage.sendEasyPost(tracker(number, 'pre_transit', before));
    expect(await signalsOf(id, 'trackingChanged')).toBe(2);
  });

  it('that says nothing yet is told to nobody', async () => {
    const { id, number } = await withLabel();
    expect(await stage.sendEasyPost(tracker(number, 'unknown'))).toMatchObject({ status: 200 });
    expect(await signalsOf(id, 'trackingChanged')).toBe(0);
  });

  it.each(['9400000000000000000000', '../../shops/1', 'x'.repeat(64)])(
    'about a parcel that is not ours is taken: %s',
    async (number) => {
      expect(await stage.sendEasyPost(tracker(number, 'in_transit'))).toMatchObject({ status: 200 });
    },
  );

  it("about another shop's parcel is told to nobody", async () => {
    const { id, number } = await withLabel();
    const label = { shopId: '1', orderId: id, package: '1' };
    await stage.documents.put(`labels/by-tracking/${number}`, JSON.stringify(label));
    expect(await stage.sendEasyPost(tracker(number, 'in_transit'))).toMatchObject({ status: 200 });
    expect(await signalsOf(id, 'trackingChanged')).toBe(0);
  });

  it('that is forged is refused', async () => {
    const headers = { 'x-hmac-signature': `hmac-sha256-hex=${'0'.repeat(64)}` };
    const reply = await stage.ask(`POST /v1/webhooks/easypost/${stage.shop.id}`, { headers, body: '{}' });
    expect([reply.status, problemOf(reply)]).toEqual([401, '/problems/forged-webhook']);
  });
});
