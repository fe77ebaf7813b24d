import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage } from '../test-support';

const ORDER = '576461413038785752';
const RECIPIENT = {
  name: 'Jane Canary',
  first_name: 'Jane',
  last_name: '',
  phone_number: '(+1)5550100',
  region_code: 'US',
  postal_code: '90001',
  address_line1: '12 Canary Row',
  full_address: '12 Canary Row, Los Angeles',
  district_info: [{ address_level: 'L1', address_name: 'California' }],
  delivery_preferences: { drop_off_location: 'with Canary next door' },
};

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
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, { recipient_address: RECIPIENT, ...fields }));
const seen = async (): Promise<Record<string, unknown>> => {
  const { body } = await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
  const [order] = (body['data'] as { orders: Record<string, unknown>[] }).orders;
  if (order === undefined) throw new Error('The order is not there');
  return order;
};
const change = (what: string, body: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('POST', `/orders/${ORDER}/${what}`, body);

describe('the recipient of an order', () => {
  it('is clear where the seller ships', async () => {
    await place();
    expect((await seen())['recipient_address']).toEqual(RECIPIENT);
  });

  it.each([{ shipping_type: 'TIKTOK' }, { fulfillment_type: 'FULFILLMENT_BY_TIKTOK' }])(
    'is masked with %o, in every list',
    async (fields) => {
      await place(fields);
      expect((await seen())['recipient_address']).toEqual({
        name: 'J***',
        first_name: 'J***',
        last_name: '',
        phone_number: '(+1)***',
        region_code: 'US',
        postal_code: '90001',
        address_line1: '***',
        full_address: '***',
        district_info: RECIPIENT.district_info,
      });
      const query = { page_size: '10' };
      const { body } = await shop.viaTikTok('POST', '/order/202309/orders/search', { query, body: {} });
      expect(JSON.stringify(body)).not.toContain('Canary');
    },
  );

  it.each(['UNPAID', 'ON_HOLD'])('is not there at all while %s', async (status) => {
    await place({ status, shipping_type: 'TIKTOK' });
    expect(await seen()).not.toHaveProperty('recipient_address');
  });

  it('changes by the buyer’s hand, and the webhook says only that it did', async () => {
    await place({ create_time: 1_700_000_000 });
    const before = await seen();
    await change('address', { address_line1: '13 Robin Row', postal_code: '90002' });
    const after = await seen();
    expect(after).toMatchObject({
      has_updated_recipient_address: true,
      recipient_address: { name: 'Jane Canary', address_line1: '13 Robin Row', postal_code: '90002' },
    });
    expect(Number(after['update_time'])).toBeGreaterThan(Number(before['update_time']));
    await change('address');
    expect((await seen())['recipient_address']).toMatchObject({ address_line1: '2 Other St' });
    await shop.control('GET', '/quiet?wait=5000');
    const notice = JSON.parse(receiver.received.at(-1)?.body ?? '') as Record<string, unknown>;
    expect(notice).toMatchObject({ type: 3, data: { order_id: ORDER } });
    expect(Object.keys(notice['data'] as object)).toEqual(['order_id', 'update_time']);
  });

  it('stays once the parcel is on its way', async () => {
    await place({ status: 'IN_TRANSIT' });
    expect((await change('address')).status).toBe(409);
  });
});

describe('the shape of an order', () => {
  const FIELDS = {
    order_type: 'MADE_TO_ORDER',
    handling_duration: { days: '5', type: 'BUSINESS_DAY' },
    is_sample_order: true,
    is_replacement_order: true,
    replaced_order_id: '1',
    is_exchange_order: true,
    auto_combine_group_id: 'N/A',
    fast_delivery_program: '3_DAY_DELIVERY',
    cancel_order_sla_time: 1_900_000_000,
    payment: { currency: 'USD', total_amount: '12.00' },
    a_field_of_next_year: { deep: [1] },
  };

  it('passes through, known or not, and without the fields of other markets', async () => {
    await place({ ...FIELDS, pick_up_cut_off_time: 1, fast_dispatch_sla_time: 2, fulfillment_priority_level: 3 });
    const order = await seen();
    expect(order).toMatchObject(FIELDS);
    for (const name of ['pick_up_cut_off_time', 'fast_dispatch_sla_time', 'fulfillment_priority_level'])
      expect(order).not.toHaveProperty(name);
  });
});

describe('the end of an order', () => {
  const SYSTEM = [
    'system_cancel_order_reason_shipping_timeout',
    'system_cancel_order_untracked',
    'system_cancel_order_exceed_edt_not_arrive',
    'package_lost',
    'package_damaged',
    'threepl_breach',
    'returned_to_shipper_refused',
    'system_cancel_unpaid_time_out',
    'package_cancel',
    'platform_cancel',
  ];
  const OPERATOR = ['system_cancel_order_reason_potential_fraud', 'operator_cancel_risk_control_block'];
  const cases = [
    ...SYSTEM.flatMap((reason) => ['AWAITING_COLLECTION', 'IN_TRANSIT'].map((from) => ['SYSTEM', reason, from])),
    ...OPERATOR.map((reason) => ['OPERATOR', reason, 'AWAITING_SHIPMENT']),
  ];

  it.each(cases)('is a cancellation by %s for %s when %s', async (by, reason, status) => {
    await place({ status });
    expect((await change('cancel', { by, reason })).status).toBe(200);
    expect(await seen()).toMatchObject({
      status: 'CANCELLED',
      cancellation_initiator: 'SYSTEM',
      cancel_reason: reason,
      line_items: [{ cancel_user: by, cancel_reason: reason, display_status: 'CANCELLED' }, { cancel_user: by }],
    });
  });

  it('is no cancellation after delivery', async () => {
    await place({ status: 'DELIVERED' });
    expect((await change('cancel', { by: 'SYSTEM', reason: 'package_lost' })).status).toBe(409);
  });

  it.each(['AWAITING_COLLECTION', 'IN_TRANSIT'])('is COMPLETED by a full refund when %s', async (status) => {
    await place({ status });
    expect((await change('refund')).status).toBe(200);
    const order = await seen();
    expect(order['status']).toBe('COMPLETED');
    expect(order).not.toHaveProperty('delivery_time');
  });

  it('is no refund before the parcel is ready', async () => {
    await place();
    expect((await change('refund')).status).toBe(409);
  });
});
