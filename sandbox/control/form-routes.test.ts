import { savingClient } from '../shipsaving/test-support';
import { anOrder, type Reply, type Shop, type Stage, stage } from '../test-support';
import { aForm, type Client, codeOf, FRIDAY, uspsClient } from '../usps/test-support';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop({ now: FRIDAY });
});

afterEach(() => here.close());

type Laid = { shipmentId: string; trackingNumber: string; orderId: string };
type Line = { kind: string; ref: string; order: string | null; orders?: string[]; shipments?: number };

const lay = async (count: number, provider: string): Promise<Laid[]> =>
  (await shop.control('POST', '/labels', { count, provider })).body as unknown as Laid[];
const rule = (rules: Record<string, unknown>): Promise<Reply> => shop.control('PUT', '/form-rules', rules);
const ledger = async (kind: string): Promise<Line[]> => {
  const { data } = (await shop.control('GET', '/ledger')).body as { data: Line[] };
  return data.filter((line) => line.kind === kind);
};
const numbersOf = (labels: readonly Laid[]): string[] => labels.map(({ trackingNumber }) => trackingNumber);

describe('labels laid into a shop', () => {
  it.each(['easypost', 'usps', 'shipsaving'])(
    'of %s are paid for and each has an order of its own',
    async (provider) => {
      const labels = await lay(3, provider);
      expect(new Set(numbersOf(labels)).size).toBe(3);
      expect(await ledger('labelBought')).toMatchObject(labels.map(({ orderId }) => ({ provider, order: orderId })));
    },
  );

  it('are a thousand at once, and on one form', async () => {
    const numbers = numbersOf(await lay(1_000, 'usps'));
    const made = await (await uspsClient(here, shop))('POST', '/scan-forms/v3/scan-form', { body: aForm(numbers) });
    expect(made.status).toBe(200);
    expect(await ledger('formCreated')).toMatchObject([{ shipments: 1_000 }]);
  });

  it('are as many as the account covers, or none are answered', async () => {
    await shop.control('PUT', '/carriers/usps', { balanceCents: 1_000 });
    expect((await shop.control('POST', '/labels', { count: 5, provider: 'usps' })).status).toBe(409);
  });
});

describe('form rules at USPS', () => {
  let usps: Client;
  const make = async (numbers: readonly string[]): Promise<Awaited<ReturnType<Client>>> =>
    usps('POST', '/scan-forms/v3/scan-form', { body: aForm(numbers) });
  beforeEach(async () => {
    usps = await uspsClient(here, shop);
  });

  it('refuse a list that is too long, until the limit is lifted', async () => {
    const numbers = numbersOf(await lay(3, 'usps'));
    await rule({ most: 2 });
    const refused = await make(numbers);
    expect([refused.status, codeOf(refused)]).toEqual([400, '010005']);
    expect((await make(numbers.slice(0, 2))).status).toBe(200);
    await rule({ most: null });
    expect((await make(numbers.slice(2))).status).toBe(200);
  });

  it('name the parcels that are to blame, or none', async () => {
    const numbers = numbersOf(await lay(3, 'usps'));
    const [, bad = ''] = numbers;
    await rule({ badParcels: [bad] });
    const named = await make(numbers);
    expect([codeOf(named), named.text.includes(bad)]).toEqual(['160160', true]);
    await rule({ namesMembers: false });
    const unnamed = await make(numbers);
    expect([codeOf(unnamed), unnamed.text.includes(bad)]).toEqual(['160160', false]);
    expect(await ledger('formCreated')).toEqual([]);
    expect((await make(numbers.filter((number) => number !== bad))).status).toBe(200);
  });
});

it('form rules at EasyPost never name a parcel', async () => {
  const labels = await lay(3, 'easypost');
  const create = (some: readonly Laid[]): Promise<Reply> =>
    shop.viaEasyPost('POST', '/scan_forms', { shipments: some.map(({ shipmentId: id }) => ({ id })) });
  const refused = { status: 422, body: { error: { code: 'SCAN_FORM.CREATE.FAILURE' } } };
  await rule({ most: 2 });
  expect(await create(labels)).toMatchObject(refused);
  const [, bad = ''] = numbersOf(labels);
  await rule({ badParcels: [bad], namesMembers: true });
  const answer = await create(labels.slice(0, 2));
  expect(answer).toMatchObject(refused);
  expect(JSON.stringify(answer.body)).not.toContain(bad);
  expect((await create(labels.filter(({ trackingNumber }) => trackingNumber !== bad))).status).toBe(200);
});

