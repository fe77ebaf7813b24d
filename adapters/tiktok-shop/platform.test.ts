import type { Platform } from '../../activities/ports';
import { type Shop as SandboxShop, stage, type Stage, UPS_NUMBER } from '../../sandbox/test-support';
import { PLAIN_WIRE } from './client';
import { tiktokShop } from './platform';
import { failureOf, ledgerOf, placed, shopOf } from './test-support';

let here: Stage;
let sandbox: SandboxShop;
let platform: Platform;
let counted: string[];

beforeAll(async () => {
  here = await stage();
});
beforeEach(async () => {
  sandbox = await here.shop();
  counted = [];
  const wire = { ...PLAIN_WIRE, count: (...labels: string[]) => void counted.push(labels.join(' ')) };
  platform = tiktokShop(wire)(shopOf(sandbox, here.url));
});
afterAll(() => here.close());

const OTHER_UPS_NUMBER = '1Z999AA10123456795';
const order = async (id: string): Promise<Record<string, unknown>> =>
  (await sandbox.control('GET', `/orders/${id}`)).body;
const shipped = (
  orderId: string,
  itemIds: string[],
  trackingNumber = UPS_NUMBER,
): Parameters<Platform['markShipped']>[0] => ({
  ...{ orderId, itemIds, trackingNumber },
  deliveryOptionId: '',
  carrier: 'UPS',
});

describe('orders', () => {
  it('are read one by one, or not at all', async () => {
    const id = await placed(sandbox);
    expect((await platform.readOrder(id))?.facts).toMatchObject({
      status: 'awaitingShipment',
      itemIds: [`${id}1`, `${id}2`],
    });
    expect(await platform.readOrder('1')).toBeUndefined();
  });

  it('are read by any number, 50 at a time', async () => {
    const ids = await Promise.all(Array.from({ length: 53 }, () => placed(sandbox)));
    const read = await platform.readOrders([...ids, '1']);
    expect(read.map(({ orderId }) => orderId).sort()).toEqual([...ids].sort());
    expect(counted).toEqual(['readOrder ok', 'readOrder ok']);
    expect(await platform.readOrders([])).toEqual([]);
  });

  it('are found by their last change, the earliest first, page after page', async () => {
    const at = 1_795_000_000;
    const ids: string[] = [];
    for (let n = 0; n < 103; n += 1)
      ids.push(await placed(sandbox, { create_time: at - 60, update_time: at + n, status: 'AWAITING_SHIPMENT' }));
    const wish = { since: at * 1_000, until: (at + 102) * 1_000 };
    const first = await platform.searchOrders(wish);
    expect(first.orders).toHaveLength(100);
    expect(first.orders[0]).toEqual({ orderId: ids[0], updatedAt: at * 1_000 });
    const last = await platform.searchOrders({ ...wish, pageToken: first.nextPageToken ?? '' });
    expect(last).toEqual({
      orders: ids.slice(100, 102).map((orderId, n) => ({ orderId, updatedAt: (at + 100 + n) * 1_000 })),
    });
  });
});

