import { anOrder, type Shop, type Stage, stage, upload } from '../test-support';

const ORDER = '576461413038785752';
const PACKAGES = `/fulfillment/202309/orders/${ORDER}/packages`;
const CANCELLATIONS = '/return_refund/202309/cancellations';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

const place = (fields: Record<string, unknown> = {}): Promise<unknown> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, fields));

const orderSeen = async (): Promise<Record<string, unknown>> => {
  const { body } = await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
  const [order] = (body['data'] as { orders: Record<string, unknown>[] }).orders;
  if (order === undefined) throw new Error('The order is not there');
  return order;
};

describe('the gate of TikTok Shop', () => {
  it('names the shop of a token without asking for a cipher', async () => {
    const { body } = await shop.viaTikTok('GET', '/authorization/202309/shops');
    expect(body).toMatchObject({
      code: 0,
      data: { shops: [{ id: shop.shopId, cipher: shop.shopCipher, region: 'US' }] },
    });
  });

  it.each([
    ['a wrong signature', { secret: 'wrong' }, 106001],
    ['a stale timestamp', { query: { timestamp: String(Math.floor(Date.now() / 1000) - 400) } }, 36009004],
    ['a timestamp ahead of time', { query: { timestamp: String(Math.floor(Date.now() / 1000) + 90) } }, 36009004],
    ['an unknown cipher', { query: { shop_cipher: 'TTP_other' } }, 101000],
  ])('turns away %s', async (_what, call, code) => {
    const { body } = await shop.viaTikTok('GET', '/order/202309/orders', call);
    expect(body['code']).toBe(code);
  });

  it('turns away the token of another shop', async () => {
    const other = await here.shop();
    const { body } = await shop.viaTikTok('GET', '/order/202309/orders', { query: { shop_cipher: other.shopCipher } });
    expect(body['code']).toBe(101000);
  });

  it('knows no other path', async () => {
    expect((await shop.viaTikTok('GET', '/order/209901/orders')).body['code']).toBe(36009009);
  });
});

describe('Mark Package As Shipped', () => {
  it('lets the order wait for its collection and enters one line', async () => {
    await place();
    const { body } = await shop.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}1`, `${ORDER}2`) });
    expect(body).toMatchObject({ code: 0, data: { order_id: ORDER, package_id: expect.any(String) as string } });
    expect(await orderSeen()).toMatchObject({
      status: 'AWAITING_COLLECTION',
      rts_time: expect.any(Number) as number,
      line_items: [
        { package_status: 'PROCESSING', shipping_provider_name: 'UPS' },
        { display_status: 'AWAITING_COLLECTION' },
      ],
    });
    const again = await shop.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}1`, `${ORDER}2`) });
    expect(again.body['code']).toBe(21011006);
    const ledger = await shop.control('GET', `/ledger?order=${ORDER}`);
    expect(ledger.body['data']).toMatchObject([{ kind: 'trackingUploaded', ref: '1Z999AA10123456784', order: ORDER }]);
  });

  it('waits for the last item of an order in two parcels', async () => {
    await place();
    await shop.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}1`) });
    expect((await orderSeen())['status']).toBe('PARTIALLY_SHIPPING');
    expect((await shop.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}1`) })).body['code']).toBe(21011006);
    await shop.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}2`) });
    expect((await orderSeen())['status']).toBe('AWAITING_COLLECTION');
  });

  it.each([
    { what: 'an order on hold', fields: { status: 'ON_HOLD' }, body: upload(`${ORDER}1`), code: 21011035 },
    { what: 'a cancelled order', fields: { status: 'CANCELLED' }, body: upload(`${ORDER}1`), code: 21011035 },
    { what: 'a delivered order', fields: { status: 'DELIVERED' }, body: upload(`${ORDER}1`), code: 21011030 },
    {
      what: 'an order that TikTok ships',
      fields: { shipping_type: 'TIKTOK' },
      body: upload(`${ORDER}1`),
      code: 21011004,
    },
    {
      what: 'an open cancel request',
      fields: { is_buyer_request_cancel: true },
      body: upload(`${ORDER}1`),
      code: 21011007,
    },
    { what: 'items of no order', fields: {}, body: upload('1'), code: 21011048 },
    {
      what: 'a number of another form',
      fields: {},
      body: { ...upload(`${ORDER}1`), tracking_number: '9400' },
      code: 21011022,
    },
    {
      what: 'an unknown carrier',
      fields: {},
      body: { ...upload(`${ORDER}1`), shipping_provider_id: '1' },
      code: 21011022,
    },
    { what: 'a body without items', fields: {}, body: {}, code: 21011005 },
  ])('refuses $what', async ({ fields, body, code }) => {
    await place(fields);
    expect((await shop.viaTikTok('POST', PACKAGES, { body })).body['code']).toBe(code);
    expect((await shop.control('GET', '/ledger')).body['data']).toEqual([]);
  });

  it('refuses an order of another shop and an order of none', async () => {
    const other = await here.shop();
    await place();
    expect((await other.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}1`) })).body['code']).toBe(21008111);
    const nowhere = await shop.viaTikTok('POST', '/fulfillment/202309/orders/1/packages', { body: upload('11') });
    expect(nowhere.body['code']).toBe(21001001);
  });
});

