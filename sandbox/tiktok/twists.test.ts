import { anOrder, type Reply, type Shop, type Stage, stage, upload, UPS_NUMBER } from '../test-support';

const ORDER = '576461413038785752';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

const place = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, fields));
const lay = async (fault: Record<string, unknown>): Promise<void> => {
  expect((await shop.control('POST', '/faults', { times: 1, ...fault })).status).toBe(201);
};
const seen = async (): Promise<Record<string, unknown>[]> => {
  const { body } = await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
  return (body['data'] as { orders: Record<string, unknown>[] }).orders;
};
const ship = (...items: string[]): Promise<Reply> =>
  shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body: upload(...items) });
const cancel = (reason = 'seller_cancel_reason_out_of_stock'): Promise<Reply> =>
  shop.viaTikTok('POST', '/return_refund/202309/cancellations', { body: { order_id: ORDER, cancel_reason: reason } });
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];

describe('a stale read', () => {
  it('shows the order before its last status change, and then the order', async () => {
    await place({ create_time: 1_900_000_000 });
    await lay({ route: 'tiktok.getOrder', kind: 'staleRead', times: 2 });
    const [placed] = await seen();
    await ship(`${ORDER}1`, `${ORDER}2`);
    expect(await seen()).toEqual([placed]);
    expect(await seen()).toMatchObject([{ status: 'AWAITING_COLLECTION', tracking_number: UPS_NUMBER }]);
  });

  it('goes back one change and no further', async () => {
    await place();
    await ship(`${ORDER}1`);
    await ship(`${ORDER}2`);
    await lay({ route: 'tiktok.getOrder', kind: 'staleRead' });
    const [stale] = await seen();
    expect(stale).toMatchObject({ status: 'PARTIALLY_SHIPPING', line_items: [{ tracking_number: UPS_NUMBER }, {}] });
    expect((stale?.['line_items'] as unknown[])[1]).not.toHaveProperty('tracking_number');
  });
});

describe('a call that TikTok answers as if all were well', () => {
  it('finds no order though there is one', async () => {
    await place();
    await lay({ route: 'tiktok.getOrder', kind: 'notFound' });
    expect(await seen()).toEqual([]);
    expect(await seen()).toHaveLength(1);
  });

  it('leaves a cancellation pending and the order as it is', async () => {
    await place();
    const [before] = await seen();
    await lay({ route: 'tiktok.cancel', kind: 'cancelPending', times: 2 });
    expect((await cancel()).body).toMatchObject({
      code: 0,
      data: { cancel_id: expect.any(String) as string, cancel_status: 'CANCELLATION_REQUEST_PENDING' },
    });
    expect((await cancel('no reason')).body['code']).toBe(25001021);
    expect([await seen(), await ledger()]).toEqual([[before], []]);
    expect((await cancel()).body).toMatchObject({ data: { cancel_status: 'CANCELLATION_REQUEST_SUCCESS' } });
  });

  it('ships with a warning', async () => {
    await place();
    await lay({ route: 'tiktok.markShipped', kind: 'warning' });
    expect((await ship(`${ORDER}1`, `${ORDER}2`)).body).toMatchObject({
      code: 0,
      data: { order_id: ORDER, warning: { message: 'please check the address 1 Example Street' } },
    });
    expect(await ledger()).toMatchObject([{ kind: 'trackingUploaded' }]);
  });
});

describe('the deadlines of an order on hold', () => {
  const deadlines = {
    rts_sla_time: 1_900_090_000,
    tts_sla_time: 1_900_180_000,
    shipping_due_time: 1_900_270_000,
    collection_due_time: 1_900_360_000,
  };

  it('appear with the end of the hold', async () => {
    await place({ status: 'ON_HOLD', _sla_after_hold: deadlines });
    const [held] = await seen();
    for (const name of ['_sla_after_hold', ...Object.keys(deadlines)]) expect(held).not.toHaveProperty(name);
    const { nextAt } = (await shop.control('GET', '/clock')).body;
    await shop.control('POST', '/clock', { to: nextAt });
    const [free] = await seen();
    expect(free).toMatchObject({ status: 'AWAITING_SHIPMENT', ...deadlines });
    expect(free).not.toHaveProperty('_sla_after_hold');
    await lay({ route: 'tiktok.getOrder', kind: 'staleRead' });
    expect(await seen()).toEqual([held]);
  });

  it('are refused under other names', async () => {
    expect((await place({ status: 'ON_HOLD', _sla_after_hold: { rts_sla: 1 } })).status).toBe(422);
  });
});