describe('a tracking number', () => {
  it('is uploaded for the items of one parcel', async () => {
    const id = await placed(sandbox);
    expect(await platform.markShipped(shipped(id, [`${id}1`]))).toEqual({});
    const facts = (await platform.readOrder(id))?.facts;
    expect(facts).toMatchObject({
      status: 'awaitingShipment',
      parcels: [{ itemIds: [`${id}1`], tracking: { number: UPS_NUMBER, carrier: 'UPS' } }, { itemIds: [`${id}2`] }],
    });
  });

  it('that the platform warns of is uploaded, and its words are handed on', async () => {
    const id = await placed(sandbox);
    await sandbox.control('POST', '/faults', { route: 'tiktok.markShipped', kind: 'warning', times: 1 });
    expect(await platform.markShipped(shipped(id, [`${id}1`, `${id}2`]))).toEqual({
      warning: expect.any(String) as string,
    });
  });

  it('that is there already leaves open whose it is', async () => {
    const id = await placed(sandbox);
    const whole = shipped(id, [`${id}1`, `${id}2`]);
    await platform.markShipped(whole);
    expect(await failureOf(platform.markShipped(whole))).toMatchObject({ outcome: 'outcomeUnknown', code: '21011006' });
  });

  it('of a carrier that the platform does not name is not sent', async () => {
    const id = await placed(sandbox);
    const other = { ...shipped(id, [`${id}1`]), carrier: 'Pigeons' };
    expect(await failureOf(platform.markShipped(other))).toMatchObject({ outcome: 'refused' });
    expect(await ledgerOf(sandbox)).toEqual([]);
  });

  it('is corrected on the order, once', async () => {
    const id = await placed(sandbox);
    const items = [`${id}1`, `${id}2`];
    await platform.markShipped(shipped(id, items));
    await platform.correctTracking(shipped(id, items, OTHER_UPS_NUMBER));
    expect((await platform.readOrder(id))?.facts.tracking?.number).toBe(OTHER_UPS_NUMBER);
    const again = platform.correctTracking(shipped(id, items));
    expect(await failureOf(again)).toMatchObject({ outcome: 'refused' });
  });

  it('is corrected on its parcel where the order is split', async () => {
    const id = await placed(sandbox);
    await platform.markShipped(shipped(id, [`${id}1`]));
    await platform.markShipped(shipped(id, [`${id}2`], OTHER_UPS_NUMBER));
    const mended = '1Z999AA10123456806';
    await platform.correctTracking({ ...shipped(id, [`${id}2`], mended), isSplit: true });
    expect((await platform.readOrder(id))?.facts.parcels).toEqual([
      { itemIds: [`${id}1`], tracking: { number: UPS_NUMBER, carrier: 'UPS' } },
      { itemIds: [`${id}2`], tracking: { number: mended, carrier: 'UPS' } },
    ]);
    const both = { ...shipped(id, [`${id}1`, `${id}2`]), isSplit: true };
    expect(await failureOf(platform.correctTracking(both))).toMatchObject({ outcome: 'stale' });
  });

  it('is known as the platform’s own, or as another', async () => {
    const id = await placed(sandbox, { shipping_type: 'TIKTOK' });
    const bought = await sandbox.viaTikTok('POST', '/fulfillment/202309/packages', {
      body: {
        order_id: id,
        weight: { value: '1', unit: 'POUND' },
        dimension: { length: '1', width: '1', height: '1', unit: 'INCH' },
      },
    });
    expect(bought.body['code']).toBe(0);
    const own = (await platform.readOrder(id))?.facts.tracking?.number ?? '';
    expect([await platform.isOwnNumber(own), await platform.isOwnNumber(UPS_NUMBER)]).toEqual([true, false]);
  });

  it('may be of these carriers', async () => {
    const { deliveryOptionId = '' } = (await platform.readOrder(await placed(sandbox))) ?? {};
    const names = (await platform.shippingProviders(deliveryOptionId)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['USPS', 'UPS']));
  });
});

describe('a buyer’s request', () => {
  const ask = (id: string): Promise<unknown> =>
    sandbox.control('POST', `/orders/${id}/buyer-cancel`, { request: true, answerByMs: 1_900_000_000_000 });

  it('to cancel is read with the instant of its answer', async () => {
    const id = await placed(sandbox);
    expect(await platform.readAfterSale(id)).toBeUndefined();
    await ask(id);
    expect(await platform.readAfterSale(id)).toEqual({
      kind: 'cancel',
      id: expect.any(String) as string,
      answerBy: 1_900_000_000_000,
    });
  });

  it.each([
    ['approve', 'CANCELLED'],
    ['reject', 'AWAITING_SHIPMENT'],
  ] as const)('is answered by %s, twice under one key with one effect', async (decision, status) => {
    const id = await placed(sandbox);
    await ask(id);
    const requestId = (await platform.readAfterSale(id))?.id ?? '';
    await platform.answerCancel({ requestId, decision, key: 'k1' });
    await platform.answerCancel({ requestId, decision, key: 'k1' });
    expect(await order(id)).toMatchObject({ status });
    expect((await ledgerOf(sandbox)).map(({ kind }) => kind)).toHaveLength(1);
    expect(await platform.readAfterSale(id)).toBeUndefined();
  });

  it.each([
    ['REFUND', 'refund'],
    ['RETURN_AND_REFUND', 'return'],
  ])('of the kind %s is a %s, until it is over', async (type, kind) => {
    const id = await placed(sandbox);
    for (const status of ['AWAITING_COLLECTION', 'IN_TRANSIT', 'DELIVERED'])
      await sandbox.control('POST', `/orders/${id}/status`, { status });
    await sandbox.control('POST', `/orders/${id}/return`, { type, answerByMs: 1_900_000_000_000 });
    expect(await platform.readAfterSale(id)).toMatchObject({ kind, answerBy: 1_900_000_000_000 });
    await sandbox.control('POST', `/orders/${id}/return/close`, {});
    expect(await platform.readAfterSale(id)).toBeUndefined();
  });
});

describe('an order to cancel', () => {
  it.each(['UNPAID', 'AWAITING_SHIPMENT', 'AWAITING_COLLECTION'])('is taken in %s', async (status) => {
    const id = await placed(sandbox, status === 'UNPAID' ? { status } : {});
    if (status === 'AWAITING_COLLECTION') await sandbox.control('POST', `/orders/${id}/status`, { status });
    await platform.cancelOrder(id);
    expect((await platform.readOrder(id))?.facts).toMatchObject({ status: 'cancelled', cancelledBy: 'seller' });
  });

  it('that the platform does not know is looked at again', async () => {
    expect(await failureOf(platform.cancelOrder('1'))).toMatchObject({ outcome: 'stale' });
  });
});
