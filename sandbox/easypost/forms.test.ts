import EasyPost from '@easypost/api';
import { aShipment, type Receiver, type Reply, type Shop, type Stage, stage } from '../test-support';
import { carrierOf } from './tracking-number';

const HOUR_MS = 3_600_000;

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ easypostWebhookUrl: receiver.url });
});

afterEach(() => here.close());

type Made = { id: string; tracking_code: string; rates: { id: string; carrier: string }[] };
type Form = { id: string; status: string; form_url: string; confirmation: string; tracking_codes: string[] };

const make = async (order: string, fields: Record<string, unknown> = {}): Promise<Made> => {
  const shipment = aShipment(`${shop.shopId}:${order}:1:1`, fields);
  return (await shop.viaEasyPost('POST', '/shipments', { shipment })).body as unknown as Made;
};
const buy = async ({ id, rates }: Made, carrier = 'USPS'): Promise<Made> => {
  const rate = { id: rates.find((one) => one.carrier === carrier)?.id };
  return (await shop.viaEasyPost('POST', `/shipments/${id}/buy`, { rate })).body as unknown as Made;
};
const label = async (order: string, fields?: Record<string, unknown>): Promise<Made> => buy(await make(order, fields));
const create = (...ids: string[]): Promise<Reply> =>
  shop.viaEasyPost('POST', '/scan_forms', { scan_form: { shipments: ids.map((id) => ({ id })) } });
const form = async (...ids: string[]): Promise<Form> => (await create(...ids)).body as unknown as Form;
const read = async (id: string): Promise<Record<string, unknown>> =>
  (await shop.viaEasyPost('GET', `/scan_forms/${id}`)).body;
const refund = (id: string): Promise<Reply> => shop.viaEasyPost('POST', `/shipments/${id}/refund`);
const formLines = async (): Promise<unknown[]> => {
  const { data } = (await shop.control('GET', '/ledger')).body as { data: { kind: string }[] };
  return data.filter(({ kind }) => kind === 'formCreated');
};
const now = async (): Promise<number> => (await shop.control('GET', '/clock')).body['now'] as number;
const advance = async (ms: number): Promise<Reply> => shop.control('POST', '/clock', { to: (await now()) + ms });
const lay = async (fault: Record<string, unknown>): Promise<string> =>
  (await shop.control('POST', '/faults', { route: 'easypost.createForm', ...fault })).body['id'] as string;
const events = async (): Promise<string[]> => {
  await shop.control('GET', '/quiet?wait=5000');
  const all = receiver.received.map(({ body }) => JSON.parse(body) as { description: string });
  return all.map(({ description }) => description).filter((description) => description.startsWith('scan_form'));
};

describe('the official EasyPost client', () => {
  it('makes a form, reads it and lists it', async () => {
    const client = new EasyPost(shop.easypost.apiKey, { baseUrl: `${here.url}/v2/` });
    const [one, other] = [await label('1'), await label('2')];
    const created = await client.ScanForm.create({ shipments: [{ id: one.id }, { id: other.id }] });
    expect(created).toMatchObject({
      id: expect.stringMatching(/^sf_[0-9a-f]{32}$/) as string,
      object: 'ScanForm',
      status: 'created',
      message: null,
      tracking_codes: [one.tracking_code, other.tracking_code],
      address: { street1: '1 Main St' },
      batch_id: expect.stringMatching(/^batch_/) as string,
    });
    expect((await client.ScanForm.retrieve(created.id)).form_url).toBe(created.form_url);
    const shipment = await client.Shipment.retrieve(one.id);
    expect(shipment.scan_form).toMatchObject({ id: created.id, status: 'created' });

    await client.ScanForm.create({ shipments: [await label('3')] });
    const page = await client.ScanForm.all({ page_size: 1 });
    expect(page.has_more).toBe(true);
    const next = await client.ScanForm.getNextPage(page, 1);
    expect(next).toMatchObject({ scan_forms: [{ id: created.id }], has_more: false });

    await expect(client.ScanForm.create({ shipments: [one] })).rejects.toMatchObject({
      code: 'SCAN_FORM.SHIPMENTS.INVALID',
      statusCode: 422,
    });
    expect(await events()).toEqual(['scan_form.created', 'scan_form.created']);
  });
});

describe('a form', () => {
  it('is one line in the ledger, with how many parcels and whose', async () => {
    const made = await form((await label('11')).id, (await label('12')).id);
    expect(await formLines()).toEqual([
      {
        kind: 'formCreated',
        ref: made.id,
        provider: 'easypost',
        order: null,
        shop: shop.shopId,
        shipments: 2,
        orders: ['11', '12'],
        at: expect.any(String) as string,
      },
    ]);
  });

  it('has a number with a right check digit and a page', async () => {
    const made = await form((await label('1')).id);
    expect(made.confirmation).toMatch(/^9475\d{18}$/);
    expect(carrierOf(made.confirmation)).toBe('USPS');
    const page = await (await fetch(made.form_url)).text();
    expect(page).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
    expect(page).toContain(made.confirmation);
  });

  it('is asked for without a wrapper too', async () => {
    const { id } = await label('1');
    const { status, body } = await shop.viaEasyPost('POST', '/scan_forms', { shipments: [{ id }] });
    expect([status, body['status']]).toEqual([200, 'created']);
  });

  it('does not keep a label from being given back while nothing was scanned', async () => {
    const { id } = await label('1');
    await form(id);
    expect((await refund(id)).body).toMatchObject({ refund_status: 'submitted' });
  });

  it('is not there where there is none', async () => {
    expect(await shop.viaEasyPost('GET', '/scan_forms/sf_1')).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
    expect((await fetch(`${here.url}/forms/${shop.shopId}/sf_1.pdf`)).status).toBe(404);
  });
});

