import { carrierOf } from '../easypost/tracking-number';
import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage, UPS_NUMBER } from '../test-support';

const PACKAGES = '/fulfillment/202309/packages';
const MEASURES = {
  weight: { value: '1', unit: 'POUND' },
  dimension: { length: '10', width: '8', height: '4', unit: 'INCH' },
};

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ tiktokWebhookUrl: receiver.url });
});

afterEach(() => here.close());

const place = (id: string, fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${id}`, anOrder(id, { shipping_type: 'TIKTOK', ...fields }));
const create = (fields: Record<string, unknown>): Promise<Reply> =>
  shop.viaTikTok('POST', '/fulfillment/202512/packages', { body: { ...MEASURES, ...fields } });
const made = async (fields: Record<string, unknown>): Promise<string> => {
  const { body } = await create(fields);
  expect(body['code']).toBe(0);
  return (body['data'] as { package_id: string }).package_id;
};
const order = async (id: string): Promise<Record<string, unknown>> => (await shop.control('GET', `/orders/${id}`)).body;
const read = async (id: string): Promise<unknown> => (await shop.viaTikTok('GET', `${PACKAGES}/${id}`)).body['data'];
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];

describe('Create Packages, version 202512', () => {
  it('buys one label for many orders, and every order has the package', async () => {
    for (const id of ['o1', 'o2', 'o3']) await place(id);
    const { body } = await create({ ship_type: '3', order_list_ids: ['o1', 'o2'] });
    const bought = body['data'] as { package_id: string };
    expect(bought).toMatchObject({
      create_time: expect.any(Number) as number,
      shipping_service_info: { price: '5.00' },
    });
    expect(bought).not.toHaveProperty('order_id');
    const id = bought.package_id;
    const inPackage = { package_id: id, package_status: 'PROCESSING' };
    for (const one of ['o1', 'o2'])
      expect(await order(one)).toMatchObject({
        status: 'AWAITING_COLLECTION',
        split_or_combine_tag: 'COMBINED',
        packages: [{ id }],
        line_items: [inPackage, inPackage],
      });
    expect((await order('o3'))['status']).toBe('AWAITING_SHIPMENT');
    expect((await order('o1'))['tracking_number']).toBe((await order('o2'))['tracking_number']);
    expect(await ledger()).toMatchObject([
      { kind: 'labelBought', ref: id, order: 'o1', orders: ['o1', 'o2'], priceCents: 500 },
    ]);
    expect(await read(id)).toMatchObject({
      split_and_combine_tag: 'COMBINE',
      orders: [{ id: 'o1' }, { id: 'o2' }],
      order_line_item_ids: ['o11', 'o12', 'o21', 'o22'],
    });
    expect((await create({ ship_type: '3', order_list_ids: ['o2', 'o3'] })).body['code']).toBe(21011006);
    await shop.control('POST', '/orders/o2/carrier', { status: 'in_transit' });
    expect([(await order('o1'))['status'], (await order('o2'))['status']]).toEqual(['IN_TRANSIT', 'IN_TRANSIT']);
  });

  it('buys for a whole order, and for a part of one', async () => {
    await place('o1');
    await made({ ship_type: '1', order_id: 'o1' });
    expect(carrierOf((await order('o1'))['tracking_number'] as string)).toBe('USPS');
    await place('o2');
    const part = await made({ ship_type: '2', order_id: 'o2', order_line_item: [{ order_line_id: 'o21' }] });
    expect(await order('o2')).toMatchObject({ status: 'PARTIALLY_SHIPPING', line_items: [{ package_id: part }, {}] });
    expect(await read(part)).toMatchObject({ split_and_combine_tag: 'SPLIT', order_line_item_ids: ['o21'] });
    expect((await create({ ship_type: '1', order_id: 'o2' })).body['code']).toBe(21011048);
    await made({ ship_type: '2', order_id: 'o2', order_line_item: [{ order_line_id: 'o22' }] });
    expect((await order('o2'))['status']).toBe('AWAITING_COLLECTION');
  });

  it.each([
    ['a kind that is none', { ship_type: '4', order_id: 'o1' }, 21011005],
    ['a part without its items', { ship_type: '2', order_id: 'o1' }, 21011005],
    ['an order of no shop', { ship_type: '3', order_list_ids: ['o1', 'o9'] }, 21001001],
    ['an order that the seller ships', { ship_type: '3', order_list_ids: ['o1', 'own'] }, 21011004],
    ['an order that is asked to be cancelled', { ship_type: '3', order_list_ids: ['o1', 'asked'] }, 21011007],
    ['orders to two places', { ship_type: '3', order_list_ids: ['o1', 'elsewhere'] }, 21011005],
    ['an unknown service', { ship_type: '1', order_id: 'o1', shipping_service_id: '1' }, 21011037],
  ])('refuses %s and buys nothing', async (_what, fields, code) => {
    await place('o1');
    await place('own', { shipping_type: 'SELLER' });
    await place('asked', { is_buyer_request_cancel: true });
    await place('elsewhere', { recipient_address: { name: 'Another Buyer' } });
    expect((await create(fields)).body['code']).toBe(code);
    expect([await ledger(), (await order('o1'))['status']]).toEqual([[], 'AWAITING_SHIPMENT']);
  });

  it('tells its own numbers from others', async () => {
    await place('o1');
    await made({ ship_type: '1', order_id: 'o1' });
    const validate = async (tracking_number: string): Promise<unknown> => {
      const path = '/fulfillment/202508/tts_tracking_validation';
      return (await shop.viaTikTok('GET', path, { query: { tracking_number } })).body['data'];
    };
    const own = (await order('o1'))['tracking_number'] as string;
    expect(await validate(own)).toEqual({ is_tiktok_shipping: true, is_tiktok_collection: false });
    expect(await validate(UPS_NUMBER)).toMatchObject({ is_tiktok_shipping: false });
    expect(await validate('')).toEqual({});
  });
});

describe('orders that should go together', () => {
  it('have one group, and the webhook names them', async () => {
    for (const id of ['o1', 'o2']) await place(id);
    const { groupId } = (await shop.control('POST', '/combine', { orderIds: ['o1', 'o2'] })).body;
    expect([(await order('o1'))['auto_combine_group_id'], (await order('o2'))['auto_combine_group_id']]).toEqual([
      groupId,
      groupId,
    ]);
    await shop.control('GET', '/quiet?wait=5000');
    expect(JSON.parse(receiver.received.at(-1)?.body ?? '')).toMatchObject({
      type: 4,
      data: { sc_type: 'COMBINE', package_list: [{ order_id_list: ['o1', 'o2'] }] },
    });
  });

  it('move together under one number that the seller uploads for each', async () => {
    for (const id of ['o1', 'o2', 'o3']) await place(id, { shipping_type: 'SELLER' });
    await shop.control('POST', '/combine', { orderIds: ['o1', 'o2'] });
    for (const id of ['o1', 'o2', 'o3'])
      await shop.viaTikTok('POST', `/fulfillment/202309/orders/${id}/packages`, {
        body: {
          order_line_item_ids: [`${id}1`, `${id}2`],
          tracking_number: UPS_NUMBER,
          shipping_provider_id: '7117858858072016687',
        },
      });
    await shop.control('POST', '/orders/o1/carrier', { status: 'in_transit' });
    const statuses = await Promise.all(['o1', 'o2', 'o3'].map(async (id) => (await order(id))['status']));
    expect(statuses).toEqual(['IN_TRANSIT', 'IN_TRANSIT', 'AWAITING_COLLECTION']);
  });

  it('are not changed once one is ready, nor where one is not there', async () => {
    await place('o1');
    await place('o2', { status: 'AWAITING_COLLECTION' });
    expect((await shop.control('POST', '/combine', { orderIds: ['o1', 'o2'] })).status).toBe(409);
    expect((await shop.control('POST', '/combine', { orderIds: ['o1', 'o9'] })).status).toBe(404);
    expect(await order('o1')).not.toHaveProperty('auto_combine_group_id');
  });
});

describe('the packages of a shop', () => {
  const search = async (query: Record<string, string>, body: unknown = {}): Promise<Record<string, unknown>> =>
    (await shop.viaTikTok('POST', `${PACKAGES}/search`, { query, body })).body;

  it('are found page by page, by status and by time', async () => {
    for (const id of ['o1', 'o2', 'o3']) {
      await place(id);
      await made({ ship_type: '1', order_id: id });
    }
    const first = (await search({ page_size: '2' }))['data'] as { packages: unknown[]; next_page_token: string };
    expect(first).toMatchObject({ total_count: 3, packages: [{ status: 'PROCESSING' }, {}] });
    const second = (await search({ page_size: '2', page_token: first.next_page_token }))['data'];
    expect(second).toMatchObject({ next_page_token: '', packages: [{ orders: [{}] }] });
    await shop.control('POST', '/orders/o2/carrier', { status: 'in_transit' });
    expect((await search({ page_size: '5' }, { package_status: 'FULFILLING' }))['data']).toMatchObject({
      packages: [{ orders: [{ id: 'o2' }] }],
    });
    expect((await search({ page_size: '5' }, { create_time_ge: 9_000_000_000 }))['data']).toMatchObject({
      total_count: 0,
    });
    expect((await search({ page_size: '51' }))['code']).toBe(21011005);
    expect((await search({ page_size: '5', page_token: 'hello' }))['code']).toBe(21011005);
  });

  it('are handed over as the seller says, and what is refused stands in a list under code 0', async () => {
    await place('o1');
    await place('o2');
    const one = await made({ ship_type: '1', order_id: 'o1' });
    const gone = await made({ ship_type: '1', order_id: 'o2' });
    await shop.control('POST', '/orders/o2/carrier', { status: 'in_transit' });
    const slots = await shop.viaTikTok('GET', `${PACKAGES}/${one}/handover_time_slots`);
    const { pickup_slots: pickups } = slots.body['data'] as { pickup_slots: Record<string, unknown>[] };
    expect(pickups[1]).toMatchObject({ avaliable: true });
    const slot = { start_time: pickups[1]?.['start_time'], end_time: pickups[1]?.['end_time'] };
    expect(await read(one)).toMatchObject({ handover_method: 'DROP_OFF', pickup_slot: { start_time: 0 } });
    const packages = [one, gone, '1'].map((id) => ({ id, handover_method: 'PICKUP', pickup_slot: slot }));
    const { body } = await shop.viaTikTok('POST', `${PACKAGES}/ship`, { body: { packages } });
    expect(body).toMatchObject({
      code: 0,
      data: {
        errors: [
          { code: 21011006, detail: { package_id: gone } },
          { code: 21011001, detail: { package_id: '1' } },
        ],
      },
    });
    expect(await read(one)).toMatchObject({ handover_method: 'PICKUP', pickup_slot: slot });
    const again = { handover_method: 'DROP_OFF' };
    expect((await shop.viaTikTok('POST', `${PACKAGES}/${one}/ship`, { body: again })).body['code']).toBe(0);
    expect(await read(one)).toMatchObject({ handover_method: 'DROP_OFF' });
    expect((await shop.viaTikTok('POST', `${PACKAGES}/ship`, { body: {} })).body['code']).toBe(21011005);
  });

  it('have their slots before they are made', async () => {
    await place('o1');
    const ask = (id: string): Promise<Reply> =>
      shop.viaTikTok('GET', `/fulfillment/202309/orders/${id}/handover_time_slots`);
    expect((await ask('o1')).body).toMatchObject({ code: 0, data: { can_pickup: true, can_drop_off: true } });
    expect((await ask('o9')).body['code']).toBe(21001001);
  });
});
