import { carrierOf } from '../easypost/tracking-number';
import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage } from '../test-support';

const ORDER = '576461413038785752';
const SERVICES = `/fulfillment/202309/orders/${ORDER}/shipping_services/query`;
const PACKAGES = '/fulfillment/202309/packages';
const DAY_MS = 86_400_000;
const MEASURES = {
  weight: { value: '1.5', unit: 'POUND' },
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

const place = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, { shipping_type: 'TIKTOK', ...fields }));
const query = (body: unknown = MEASURES): Promise<Reply> => shop.viaTikTok('POST', SERVICES, { body });
const create = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.viaTikTok('POST', PACKAGES, { body: { order_id: ORDER, ...MEASURES, ...fields } });
const made = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const { body } = await create(fields);
  expect(body['code']).toBe(0);
  return (body['data'] as { package_id: string }).package_id;
};
const order = async (): Promise<Record<string, unknown>> => (await shop.control('GET', `/orders/${ORDER}`)).body;
const number = async (): Promise<string> => (await order())['tracking_number'] as string;
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];
const document = (id: string, document_type = 'SHIPPING_LABEL'): Promise<Reply> =>
  shop.viaTikTok('GET', `${PACKAGES}/${id}/shipping_documents`, { query: { document_type } });

const REFUSED = [
  { what: 'a seller’s own order', fields: { shipping_type: 'SELLER' }, code: 21011004 },
  { what: 'an order on hold', fields: { status: 'ON_HOLD' }, code: 21011035 },
  { what: 'a cancelled order', fields: { status: 'CANCELLED' }, code: 21011035 },
  { what: 'an order that is packed', fields: { status: 'AWAITING_COLLECTION' }, code: 21011006 },
  { what: 'an order that TikTok fulfils', fields: { fulfillment_type: 'FULFILLMENT_BY_TIKTOK' }, code: 21011035 },
];

describe('the shipping services', () => {
  it('are two, with the same prices for the same parcel, and cost nothing to ask for', async () => {
    await place();
    const first = await query();
    expect(first.body).toMatchObject({
      code: 0,
      data: {
        order_id: ORDER,
        order_line_id: [`${ORDER}1`, `${ORDER}2`],
        weight: MEASURES.weight,
        shipping_services: [
          { name: 'USPS Ground Advantage', price: '5.65', currency: 'USD', is_default: true },
          { name: 'UPS 2nd Day Air', price: '14.70', is_default: false, latest_delivery_days: 2 },
        ],
      },
    });
    expect((await query()).body['data']).toEqual(first.body['data']);
    const light = await query({ weight: { value: '400', unit: 'GRAM' } });
    expect(light.body).toMatchObject({ data: { shipping_services: [{ price: '5.00' }, {}] } });
    expect(await ledger()).toEqual([]);
  });

  it.each(REFUSED)('are none for $what', async ({ fields, code }) => {
    await place(fields);
    expect((await query()).body['code']).toBe(code);
  });

  it('are none for an order of no shop, and none for what weighs nothing', async () => {
    expect((await query()).body['code']).toBe(21001001);
    await place();
    expect((await query({ weight: { value: '0', unit: 'POUND' } })).body['code']).toBe(21011005);
    await shop.control('POST', '/faults', { route: 'tiktok.services', kind: 'refuse', times: 1 });
    expect((await query()).body['code']).toBe(21011037);
  });
});

