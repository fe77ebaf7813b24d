import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage, upload } from '../test-support';

const ORDER = '576461413038785752';
const REVERSE = '/return_refund/202309';
const PACKED = 'ecom_reverse_reject_cancel_reason_product_packed';
const HOUR_MS = 3_600_000;

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ tiktokWebhookUrl: receiver.url, autoCancel: false });
});

afterEach(() => here.close());

const place = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, fields));
const ask = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const { body } = await shop.control('POST', `/orders/${ORDER}/buyer-cancel`, { request: true, ...fields });
  return body['cancelId'] as string;
};
const answer = async (id: string, how: 'approve' | 'reject', call: Record<string, unknown> = {}): Promise<unknown> => {
  const body = how === 'reject' ? { reject_reason: PACKED } : undefined;
  return (await shop.viaTikTok('POST', `${REVERSE}/cancellations/${id}/${how}`, { body, ...call })).body['code'];
};
const keyed = (key: string): Record<string, unknown> => ({ query: { idempotency_key: key } });

type Found = { cancellations: Record<string, unknown>[]; total_count: number };
const search = async (body: Record<string, unknown> = {}): Promise<Found> =>
  (await shop.viaTikTok('POST', `${REVERSE}/cancellations/search`, { body })).body['data'] as Found;
const order = async (): Promise<Record<string, unknown>> => (await shop.control('GET', `/orders/${ORDER}`)).body;
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];
const later = (ms: number): Promise<Reply> => shop.control('POST', '/clock', { to: Date.now() + ms });
const notices = async (type: number): Promise<Record<string, unknown>[]> => {
  await shop.control('GET', '/quiet?wait=5000');
  const all = receiver.received.map(({ body }) => JSON.parse(body) as { type: number; data: Record<string, unknown> });
  return all.filter((one) => one.type === type).map(({ data }) => data);
};