describe('cancelling', () => {
  it('is done by the seller with a reason that fits', async () => {
    await place();
    const body = { order_id: ORDER, cancel_reason: 'seller_cancel_reason_out_of_stock' };
    const cancelled = await shop.viaTikTok('POST', CANCELLATIONS, { body });
    expect(cancelled.body['code']).toBe(0);
    expect(await orderSeen()).toMatchObject({ status: 'CANCELLED', cancellation_initiator: 'SELLER' });
    const { cancel_id: ref } = cancelled.body['data'] as { cancel_id: string };
    expect((await shop.control('GET', '/ledger')).body['data']).toMatchObject([
      { kind: 'orderCancelled', ref, order: ORDER },
    ]);
    expect((await shop.viaTikTok('POST', CANCELLATIONS, { body })).body['code']).toBe(25001021);
  });

  it('is refused with a reason for another status', async () => {
    await place();
    const body = { order_id: ORDER, cancel_reason: 'seller_cancel_unpaid_reason_out_of_stock' };
    expect((await shop.viaTikTok('POST', CANCELLATIONS, { body })).body['code']).toBe(25001021);
    expect((await orderSeen())['status']).toBe('AWAITING_SHIPMENT');
  });

  it('is only asked for by a buyer whose hold is over, and stands in the way of shipping', async () => {
    await place();
    await shop.control('POST', `/orders/${ORDER}/buyer-cancel`, { request: true });
    expect(await orderSeen()).toMatchObject({ status: 'AWAITING_SHIPMENT', is_buyer_request_cancel: true });
    expect((await shop.viaTikTok('POST', PACKAGES, { body: upload(`${ORDER}1`) })).body['code']).toBe(21011007);
    await shop.control('POST', `/orders/${ORDER}/buyer-cancel`);
    expect(await orderSeen()).toMatchObject({ status: 'CANCELLED', cancellation_initiator: 'BUYER' });
    expect((await shop.control('GET', '/ledger')).body['data']).toEqual([]);
  });
});

describe('the platform’s order', () => {
  it('shows no address while on hold', async () => {
    await place({ status: 'ON_HOLD' });
    expect(await orderSeen()).not.toHaveProperty('recipient_address');
    expect((await shop.control('GET', `/orders/${ORDER}`)).body).toHaveProperty('recipient_address');
    await shop.control('POST', `/orders/${ORDER}/status`, { status: 'AWAITING_SHIPMENT' });
    expect(await orderSeen()).toHaveProperty('recipient_address');
  });

  it.each([
    ['AWAITING_SHIPMENT', 'IN_TRANSIT'],
    ['AWAITING_SHIPMENT', 'ON_HOLD'],
    ['IN_TRANSIT', 'AWAITING_COLLECTION'],
    ['DELIVERED', 'CANCELLED'],
    ['CANCELLED', 'AWAITING_SHIPMENT'],
    ['COMPLETED', 'DELIVERED'],
  ])('does not go from %s to %s', async (from, to) => {
    await place({ status: from });
    expect((await shop.control('POST', `/orders/${ORDER}/status`, { status: to })).status).toBe(409);
    expect((await orderSeen())['status']).toBe(from);
  });

  it('is placed once', async () => {
    const put = (fields = {}): Promise<{ status: number }> =>
      shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, fields));
    expect((await put()).status).toBe(201);
    expect((await put()).status).toBe(409);
    expect((await shop.control('PUT', '/orders/1', anOrder('2'))).status).toBe(422);
  });

  it('is known again by its request id and body', async () => {
    const put = async (body: unknown): Promise<unknown> => {
      const answer = await fetch(`${here.url}/control/shops/${shop.shopId}/orders/${ORDER}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-request-id': 'one' },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    expect(await put(anOrder(ORDER))).toEqual({ placed: 'created' });
    expect(await put(anOrder(ORDER))).toEqual({ placed: 'repeated' });
    expect(await put(anOrder(ORDER, { note: 'another' }))).toEqual({ placed: 'exists' });
  });
});
