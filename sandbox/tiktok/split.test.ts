import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage, upload, UPS_NUMBER } from '../test-support';

const ORDER = '576461413038785752';
const [FIRST, SECOND, THIRD] = [`${ORDER}1`, `${ORDER}2`, `${ORDER}3`];
const OTHER_NUMBER = '1Z999AA10123456785';
const FULFILLMENT = `/fulfillment/202309/orders/${ORDER}`;

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ tiktokWebhookUrl: receiver.url });
});

afterEach(() => here.close());

const line_items = [FIRST, SECOND, THIRD].map((id) => ({ id, display_status: 'AWAITING_SHIPMENT' }));
const place = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, { line_items, ...fields }));
const ship = (number: string, ...items: string[]): Promise<Reply> =>
  shop.viaTikTok('POST', `${FULFILLMENT}/packages`, { body: { ...upload(...items), tracking_number: number } });
const shipped = async (number: string, ...items: string[]): Promise<string> => {
  const { body } = await ship(number, ...items);
  expect(body['code']).toBe(0);
  return (body['data'] as { package_id: string }).package_id;
};
const codeOf = async (call: Promise<Reply>): Promise<unknown> => (await call).body['code'];
const scan = (fields: Record<string, unknown>): Promise<Reply> =>
  shop.control('POST', `/orders/${ORDER}/carrier`, fields);

type Item = { display_status: string; package_id?: string; package_status?: string };
type Seen = { status: string; update_time: number; line_items: Item[] } & Record<string, unknown>;
const seen = async (): Promise<Seen> => {
  const { body } = await shop.viaTikTok('GET', '/order/202507/orders', { query: { ids: ORDER } });
  const [order] = (body['data'] as { orders: Seen[] }).orders;
  if (order === undefined) throw new Error('The order is not there');
  return order;
};
const standing = async (): Promise<unknown[]> => {
  const order = await seen();
  return [order.status, ...order.line_items.map(({ display_status: status }) => status)];
};
const notices = async (type: number): Promise<Record<string, unknown>[]> => {
  await shop.control('GET', '/quiet?wait=5000');
  const all = receiver.received.map(({ body }) => JSON.parse(body) as { type: number; data: Record<string, unknown> });
  return all.filter((one) => one.type === type).map(({ data }) => data);
};

describe('an order in two parcels', () => {
  it('is ready once its last item is shipped, and moves once its last parcel does', async () => {
    await place();
    const one = await shipped(UPS_NUMBER, FIRST);
    expect(await standing()).toEqual([
      'PARTIALLY_SHIPPING',
      'AWAITING_COLLECTION',
      'AWAITING_SHIPMENT',
      'AWAITING_SHIPMENT',
    ]);
    await scan({ status: 'in_transit', trackingNumber: UPS_NUMBER });
    expect(await standing()).toEqual(['PARTIALLY_SHIPPING', 'IN_TRANSIT', 'AWAITING_SHIPMENT', 'AWAITING_SHIPMENT']);
    const two = await shipped(OTHER_NUMBER, SECOND, THIRD);
    expect(await standing()).toEqual([
      'AWAITING_COLLECTION',
      'IN_TRANSIT',
      'AWAITING_COLLECTION',
      'AWAITING_COLLECTION',
    ]);
    expect((await seen()).line_items).toMatchObject([
      { package_id: one, package_status: 'FULFILLING', tracking_number: UPS_NUMBER },
      { package_id: two, package_status: 'PROCESSING', tracking_number: OTHER_NUMBER },
      { package_id: two },
    ]);
    await scan({ status: 'delivered', trackingNumber: UPS_NUMBER });
    expect((await standing())[0]).toBe('AWAITING_COLLECTION');
    await scan({ status: 'in_transit', trackingNumber: OTHER_NUMBER });
    expect(await standing()).toEqual(['IN_TRANSIT', 'DELIVERED', 'IN_TRANSIT', 'IN_TRANSIT']);
    await scan({ status: 'delivered', trackingNumber: OTHER_NUMBER });
    expect((await standing())[0]).toBe('DELIVERED');
  });

  it('moves as a whole where the scan names no parcel', async () => {
    await place();
    await shipped(UPS_NUMBER, FIRST);
    await shipped(OTHER_NUMBER, SECOND, THIRD);
    expect((await scan({ status: 'in_transit' })).body).toEqual({ status: 'IN_TRANSIT' });
    expect((await scan({ status: 'in_transit', trackingNumber: '1Z' })).status).toBe(409);
    expect((await scan({ status: 'delivered' })).body).toEqual({ status: 'DELIVERED' });
  });

  it('moves by a scan that is still to come', async () => {
    await place();
    await shipped(UPS_NUMBER, FIRST);
    await shipped(OTHER_NUMBER, SECOND, THIRD);
    const at = Date.now() + 3_600_000;
    expect((await scan({ status: 'in_transit', trackingNumber: OTHER_NUMBER, at })).status).toBe(202);
    await shop.control('POST', '/clock', { to: at });
    expect(await standing()).toEqual(['AWAITING_COLLECTION', 'AWAITING_COLLECTION', 'IN_TRANSIT', 'IN_TRANSIT']);
  });

  it('is changed by every parcel, so that a search by changes finds it', async () => {
    await place({ create_time: 1_700_000_000 });
    const before = await seen();
    await shipped(UPS_NUMBER, FIRST);
    await shop.control('POST', '/clock', { to: Date.now() + 3_600_000 });
    const after = await seen();
    await shipped(OTHER_NUMBER, SECOND);
    expect(after.update_time).toBeGreaterThan(before.update_time);
    expect((await seen()).update_time).toBeGreaterThan(after.update_time);
    expect((await seen()).status).toBe('PARTIALLY_SHIPPING');
  });

  it('does without items that were cancelled', async () => {
    await place({ line_items: [{ id: FIRST }, { id: SECOND, display_status: 'CANCELLED' }] });
    expect(await codeOf(ship(UPS_NUMBER, SECOND))).toBe(21011035);
    await shipped(UPS_NUMBER, FIRST);
    await scan({ status: 'delivered' });
    expect(await standing()).toEqual(['DELIVERED', 'DELIVERED', 'CANCELLED']);
  });

  it('tells the buyer where its parcels are, newest first', async () => {
    await place();
    await shipped(UPS_NUMBER, FIRST);
    await scan({ status: 'in_transit', at: 1_700_000_000_000, message: 'Picked up' });
    await scan({ status: 'out_for_delivery', at: 1_700_000_360_000 });
    await scan({ status: 'delivered', at: 1_700_000_720_000, platformFollows: false });
    expect((await shop.viaTikTok('GET', `${FULFILLMENT}/tracking`)).body['data']).toEqual({
      tracking: [
        { description: 'Your package is out for delivery', update_time_millis: 1_700_000_360_000 },
        { description: 'Picked up', update_time_millis: 1_700_000_000_000 },
      ],
    });
  });
});

