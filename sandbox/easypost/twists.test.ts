import { aShipment, type Receiver, type Reply, type Shop, type Stage, stage } from '../test-support';

const ORDER = '576461413038785752';

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ easypostWebhookUrl: receiver.url });
});

afterEach(() => here.close());

type Made = { id: string; rates: { id: string }[] };

const lay = async (fault: Record<string, unknown>): Promise<string> => {
  const { status, body } = await shop.control('POST', '/faults', fault);
  expect(status).toBe(201);
  return body['id'] as string;
};
const create = (): Promise<Reply> =>
  shop.viaEasyPost('POST', '/shipments', { shipment: aShipment(`${shop.shopId}:${ORDER}:1:1`) });
const make = async (): Promise<Made> => (await create()).body as Made;
const buy = ({ id, rates }: Made): Promise<Reply> =>
  shop.viaEasyPost('POST', `/shipments/${id}/buy`, { rate: { id: rates[0]?.id } });
const read = async (id: string): Promise<Record<string, unknown>> =>
  (await shop.viaEasyPost('GET', `/shipments/${id}`)).body;
const refund = (id: string): Promise<Reply> => shop.viaEasyPost('POST', `/shipments/${id}/refund`);
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];
const webhooks = async (): Promise<number> => {
  await shop.control('GET', '/quiet?wait=5000');
  return receiver.received.length;
};

describe('a number that comes later', () => {
  const numberless = {
    tracking_code: null,
    tracker: null,
    postage_label: { object: 'PostageLabel' },
    selected_rate: { service: 'GroundAdvantage' },
  };
  const numbered = {
    tracking_code: expect.stringMatching(/^9400\d{18}$/) as string,
    tracker: { status: 'pre_transit' },
  };

  it('is shown at its instant; the label was paid for at once', async () => {
    const { now } = (await shop.control('GET', '/clock')).body as { now: number };
    const until = now + 60_000;
    await lay({ route: 'easypost.buy', kind: 'numberLater', times: 1, until });
    const made = await make();
    expect(await buy(made)).toMatchObject({ status: 200, body: numberless });
    expect(await read(made.id)).toMatchObject(numberless);
    expect((await buy(made)).body).toMatchObject({ error: { code: 'SHIPMENT.POSTAGE.EXISTS' } });
    expect(await ledger()).toMatchObject([{ kind: 'labelBought', ref: made.id, priceCents: 545 }]);
    expect(await webhooks()).toBe(0);

    await shop.control('POST', '/clock', { to: until });
    expect(await read(made.id)).toMatchObject(numbered);
    expect(await webhooks()).toBe(1);
  });

  it.each(['one', 'all'])('is shown when its fault is taken away: %s', async (which) => {
    const faultId = await lay({ route: 'easypost.buy', kind: 'numberLater' });
    const made = await make();
    await buy(made);
    await shop.control('DELETE', '/faults/fault_other');
    expect(await read(made.id)).toMatchObject(numberless);
    await shop.control('DELETE', which === 'one' ? `/faults/${faultId}` : '/faults');
    expect(await read(made.id)).toMatchObject(numbered);
  });
});

describe('a shipment that is not found', () => {
  it('is so for a gateway or for EasyPost', async () => {
    const { id } = await make();
    await lay({ route: 'easypost.getShipment', kind: 'notFound', times: 1 });
    await lay({ route: 'easypost.getShipment', kind: 'notFoundCode', times: 1 });
    const page = await shop.viaEasyPost('GET', `/shipments/${id}`);
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.body['text']).toContain('404 Not Found');
    const refused = await shop.viaEasyPost('GET', `/shipments/${id}`);
    expect(refused).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect(await read(id)).toMatchObject({ id });
  });
});

describe('a refund that is rejected', () => {
  it('leaves the label paid for, and may be asked for again', async () => {
    const made = await make();
    await buy(made);
    await lay({ route: 'easypost.refund', kind: 'refundRejected', times: 1 });
    expect(await refund(made.id)).toMatchObject({ status: 200, body: { refund_status: 'rejected' } });
    expect(await read(made.id)).toMatchObject({ refund_status: 'rejected' });
    expect(await ledger()).toMatchObject([{ kind: 'labelBought' }]);
    expect((await buy(made)).body).toMatchObject({ error: { code: 'SHIPMENT.POSTAGE.EXISTS' } });
    expect((await refund(made.id)).body).toMatchObject({ refund_status: 'submitted' });
    expect(await ledger()).toMatchObject([{ kind: 'labelBought' }, { kind: 'labelVoided' }]);
  });
});

describe('a shipment without rates', () => {
  it('is made all the same, with what the carrier has against it', async () => {
    await lay({ route: 'easypost.createShipment', kind: 'noRates', times: 1 });
    const { status, body } = await create();
    expect(status).toBe(201);
    expect(body).toMatchObject({ rates: [], messages: [{ carrier: 'USPS', type: 'rate_error' }] });
    expect(await read(body['id'] as string)).toEqual(body);
    expect((await make()).rates).not.toEqual([]);
  });

  it('is refused where the rates are unavailable', async () => {
    await lay({ route: 'easypost.createShipment', kind: 'ratesUnavailable', times: 1 });
    expect(await create()).toMatchObject({ status: 422, body: { error: { code: 'SHIPMENT.RATES.UNAVAILABLE' } } });
  });
});