describe('Create Packages', () => {
  it('buys a label once, and the order waits for its collection', async () => {
    await place();
    const { body } = await create();
    const answer = body['data'] as { package_id: string };
    expect(answer).toMatchObject({
      package_id: expect.stringMatching(/^\d{19}$/) as string,
      order_id: ORDER,
      order_line_item_ids: [`${ORDER}1`, `${ORDER}2`],
      create_time: expect.any(Number) as number,
      shipping_service_info: { name: 'USPS Ground Advantage', price: '5.65', currency: 'USD' },
      ...MEASURES,
    });
    const item = { package_id: answer.package_id, package_status: 'PROCESSING', shipping_provider_name: 'USPS' };
    expect(await order()).toMatchObject({ status: 'AWAITING_COLLECTION', line_items: [item, item] });
    expect(carrierOf(await number())).toBe('USPS');
    expect(await ledger()).toMatchObject([
      { kind: 'labelBought', ref: answer.package_id, order: ORDER, priceCents: 565 },
    ]);
    expect((await create()).body['code']).toBe(21011006);
    expect(await ledger()).toHaveLength(1);
    await shop.control('GET', '/quiet?wait=5000');
    expect(receiver.received.at(-1)?.body).toContain('AWAITING_COLLECTION');
  });

  it('takes the service that is named', async () => {
    await place();
    const { body } = await query();
    const { shipping_services: services } = body['data'] as { shipping_services: { id: string }[] };
    await made({ shipping_service_id: services[1]?.id });
    expect(carrierOf(await number())).toBe('UPS');
    expect(await ledger()).toMatchObject([{ priceCents: 1_470 }]);
  });

  it('makes a parcel of some items, and of the rest when they are named', async () => {
    await place();
    await made({ order_line_item_ids: [`${ORDER}1`] });
    expect((await order())['status']).toBe('PARTIALLY_SHIPPING');
    expect((await create()).body['code']).toBe(21011048);
    expect((await create({ order_line_item_ids: [`${ORDER}1`] })).body['code']).toBe(21011006);
    await made({ order_line_item_ids: [`${ORDER}2`] });
    expect((await order())['status']).toBe('AWAITING_COLLECTION');
    expect(await ledger()).toHaveLength(2);
  });

  it.each([
    ...REFUSED.map((one) => ({ ...one, body: {} })),
    { what: 'an open cancel request', fields: { is_buyer_request_cancel: true }, body: {}, code: 21011007 },
    { what: 'an unknown service', fields: {}, body: { shipping_service_id: '1' }, code: 21011037 },
    { what: 'items of no order', fields: {}, body: { order_line_item_ids: ['1'] }, code: 21001001 },
    { what: 'an order of no shop', fields: {}, body: { order_id: '1' }, code: 21001001 },
    { what: 'a parcel without a weight', fields: {}, body: { weight: undefined }, code: 21011005 },
  ])('refuses $what', async ({ fields, body, code }) => {
    await place(fields);
    expect((await create(body)).body['code']).toBe(code);
    expect(await ledger()).toEqual([]);
  });

  it('was done though the answer was cut off', async () => {
    await place();
    await shop.control('POST', '/faults', { route: 'tiktok.createPackages', kind: 'commitThenCut', times: 1 });
    await expect(create()).rejects.toThrow();
    expect((await create()).body['code']).toBe(21011006);
    const [{ ref }] = (await ledger()) as [{ ref: string }];
    expect((await order())['packages']).toEqual([{ id: ref }]);
  });

  it.each([
    ['html502', { status: 502 }],
    ['rateLimited', { status: 429, body: { code: 36009002 } }],
    ['serverError', { status: 500 }],
    ['internalCode', { status: 200, body: { code: 36009003 } }],
    ['refuse', { status: 200, body: { code: 21011037 } }],
  ])('buys nothing under %s', async (kind, reply) => {
    await place();
    await shop.control('POST', '/faults', { route: 'tiktok.createPackages', kind, times: 1 });
    expect(await create()).toMatchObject(reply);
    expect(await ledger()).toEqual([]);
  });
});

describe('a package', () => {
  const read = (id: string, by = shop): Promise<Reply> => by.viaTikTok('GET', `${PACKAGES}/${id}`);

  it('tells what is in it and where it stands', async () => {
    await place({ line_items: [{ id: 'i1', sku_id: 's1' }, { id: 'i2', sku_id: 's1' }, { id: 'i3' }] });
    const id = await made({ order_line_item_ids: ['i1', 'i2'] });
    expect((await read(id)).body).toMatchObject({
      code: 0,
      data: {
        package_id: id,
        package_status: 'PROCESSING',
        shipping_type: 'TIKTOK',
        tracking_number: await number(),
        shipping_provider_name: 'USPS',
        order_line_item_ids: ['i1', 'i2'],
        orders: [{ id: ORDER, skus: [{ id: 's1', quantity: 2 }] }],
        split_and_combine_tag: 'SPLIT',
        ...MEASURES,
      },
    });
  });

  it('is no other shop’s, and none where there is none', async () => {
    await place();
    const id = await made();
    expect((await read(id, await here.shop())).body['code']).toBe(21011028);
    expect((await read('1')).body['code']).toBe(21011001);
    expect((await document('1')).body['code']).toBe(21011001);
  });

  it('is scanned by the carrier, and the platform follows', async () => {
    await place();
    const id = await made();
    const scan = async (status: string): Promise<unknown> =>
      (await shop.control('POST', `/orders/${ORDER}/carrier`, { status })).body;
    expect(await scan('in_transit')).toEqual({ status: 'IN_TRANSIT' });
    expect((await read(id)).body).toMatchObject({ data: { package_status: 'FULFILLING' } });
    expect((await document(id)).body['code']).toBe(21011035);
    expect(await scan('delivered')).toEqual({ status: 'DELIVERED' });
    expect((await read(id)).body).toMatchObject({ data: { package_status: 'COMPLETED' } });
  });
});

describe('the label of a package', () => {
  it('is a page behind an address that is good for 24 h of the shop’s time', async () => {
    await place();
    const { body } = await document(await made());
    const link = body['data'] as { doc_url: string; tracking_number: string };
    expect(link.tracking_number).toBe(await number());
    const page = await (await fetch(link.doc_url)).text();
    expect(page).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
    expect(page).toContain(link.tracking_number);
    expect((await fetch(link.doc_url.replace(/expires=\d+/, 'expires=9999999999'))).status).toBe(403);

    const { now } = (await shop.control('GET', '/clock')).body as { now: number };
    await shop.control('POST', '/clock', { to: now + DAY_MS });
    expect((await fetch(link.doc_url)).status).toBe(403);
  });

  it('is the seller’s own business where TikTok sold none', async () => {
    await place({ shipping_type: 'SELLER' });
    const body = {
      order_line_item_ids: [`${ORDER}1`, `${ORDER}2`],
      tracking_number: '1Z999AA10123456784',
      shipping_provider_id: '7117858858072016687',
    };
    const shipped = await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body });
    const { package_id: id } = shipped.body['data'] as { package_id: string };
    expect((await document(id)).body['code']).toBe(21011004);
    expect((await document(id, 'POSTER')).body['code']).toBe(36009004);
  });
});