describe('a buyer’s request to cancel', () => {
  it('is found with its deadline a day later, and told', async () => {
    await place();
    const id = await ask({ reason: 'ecom_order_changed_mind' });
    const asked = Number((await order())['request_cancel_time']);
    expect(await search({ order_ids: [ORDER], cancel_status: ['CANCELLATION_REQUEST_PENDING'] })).toMatchObject({
      total_count: 1,
      cancellations: [
        {
          cancel_id: id,
          order_id: ORDER,
          cancel_type: 'BUYER_CANCEL',
          cancel_status: 'CANCELLATION_REQUEST_PENDING',
          cancel_reason: 'ecom_order_changed_mind',
          create_time: asked,
          seller_next_action_response: [{ action: 'SELLER_RESPOND_CANCEL', deadline: asked + 24 * 3_600 }],
        },
      ],
    });
    expect(await notices(11)).toMatchObject([
      { order_id: ORDER, cancel_id: id, cancel_status: 'CANCELLATION_REQUEST_PENDING', cancellations_role: 'BUYER' },
    ]);
    expect(await ask()).toBe(id);
    expect((await search({ cancel_types: ['CANCEL'] })).total_count).toBe(0);
    expect((await search({ order_ids: ['1'] })).total_count).toBe(0);
  });

  it('is approved once under one key, and the order is the buyer’s to have cancelled', async () => {
    await place();
    const id = await ask();
    expect(await answer(id, 'approve', keyed('one'))).toBe(0);
    expect(await answer(id, 'approve', keyed('one'))).toBe(0);
    expect(await answer(id, 'approve', keyed('two'))).toBe(21011035);
    expect(await answer(id, 'reject', keyed('one'))).toBe(21011035);
    expect(await order()).toMatchObject({
      status: 'CANCELLED',
      cancellation_initiator: 'BUYER',
      is_buyer_request_cancel: false,
      line_items: [{ cancel_user: 'BUYER', display_status: 'CANCELLED' }, {}],
    });
    expect(await ledger()).toMatchObject([{ kind: 'cancelApproved', ref: id, order: ORDER }]);
    expect((await notices(11)).map((told) => told['cancel_status'])).toEqual([
      'CANCELLATION_REQUEST_PENDING',
      'CANCELLATION_REQUEST_SUCCESS',
    ]);
  });

  it('is rejected with a reason that the platform names, and the order goes on', async () => {
    await place();
    const id = await ask();
    expect(await answer(id, 'reject', { body: { reject_reason: 'because' } })).toBe(25001021);
    expect(await answer(id, 'reject', { body: {} })).toBe(25001001);
    expect((await order())['is_buyer_request_cancel']).toBe(true);
    const query = { return_or_cancel_id: id };
    const { body } = await shop.viaTikTok('GET', `${REVERSE}/reject_reasons`, { query });
    const { reasons } = body['data'] as { reasons: { name: string }[] };
    expect(reasons.map(({ name }) => name)).toContain(PACKED);
    expect(await answer(id, 'reject', keyed('one'))).toBe(0);
    expect(await answer(id, 'reject', keyed('one'))).toBe(0);
    expect(await order()).toMatchObject({ status: 'AWAITING_SHIPMENT', is_buyer_request_cancel: false });
    expect(await ledger()).toMatchObject([{ kind: 'cancelRejected', ref: id, order: ORDER }]);
    // Rows and webhooks spell it differently.
    expect((await search()).cancellations).toMatchObject([
      { cancel_status: 'CANCELLATION_REQUEST_CANCELLED', seller_next_action_response: [] },
    ]);
    expect((await notices(11)).at(-1)).toMatchObject({ cancel_status: 'CANCELLATION_REQUEST_CANCEL', cancel_id: id });
    expect((await search({ cancel_status: ['CANCELLATION_REQUEST_CANCELLED'] })).total_count).toBe(1);
    expect(await ask()).not.toBe(id);
  });

  it('stands in the way of an upload, and is rejected by one that another tool makes', async () => {
    await place();
    const id = await ask();
    const body = upload(`${ORDER}1`, `${ORDER}2`);
    const refused = await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body });
    expect(refused.body['code']).toBe(21011007);
    await shop.control('POST', `/orders/${ORDER}/status`, { status: 'AWAITING_COLLECTION' });
    expect(await order()).toMatchObject({ status: 'AWAITING_COLLECTION', is_buyer_request_cancel: false });
    expect((await notices(11)).at(-1)).toMatchObject({ cancel_id: id, cancel_status: 'CANCELLATION_REQUEST_CANCEL' });
    await later(25 * HOUR_MS);
    expect((await order())['status']).toBe('AWAITING_COLLECTION');
  });

  it('is granted by the platform at its deadline, by the shop’s clock', async () => {
    await place();
    const answerByMs = Date.now() + 3 * HOUR_MS;
    await ask({ answerByMs, reason: 'too_late' });
    await later(2 * HOUR_MS);
    expect((await order())['status']).toBe('AWAITING_SHIPMENT');
    await later(3 * HOUR_MS);
    expect(await order()).toMatchObject({
      status: 'CANCELLED',
      cancellation_initiator: 'BUYER',
      cancel_reason: 'too_late',
      cancel_time: Math.floor(answerByMs / 1_000),
    });
    expect(await ledger()).toEqual([]);
    expect((await notices(11)).at(-1)).toMatchObject({ cancel_status: 'CANCELLATION_REQUEST_SUCCESS' });
  });

  it('comes to nothing at its deadline when the parcel is on its way', async () => {
    await place({ status: 'AWAITING_COLLECTION' });
    await ask();
    await later(24 * HOUR_MS);
    expect(await order()).toMatchObject({ status: 'AWAITING_COLLECTION', is_buyer_request_cancel: false });
  });

  it('ends with an order that is cancelled otherwise', async () => {
    await place();
    await ask();
    await shop.control('POST', `/orders/${ORDER}/cancel`, { by: 'SYSTEM', reason: 'package_lost' });
    expect((await search()).cancellations).toMatchObject([{ cancel_status: 'CANCELLATION_REQUEST_SUCCESS' }]);
    expect((await order())['cancellation_initiator']).toBe('SYSTEM');
  });

  it('comes with an order that was placed with it', async () => {
    await place({ is_buyer_request_cancel: true, request_cancel_time: 1_700_000_000 });
    expect((await search({ order_ids: [ORDER] })).cancellations).toMatchObject([
      { create_time: 1_700_000_000, seller_next_action_response: [{ deadline: 1_700_086_400 }] },
    ]);
    await later(25 * HOUR_MS);
    expect((await order())['status']).toBe('AWAITING_SHIPMENT');
  });

  it('is of no other shop, and is refused with a deadline in the past and with a key too long', async () => {
    await place();
    expect(
      await shop.control('POST', `/orders/${ORDER}/buyer-cancel`, { request: true, answerByMs: 2 * HOUR_MS }),
    ).toMatchObject({ status: 422 });
    const id = await ask();
    const other = await here.shop();
    const elsewhere = await other.viaTikTok('POST', `${REVERSE}/cancellations/${id}/approve`);
    expect(elsewhere.body['code']).toBe(25001001);
    expect(await answer(id, 'approve', keyed('k'.repeat(256)))).toBe(36009004);
    expect(await answer('1', 'approve')).toBe(25001001);
  });

  it('goes page by page', async () => {
    for (const [index, id] of ['o1', 'o2', 'o3'].entries())
      await shop.control(
        'PUT',
        `/orders/${id}`,
        anOrder(id, { is_buyer_request_cancel: true, request_cancel_time: 1_700_000_000 + index }),
      );
    const page = async (query: Record<string, string>): Promise<Record<string, unknown>> =>
      (await shop.viaTikTok('POST', `${REVERSE}/cancellations/search`, { query: { page_size: '2', ...query } })).body[
        'data'
      ] as Record<string, unknown>;
    const first = await page({});
    expect(first).toMatchObject({ total_count: 3, cancellations: [{ order_id: 'o1' }, { order_id: 'o2' }] });
    const second = await page({ page_token: first['next_page_token'] as string });
    expect(second).toMatchObject({ next_page_token: '', cancellations: [{ order_id: 'o3' }] });
    expect(await page({ page_token: 'hello' })).toEqual({});
  });
});

