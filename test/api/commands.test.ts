import { createHash } from 'node:crypto';
import { orderWorkflowId, personsUpdates } from '../../workflows/messages';
import { problemOf } from './calls';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('ordering something of an order', () => {
  it('answers with the verdict', async () => {
    const id = await stage.placed();
    const reply = await stage.order(id, 'hold', { headers: { 'x-actor': 'Ada' } });
    expect(reply).toMatchObject({ status: 200, body: { accepted: true, phase: 'toPack' } });
    expect((await stage.read(id)).body).toMatchObject({ heldBy: 'Ada' });
  });

  it('that does not fit its state is refused with the reason, with a key or without', async () => {
    const id = await stage.placed();
    for (const headers of [{}, { 'idempotency-key': 'k' }]) {
      const reply = await stage.order(id, 'handed-over', { headers });
      expect([reply.status, problemOf(reply)]).toEqual([409, '/problems/refused']);
      expect(reply.body['detail']).toMatch(/packed parcel/);
    }
  });

  it('under one key has one effect, and a refusal is remembered too', async () => {
    const id = await stage.placed();
    const refused = await stage.order(id, 'handed-over', { headers: { 'idempotency-key': 'r' } });
    const first = await stage.order(id, 'hold', { headers: { 'idempotency-key': 'h' } });
    const again = await stage.order(id, 'hold', { headers: { 'idempotency-key': 'h' } });
    expect(again).toMatchObject({ status: 200, body: first.body });
    expect(await stage.order(id, 'hold')).toMatchObject({ status: 409 });
    expect(await stage.order(id, 'handed-over', { headers: { 'idempotency-key': 'r' } })).toMatchObject({
      status: 409,
      body: { detail: refused.body['detail'] },
    });
    const timeline = (await stage.read(id)).body['timeline'] as { what: string }[];
    expect(timeline.filter(({ what }) => what === 'person.holdOrder')).toHaveLength(1);
  });

  it('under a key that another body was sent with is refused as that', async () => {
    const id = await stage.placed();
    const updateId = createHash('sha256')
      .update(JSON.stringify(['operator', stage.shop.id, `${id}/hold`, 'h']))
      .digest('hex');
    await stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id)).executeUpdate(personsUpdates.holdOrder, {
      args: [{ actor: 'operator', bodyHash: 'other', key: 'h' }],
      updateId,
    });
    const reply = await stage.order(id, 'hold', { headers: { 'idempotency-key': 'h' } });
    expect([reply.status, problemOf(reply)]).toEqual([422, '/problems/key-reused']);
  });

  it('that is not known is 404', async () => {
    const reply = await stage.order('576000000000000001', 'packed');
    expect([reply.status, problemOf(reply)]).toEqual([404, '/problems/unknown-order']);
  });

  it('that is over is 409, but a key that was answered before its end hears that answer', async () => {
    const id = await stage.placed();
    const first = await stage.order(id, 'cancel', { headers: { 'idempotency-key': 'c' } });
    expect(first.status).toBe(200);
    await stage.client.workflow.getHandle(orderWorkflowId(stage.shop.id, id)).result();
    const reply = await stage.order(id, 'hold');
    expect([reply.status, problemOf(reply)]).toEqual([409, '/problems/order-ended']);
    expect(await stage.order(id, 'cancel', { headers: { 'idempotency-key': 'c' } })).toMatchObject({
      status: 200,
      body: first.body,
    });
  });

  it.each([
    ['{"note":"x"}', [400, '/problems/invalid-body']],
    ['[]', [400, '/problems/invalid-body']],
    ['{"a":', [400, '/problems/malformed-json']],
    ['{}', [200, undefined]],
  ])('with %s as its body answers %j', async (body, answer) => {
    const id = await stage.placed();
    const reply = await stage.order(id, 'hold', { body });
    expect([reply.status, problemOf(reply)]).toEqual(answer);
  });

  it.each([
    ['x-actor', 'a'.repeat(65)],
    ['x-actor', ''],
    ['x-actor', 'tab\there'],
    ['idempotency-key', ''],
    ['idempotency-key', 'k'.repeat(256)],
    ['idempotency-key', 'é'],
  ])('with a wrong %s is 400', async (header, value) => {
    const reply = await stage.order('576000000000000001', 'hold', { headers: { [header]: value } });
    expect([reply.status, problemOf(reply)]).toEqual([400, '/problems/invalid-header']);
  });
});