it('form rules at ShipSaving are one sentence', async () => {
  const saving = savingClient(here.url, shop);
  const numbers = numbersOf(await lay(3, 'shipsaving'));
  const create = (tracking_codes: readonly string[]): Promise<Reply> =>
    saving('POST', '/api/shipments/scan-forms/create', { body: { tracking_codes } });
  await rule({ most: 2 });
  expect(await create(numbers)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('at most 2') as string },
  });
  await rule({ badParcels: numbers.slice(0, 1) });
  expect((await create(numbers.slice(0, 2))).status).toBe(400);
  expect((await create(numbers.slice(1))).status).toBe(200);
});

describe('a manifest of Seller Center', () => {
  const USPS_SERVICE = '7208502187360519982';
  const UPS_SERVICE = '7208502187360519983';
  const place = (id: string, fields: Record<string, unknown> = {}): Promise<Reply> =>
    shop.control('PUT', `/orders/${id}`, anOrder(id, { shipping_type: 'TIKTOK', ...fields }));
  const buy = async (id: string, service = USPS_SERVICE): Promise<string> => {
    const parcel = {
      weight: { value: '1', unit: 'POUND' },
      dimension: { length: '10', width: '8', height: '4', unit: 'INCH' },
    };
    await shop.viaTikTok('POST', '/fulfillment/202309/packages', {
      body: { order_id: id, shipping_service_id: service, ...parcel },
    });
    const { body } = await shop.control('GET', `/orders/${id}`);
    return String(body['tracking_number']);
  };
  const make = (...trackingNumbers: string[]): Promise<Reply> =>
    shop.control('POST', '/seller-center/manifests', { trackingNumbers });

  it('is made of labels that TikTok sold, each once, and stands in the ledger', async () => {
    await place('1');
    await place('2');
    const numbers = [await buy('1'), await buy('2')];
    const made = await make(...numbers);
    const number = made.body['number'] as string;
    expect(made).toMatchObject({ status: 201, body: { number: expect.stringMatching(/^9475\d{18}$/) as string } });
    expect(made.body['trackingNumbers']).toEqual(numbers);
    const paper = await fetch(made.body['pdfUrl'] as string);
    expect(paper.headers.get('content-type')).toBe('application/pdf');
    expect(await paper.text()).toContain(number);
    expect(await ledger('formCreated')).toMatchObject([
      { ref: number, provider: 'tiktok', shipments: 2, orders: ['1', '2'] },
    ]);
    const again = await make(...numbers);
    expect([again.status, again.body['detail']]).toEqual([409, expect.stringContaining('on a manifest already')]);
    expect((await shop.control('GET', '/seller-center/manifests')).body).toEqual({ data: [made.body] });
    expect((await shop.control('POST', `/forms/${number}/scan`)).status).toBe(200);
  });

  it('takes no label of another seller, of another carrier, or that has left', async () => {
    const [stranger = ''] = numbersOf(await lay(1, 'usps'));
    await place('1');
    await place('2');
    const [ofUps, ofUsps] = [await buy('1', UPS_SERVICE), await buy('2')];
    await shop.control('POST', '/orders/2/carrier', { status: 'in_transit' });
    const reasons = await Promise.all([stranger, ofUps, ofUsps].map((number) => make(number)));
    expect(reasons.map(({ body }) => String(body['detail']).replace(/^Label \S+ /, ''))).toEqual([
      'was not bought from TikTok',
      'is not of USPS',
      'does not await its collection',
    ]);
  });

  it('is of one warehouse, of so many labels, and made before eight in the evening', async () => {
    await place('1', { warehouse_id: 'W1' });
    await place('2', { warehouse_id: 'W2' });
    const numbers = [await buy('1'), await buy('2')];
    expect((await make(...numbers)).body['detail']).toMatch(/one warehouse/);
    await rule({ most: 1 });
    expect((await make(...numbers)).body['detail']).toMatch(/at most 1 /);
    await shop.control('POST', '/clock', { to: Date.parse('2026-02-06T19:59:00-08:00') });
    expect((await make(...numbers.slice(0, 1))).status).toBe(201);
    await shop.control('POST', '/clock', { to: Date.parse('2026-02-06T20:00:00-08:00') });
    expect((await make(...numbers.slice(1))).body['detail']).toMatch(/before 20:00/);
  });
});