describe('a split', () => {
  const split = (...groups: string[][]): Promise<Reply> =>
    shop.viaTikTok('POST', `${FULFILLMENT}/split`, {
      body: { splittable_groups: groups.map((ids, index) => ({ id: String(index), order_line_item_ids: ids })) },
    });
  const attributes = async (): Promise<unknown> => {
    const query = { order_ids: `${ORDER},1` };
    const { body } = await shop.viaTikTok('GET', '/fulfillment/202309/orders/split_attributes', { query });
    return (body['data'] as { split_attributes: unknown }).split_attributes;
  };

  it('sets packages apart, each of which is shipped for itself', async () => {
    await place();
    expect(await attributes()).toEqual([
      { order_id: ORDER, can_split: true, must_split: false, must_split_reasons: [], reason: '' },
    ]);
    const { body } = await split([FIRST], [SECOND, THIRD]);
    const { packages } = body['data'] as { packages: { id: string; splittable_group_id: string }[] };
    expect(packages.map(({ splittable_group_id: id }) => id)).toEqual(['0', '1']);
    expect((await seen()).line_items).toMatchObject([
      { package_id: packages[0]?.id, package_status: 'TO_FULFILL', display_status: 'AWAITING_SHIPMENT' },
      { package_id: packages[1]?.id },
      { package_id: packages[1]?.id },
    ]);
    expect(await notices(4)).toMatchObject([
      { sc_type: 'SPLIT', package_list: packages.map(({ id }) => ({ package_id: id, order_id_list: [ORDER] })) },
    ]);
    expect(await attributes()).toMatchObject([{ can_split: false }]);
    expect(await codeOf(ship(UPS_NUMBER, FIRST, SECOND, THIRD))).toBe(21011048);
    expect(await codeOf(ship(UPS_NUMBER, SECOND))).toBe(21011048);
    expect(await shipped(UPS_NUMBER, FIRST)).toBe(packages[0]?.id);
    expect(await codeOf(ship(UPS_NUMBER, FIRST))).toBe(21011006);
    expect(await shipped(OTHER_NUMBER, SECOND, THIRD)).toBe(packages[1]?.id);
    expect((await seen())['packages']).toEqual(packages.map(({ id }) => ({ id })));
  });

  it('is done by another tool just so', async () => {
    await place();
    const done = await shop.control('POST', `/orders/${ORDER}/split`, { groups: [[FIRST, SECOND], [THIRD]] });
    expect(done).toMatchObject({
      status: 200,
      body: { packages: [{ itemIds: [FIRST, SECOND] }, { itemIds: [THIRD] }] },
    });
    expect(await seen()).toMatchObject({ split_or_combine_tag: 'SPLIT' });
    const again = await shop.control('POST', `/orders/${ORDER}/split`, { groups: [[FIRST], [SECOND, THIRD]] });
    expect(again.status).toBe(409);
  });

  it.each([
    { what: 'leaves an item out', fields: {}, groups: [[FIRST], [SECOND]], code: 21001001 },
    {
      what: 'has an item twice',
      fields: {},
      groups: [
        [FIRST, SECOND],
        [SECOND, THIRD],
      ],
      code: 21001001,
    },
    { what: 'has an item of no order', fields: {}, groups: [[FIRST, SECOND], ['1']], code: 21001001 },
    { what: 'has one group', fields: {}, groups: [[FIRST, SECOND, THIRD]], code: 21011005 },
    {
      what: 'comes too late',
      fields: { status: 'AWAITING_COLLECTION' },
      groups: [[FIRST], [SECOND, THIRD]],
      code: 21011035,
    },
    {
      what: 'has one item to split',
      fields: { line_items: [{ id: FIRST }] },
      groups: [[FIRST], ['1']],
      code: 21011035,
    },
    {
      what: 'meets an open request',
      fields: { is_buyer_request_cancel: true },
      groups: [[FIRST], [SECOND, THIRD]],
      code: 21011007,
    },
  ])('is refused when it $what', async ({ fields, groups, code }) => {
    await place(fields);
    expect(await codeOf(split(...groups))).toBe(code);
  });
});
