import { standingKey } from '../../contracts/standing';
import { orderWorkflowId } from '../../workflows/messages';
import { anyOrder, newOrderId } from './stage';
import { untilTrue } from '../support/until';
import { historyText } from '../support/account-floor';
import { openAccountStage, type AccountStage } from '../support/account-stage';

let stage: AccountStage;
beforeAll(async () => {
  stage = await openAccountStage();
}, 120_000);
afterAll(() => stage.close());

describe('switching', () => {
  it('changes the mode and the writes of one shop, and says who did', async () => {
    const shopId = await stage.configuredShop();
    await stage.connected(shopId);
    expect(await stage.ask('POST', `/v1/shops/${shopId}/mode`, { mode: 'assist' })).toMatchObject({
      status: 200,
      body: { shopId, mode: 'assist' },
    });
    expect(await stage.ask('POST', `/v1/shops/${shopId}/writes`, { writes: 'off' })).toMatchObject({
      body: { writes: 'off' },
    });
    expect((await stage.ask('GET', `/v1/shops/${shopId}`)).body).toMatchObject({
      mode: 'assist',
      writes: 'off',
      switched: { mode: { by: 'Ada' }, writes: { by: 'Ada' } },
    });
    expect(JSON.parse((await stage.floor.documents.get(standingKey(shopId))) ?? '')).toMatchObject({ writes: 'off' });
    expect(await stage.ask('POST', `/v1/shops/${shopId}/mode`, { mode: 'wild' })).toMatchObject({ status: 400 });
    expect(await stage.ask('POST', '/v1/shops/1/mode', { mode: 'auto' })).toMatchObject({ status: 404 });
  });

  it('of the mode reaches every open order, which reads itself again', async () => {
    const shopId = await stage.configuredShop();
    await stage.connected(shopId);
    const orderId = newOrderId();
    await stage.floor.control('PUT', `/shops/${shopId}/orders/${orderId}`, anyOrder(orderId));
    const order = stage.floor.client.workflow.getHandle(orderWorkflowId(shopId, orderId));
    await untilTrue('the order is listed', async () => {
      const orders = await stage.floor.ports.neighbours.openOrders(shopId);
      return orders.some((open) => open.orderId === orderId);
    });
    await stage.ask('POST', `/v1/shops/${shopId}/mode`, { mode: 'assist' });
    await untilTrue('the order was told', async () => (await historyText(order)).includes('"via":"api"'));
  });

  it('stops the writes of all shops at once, also while no worker is there', async () => {
    const shopId = await stage.configuredShop();
    await stage.connected(shopId);
    await stage.floor.stopWorker();
    expect(await stage.ask('POST', '/v1/writes', { writes: 'off' })).toMatchObject({
      body: { writes: 'off', by: 'Ada' },
    });
    await stage.floor.startWorker();
    const { data, writes } = (await stage.ask('GET', '/v1/shops')).body;
    expect(writes).toMatchObject({ writes: 'off', by: 'Ada' });
    expect((data as Record<string, unknown>[]).find(({ id }) => id === shopId)).toMatchObject({
      writes: 'off',
      writesOfShop: 'on',
    });
    await stage.ask('POST', '/v1/writes', { writes: 'on' });
    expect((await stage.ask('GET', '/v1/writes')).body).toMatchObject({ writes: 'on', by: 'Ada' });
  });
});

describe('the public door', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/readyz'],
    ['GET', '/metrics'],
    ['GET', '/v1/orders'],
    ['GET', '/v1/shops'],
    ['POST', '/v1/writes'],
    ['POST', '/v1/connect/tiktok'],
    ['GET', `/v1/connect/tiktok/${'0'.repeat(32)}`],
    ['GET', '/v1/webhooks/tiktok/1'],
    ['POST', '/v1/webhooks/tiktok/1/orders/2'],
  ])('%s %s is not there', async (method, path) => {
    const answer = await fetch(`${stage.doorUrl}${path}`, { method });
    expect([answer.status, await answer.json()]).toMatchObject([404, { type: '/problems/unknown-route' }]);
  });

  it('takes webhooks with and without a topic, and only signed ones', async () => {
    const shopId = await stage.configuredShop();
    await stage.connected(shopId);
    for (const path of [`tiktok/${shopId}`, `tiktok/${shopId}/order-status-change`, `easypost/${shopId}`]) {
      const answer = await fetch(`${stage.doorUrl}/v1/webhooks/${path}`, { method: 'POST', body: '{}' });
      expect(answer.status).toBe(401);
    }
    expect((await fetch(`${stage.doorUrl}/healthz`)).status).toBe(200);
  });
});
