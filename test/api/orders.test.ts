import { requestIdOf, type Caller } from '../../api/caller';
import { orderWorkflowId } from '../../workflows/messages';
import { problemOf } from './calls';
import { anyOrder, newOrderId, openStage, until, type Stage } from './stage';

const desk = (key: string): Required<Caller> => ({ actor: 'desk', key });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('placing an order', () => {
  it('answers 201 with where it is read, and its workflow reads it from the platform', async () => {
    const id = newOrderId();
    const reply = await stage.place(anyOrder(id));
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/orders/${stage.shop.id}/${id}`);
    const workflowId = orderWorkflowId(stage.shop.id, id);
    expect(reply.body).toEqual({
      shopId: stage.shop.id,
      orderId: id,
      workflowId,
      links: {
        self: `/v1/orders/${stage.shop.id}/${id}`,
        temporal: `http://127.0.0.1:8233/namespaces/shipclock/workflows/${encodeURIComponent(workflowId)}`,
      },
    });
    const order = await until(async () => {
      const { body } = await stage.read(id);
      return body['platformStatus'] === 'awaitingShipment' && body;
    });
    expect(order).toMatchObject({
      shopId: stage.shop.id,
      orderId: id,
      workflow: { id: workflowId, status: 'RUNNING' },
    });
  });

  it('again is refused, and the first one stays as it is', async () => {
    const id = await stage.placed();
    const reply = await stage.place(anyOrder(id));
    expect([reply.status, problemOf(reply)]).toEqual([409, '/problems/duplicate-order']);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
  });

  it('many times at once is one order', async () => {
    const id = newOrderId();
    const replies = await Promise.all(Array.from({ length: 8 }, () => stage.place(anyOrder(id))));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('again under the same key hears the first answer', async () => {
    const [id, headers] = [newOrderId(), { 'idempotency-key': 'one' }];
    const order = anyOrder(id);
    const first = await stage.place(order, headers);
    const second = await stage.place(order, headers);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('under a key that was used for another body is refused as that', async () => {
    const [id, headers] = [newOrderId(), { 'idempotency-key': 'two' }];
    await stage.place(anyOrder(id), headers);
    const reply = await stage.place(anyOrder(id, { order_type: 'NORMAL' }), headers);
    expect([reply.status, problemOf(reply)]).toEqual([422, '/problems/key-reused']);
  });

  it('that the platform has already, but nobody works on, opens it', async () => {
    const id = newOrderId();
    await stage.sandbox.control('PUT', `/orders/${id}?silent=true`, anyOrder(id));
    expect(await stage.place(anyOrder(id))).toMatchObject({ status: 201 });
  });

  it('that a sweep found and opened before this request could is its order all the same', async () => {
    const [id, key] = [newOrderId(), 'swept'];
    const order = anyOrder(id);
    await fetch(`${stage.shop.platform.baseUrl}/control/shops/${stage.shop.id}/orders/${id}?silent=true`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-request-id': requestIdOf(desk(key), stage.shop.id, 'orders') },
      body: JSON.stringify(order),
    });
    // A webhook opens an order for nobody's request, just as a sweep does.
    expect(await stage.sendTikTok(stage.statusChange(id, 'AWAITING_SHIPMENT'))).toMatchObject({ status: 200 });
    expect(await stage.place(order, { 'idempotency-key': key, 'x-actor': desk(key).actor })).toMatchObject({
      status: 201,
      body: { orderId: id },
    });
    expect(await stage.place(order)).toMatchObject({ status: 409 });
  });

  it("on the buyer's hold stands in the lists at once, with the end of the hold", async () => {
    const id = newOrderId();
    await stage.place(anyOrder(id, { status: 'ON_HOLD' }));
    const { body } = await until(async () => {
      const reply = await stage.ask(`GET /v1/orders?shop=${stage.shop.id}&phase=onHold`);
      return (reply.body['data'] as { orderId: string }[]).some(({ orderId }) => orderId === id) && reply;
    });
    const [order] = (body['data'] as { orderId: string; nextDeadline: unknown }[]).filter(
      ({ orderId }) => orderId === id,
    );
    expect(order).toMatchObject({ phase: 'onHold', open: true, attention: null, nextDeadline: { kind: 'holdEnds' } });
  });

  it('keeps the recipient out of the log and the workflow', async () => {
    const id = await stage.placed({ recipient_address: { name: 'Canary Bird', phone_number: '+1 555 0100' } });
    const history = await stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id)).fetchHistory();
    expect(JSON.stringify(history)).not.toContain(Buffer.from('Canary').toString('base64').slice(0, 8));
    expect(JSON.stringify(history) + stage.log.join('')).not.toMatch(/Canary|555 0100/);
  });
});

describe('reading an order', () => {
  it('that is not known is 404', async () => {
    const reply = await stage.read('576000000000000001');
    expect([reply.status, problemOf(reply)]).toEqual([404, '/problems/unknown-order']);
  });

  it('of a shop that is not known is 404', async () => {
    const reply = await stage.ask('GET /v1/orders/1/576000000000000001');
    expect([reply.status, problemOf(reply)]).toEqual([404, '/problems/unknown-shop']);
  });

  it('works after its end', async () => {
    const id = await stage.placed();
    await stage.sandbox.control('POST', `/orders/${id}/buyer-cancel`, {});
    await stage.sendTikTok(stage.statusChange(id, 'CANCEL'));
    await stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id)).result();
    expect((await stage.read(id)).body).toMatchObject({ phase: 'cancelled', workflow: { status: 'COMPLETED' } });
  });
});

describe('a shop whose time is played', () => {
  let played: Stage;
  beforeAll(async () => {
    played = await openStage({ startFields: () => ({ timeSkippingConfig: { enabled: true } }) });
  });
  afterAll(() => played.close());

  it('opens its orders with a clock of their own, by request and by webhook', async () => {
    const [byRequest, byWebhook] = [newOrderId(), newOrderId()];
    expect(await played.place(anyOrder(byRequest))).toMatchObject({ status: 201 });
    expect(await played.sendTikTok(played.statusChange(byWebhook, 'AWAITING_SHIPMENT'))).toMatchObject({ status: 200 });
    for (const id of [byRequest, byWebhook]) {
      const handle = played.client.workflow.getHandle(orderWorkflowId(played.shop.id, id));
      const [started] = (await handle.fetchHistory()).events ?? [];
      expect(started?.workflowExecutionStartedEventAttributes?.timeSkippingConfig).toMatchObject({ enabled: true });
    }
  });

  it('has no order that its platform does not know, though a webhook spoke of it', async () => {
    const id = newOrderId();
    expect(await played.sendTikTok(played.statusChange(id, 'AWAITING_SHIPMENT'))).toMatchObject({ status: 200 });
    await played.client.workflow.getHandle(orderWorkflowId(played.shop.id, id)).result();
    const reply = await played.read(id);
    expect([reply.status, problemOf(reply)]).toEqual([404, '/problems/unknown-order']);
  });
});