describe('a form is refused', () => {
  it.each([{}, { scan_form: {} }, { shipments: [] }])('for %o', async (body) => {
    expect(await shop.viaEasyPost('POST', '/scan_forms', body)).toMatchObject({
      status: 422,
      body: { error: { code: 'SCAN_FORM.SHIPMENTS.REQUIRED' } },
    });
  });

  it('with the count of what cannot stand on it, and nothing is changed', async () => {
    const [good, onForm, refunded] = [await label('1'), await label('2'), await label('3')];
    await form(onForm.id);
    await refund(refunded.id);
    const unbought = await make('4');
    const ups = await buy(await make('5'), 'UPS');
    const refused = await create(good.id, onForm.id, refunded.id, unbought.id, ups.id, 'shp_unknown');
    expect(refused).toMatchObject({
      status: 422,
      body: {
        error: {
          code: 'SCAN_FORM.SHIPMENTS.INVALID',
          message: '5 of 6 shipments cannot be put on a scan form.',
        },
      },
    });
    expect(await formLines()).toHaveLength(1);
    expect((await create(good.id)).status).toBe(200);
  });

  it('for parcels that come from different places', async () => {
    const elsewhere = {
      name: 'Somebody',
      street1: '2 Main St',
      city: 'Reno',
      state: 'NV',
      zip: '89501',
      country: 'US',
    };
    const [one, other] = [await label('1'), await label('2', { from_address: elsewhere })];
    expect((await create(one.id, other.id)).body).toMatchObject({ error: { code: 'SCAN_FORM.CREATE.FAILURE' } });
    expect(await formLines()).toEqual([]);
  });
});

describe('the list of forms', () => {
  const list = async (query: string): Promise<{ scan_forms: { id: string }[]; has_more: boolean }> =>
    (await shop.viaEasyPost('GET', `/scan_forms?${query}`)).body as never;
  const ids = async (query: string): Promise<string[]> => (await list(query)).scan_forms.map(({ id }) => id);

  it('is newest first, in pages and between two instants', async () => {
    const first = await form((await label('1')).id);
    await advance(HOUR_MS);
    const between = new Date(await now()).toISOString();
    await advance(HOUR_MS);
    const second = await form((await label('2')).id);
    expect(await ids('page_size=5')).toEqual([second.id, first.id]);
    expect(await list('page_size=1')).toMatchObject({ scan_forms: [{ id: second.id }], has_more: true });
    expect(await ids(`start_datetime=${between}`)).toEqual([second.id]);
    expect(await ids(`end_datetime=${between}`)).toEqual([first.id]);
    expect(await ids(`before_id=${second.id}`)).toEqual([first.id]);
    expect(await ids(`after_id=${first.id}`)).toEqual([second.id]);
    expect((await shop.viaEasyPost('GET', '/scan_forms?start_datetime=soon')).status).toBe(422);
  });
});

describe('a form that goes wrong', () => {
  it('was made though the answer was cut off', async () => {
    const { id, tracking_code } = await label('1');
    await lay({ kind: 'commitThenCut', times: 1 });
    await expect(create(id)).rejects.toThrow();
    expect((await create(id)).body).toMatchObject({ error: { code: 'SCAN_FORM.SHIPMENTS.INVALID' } });
    const { body } = await shop.viaEasyPost('GET', '/scan_forms?page_size=100');
    expect(body).toMatchObject({ scan_forms: [{ tracking_codes: [tracking_code] }] });
    expect(await formLines()).toHaveLength(1);
  });

  it('is being made until its instant', async () => {
    const { id } = await label('1');
    const until = (await now()) + HOUR_MS;
    await lay({ kind: 'formPending', times: 1, until });
    const pending = await form(id);
    expect(pending).toMatchObject({ status: 'creating', form_url: null, confirmation: null });
    expect((await create(id)).body).toMatchObject({ error: { code: 'SCAN_FORM.SHIPMENTS.INVALID' } });
    await shop.control('POST', '/clock', { to: until });
    expect(await read(pending.id)).toMatchObject({ status: 'created', form_url: expect.any(String) as string });
    expect(await events()).toEqual(['scan_form.created', 'scan_form.updated']);
    expect(await formLines()).toHaveLength(1);
  });

  it('is finished when its fault is taken away', async () => {
    const fault = await lay({ kind: 'formPending' });
    const pending = await form((await label('1')).id);
    await shop.control('DELETE', '/faults/fault_other');
    expect(await read(pending.id)).toMatchObject({ status: 'creating' });
    await shop.control('DELETE', `/faults/${fault}`);
    expect(await read(pending.id)).toMatchObject({ status: 'created' });
  });

  it('is refused in its own words, and no other call has the kind', async () => {
    const { id } = await label('1');
    await lay({ kind: 'refuse', times: 1 });
    expect((await create(id)).body).toMatchObject({ error: { code: 'SCAN_FORM.CREATE.FAILURE' } });
    const wrong = await shop.control('POST', '/faults', { route: 'easypost.getForm', kind: 'formPending' });
    expect(wrong.status).toBe(422);
    await shop.control('POST', '/faults', { route: 'easypost.listForms', kind: 'serverError', times: 1 });
    expect((await shop.viaEasyPost('GET', '/scan_forms')).status).toBe(500);
  });
});