describe('what may be asked for an order', () => {
  const eligible = async (): Promise<unknown[]> => {
    const { body } = await shop.viaTikTok('GET', `${REVERSE}/orders/${ORDER}/aftersale_eligibility`);
    const { sku_eligibility: skus } = body['data'] as {
      sku_eligibility: { line_item_eligibility: { request_type: string; eligible: boolean }[] }[];
    };
    return skus.map((sku) => sku.line_item_eligibility.filter((one) => one.eligible).map((one) => one.request_type));
  };

  it('is told by SKU and status', async () => {
    await place({
      line_items: [
        { id: 'i1', sku_id: 's1' },
        { id: 'i2', sku_id: 's1' },
        { id: 'i3', sku_id: 's2' },
      ],
    });
    expect(await eligible()).toEqual([['CANCEL'], ['CANCEL']]);
    await ask();
    expect(await eligible()).toEqual([[], []]);
  });

  it('is a return after delivery', async () => {
    await place({ status: 'DELIVERED' });
    expect(await eligible()).toEqual([['REFUND', 'RETURN_AND_REFUND']]);
  });
});

describe('the seller’s own cancellation', () => {
  it('is found as one', async () => {
    await place();
    const body = { order_id: ORDER, cancel_reason: 'seller_cancel_reason_out_of_stock' };
    const cancelled = await shop.viaTikTok('POST', `${REVERSE}/cancellations`, { body });
    const { cancel_id } = cancelled.body['data'] as { cancel_id: string };
    expect((await search({ cancel_types: ['CANCEL'] })).cancellations).toMatchObject([
      { cancel_id, order_id: ORDER, cancel_type: 'CANCEL', role: 'SELLER', seller_next_action_response: [] },
    ]);
  });
});
