import EasyPost from '@easypost/api';
import { createHmac } from 'node:crypto';
import { aShipment, type Receiver, type Shop, type Stage, stage } from '../../sandbox/test-support';

const ORDER = '576461413038785752';
const ADDRESS = { name: 'Somebody', street1: '1 Main St', city: 'Reno', state: 'NV', zip: '89501', country: 'US' };

let here: Stage;
let receiver: Receiver;
let shop: Shop;
let client: InstanceType<typeof EasyPost>;
/** What the wire really answered: the client itself takes every status below 400 for a success. */
let statuses: string[];

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ easypostWebhookUrl: receiver.url });
  // Without the slash at its end the client takes `v2` for a file and leaves it out.
  client = new EasyPost(shop.easypost.apiKey, { baseUrl: `${here.url}/v2/` });
  statuses = [];
  client.addResponseHook((answered) => {
    const { httpStatus, method, path } = answered as { httpStatus: number; method: string; path: string };
    statuses.push(`${method.toUpperCase()} ${shapeOf(path)} ${httpStatus}`);
  });
});

afterEach(() => here.close());

/** A path with its ids left out. */
function shapeOf(path: string): string {
  return new URL(path, here.url).pathname.replace(/\/[a-z]+_[0-9a-f]{32}/g, '/:id');
}

function header({ headers }: Receiver['received'][number], name: string): string {
  return String(headers[name]);
}

/** Calls that the client's types have not, or have otherwise. */
const untyped = {
  smartRates: (id: string): Promise<unknown[]> =>
    (client.Shipment as unknown as { getSmartRates: (id: string) => Promise<unknown[]> }).getSmartRates(id),
  deleteHook: (id: string): Promise<void> =>
    (client.Webhook as unknown as { delete: (id: string) => Promise<void> }).delete(id),
  batch: (wanted: object): Promise<{ trackers: unknown[] }> =>
    (
      client.Tracker as unknown as { retrieveBatch: (wanted: object) => Promise<{ trackers: unknown[] }> }
    ).retrieveBatch(wanted),
};

type Bought = Awaited<ReturnType<typeof client.Shipment.buy>>;

const buyOne = async (attempt = 1): Promise<Bought> => {
  const created = await client.Shipment.create(aShipment(`${shop.shopId}:${ORDER}:1:${attempt}`));
  return client.Shipment.buy(created.id, created.lowestRate(['USPS']));
};

/** The code alone: the client's classes are minified, and it exports none of them. */
const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
    return undefined;
  } catch (error) {
    const { code, statusCode } = error as { code: unknown; statusCode: unknown };
    return [statusCode, code];
  }
};

describe("a label, through EasyPost's own client", () => {
  it('is created, rated again, bought, read, asked for in other formats and given back', async () => {
    const created = await client.Shipment.create(aShipment(`${shop.shopId}:${ORDER}:1:1`));
    expect(created.rates[0]).toMatchObject({ rate: '5.45', list_rate: '6.00', retail_rate: '7.63', carrier: 'USPS' });
    const rerated = await client.Shipment.regenerateRates(created.id);
    expect(rerated.rates[0]?.id).not.toBe(created.rates[0]?.id);
    expect(await codeOf(client.Shipment.buy(created.id, created.rates[0]?.id ?? ''))).toEqual([
      422,
      'SHIPMENT.RATE.UNAVAILABLE',
    ]);
    const bought = await client.Shipment.buy(created.id, rerated.rates[0]?.id ?? '');
    expect(bought.postage_label.label_zpl_url).toBeNull();
    expect(await codeOf(client.Shipment.buy(created.id, rerated.rates[0]?.id ?? ''))).toEqual([
      422,
      'SHIPMENT.POSTAGE.EXISTS',
    ]);
    const { postage_label: label } = await client.Shipment.convertLabelFormat(created.id, 'ZPL');
    expect(await (await fetch(label.label_zpl_url)).text()).toContain('^XA');
    expect((await client.Shipment.retrieve(created.id)).tracking_code).toBe(bought.tracking_code);
    expect((await client.Shipment.refund(created.id)).refund_status).toBe('submitted');
    expect(statuses).toEqual([
      'POST /v2/shipments 201',
      'POST /v2/shipments/:id/rerate 200',
      'POST /v2/shipments/:id/buy 422',
      'POST /v2/shipments/:id/buy 200',
      'POST /v2/shipments/:id/buy 422',
      'GET /v2/shipments/:id/label 200',
      'GET /v2/shipments/:id 200',
      'POST /v2/shipments/:id/refund 200',
    ]);
  });

  it('is given back by its number', async () => {
    const bought = await buyOne();
    const refunds = await client.Refund.create({ carrier: 'USPS', tracking_codes: [bought.tracking_code] });
    expect(refunds).toMatchObject([{ object: 'Refund', status: 'submitted', shipment_id: bought.id }]);
    expect((await shop.control('GET', '/ledger')).body['data']).toMatchObject([
      { kind: 'labelBought', provider: 'easypost', ref: bought.id },
      { kind: 'labelVoided', provider: 'easypost', ref: bought.id },
    ]);
  });

  it('is not sold to an empty account', async () => {
    await shop.control('PUT', '/carriers/easypost', { balanceCents: 600 });
    await buyOne();
    expect((await client.User.retrieveMe()).balance).toBe('0.55000');
    expect(await codeOf(buyOne(2))).toEqual([402, 'PAYMENT_REQUIRED']);
  });

  it('is sold to nobody whose key is dead', async () => {
    await shop.control('PUT', '/carriers/easypost', { dead: true });
    expect(await codeOf(buyOne())).toEqual([401, 'APIKEY.INACTIVE']);
  });

  it('has rates of FedEx and DHL eCommerce where the account has them, and their days as numbers', async () => {
    await shop.control('PUT', '/easypost', { hasMoreCarriers: true });
    const created = await client.Shipment.create(aShipment('s:o:1:1'));
    expect(new Set(created.rates.map(({ carrier }) => carrier))).toEqual(
      new Set(['USPS', 'UPS', 'FedEx', 'DHLeCommerce']),
    );
    const [smart] = await untyped.smartRates(created.id);
    expect(smart).toMatchObject({ rate: 5.45, time_in_transit: { percentile_50: 3, percentile_99: 6 } });
  });
});

describe("a form, through EasyPost's own client", () => {
  it('is made of bought shipments, read and listed', async () => {
    const shipments = [await buyOne(1), await buyOne(2)];
    const form = await client.ScanForm.create({ shipments: shipments.map(({ id }) => ({ id })) });
    expect(form).toMatchObject({ status: 'created', tracking_codes: shipments.map((one) => one.tracking_code) });
    expect((await client.ScanForm.retrieve(form.id)).form_url).toMatch(/\.pdf$/);
    const { scan_forms: forms } = await client.ScanForm.all({ page_size: 5 });
    expect(forms).toHaveLength(1);
    expect(await codeOf(client.ScanForm.create({ shipments: [{ id: shipments[0]?.id ?? '' }] }))).toEqual([
      422,
      'SCAN_FORM.SHIPMENTS.INVALID',
    ]);
    expect(statuses).toContain('POST /v2/scan_forms 200');
  });
});

describe("a tracker, through EasyPost's own client", () => {
  it('is the one that is there, is found by its number and is followed no longer once deleted', async () => {
    const { tracking_code: code } = await buyOne();
    const tracker = await client.Tracker.create({ tracking_code: code, carrier: 'USPS' });
    const { trackers } = (await client.Tracker.all({ tracking_code: code })) as unknown as { trackers: object[] };
    expect(trackers).toMatchObject([{ id: tracker.id }]);
    const batch = await untyped.batch({ tracking_codes: [code, 'EZ0'] });
    expect(batch.trackers).toMatchObject([{ id: tracker.id }]);
    await client.Tracker.delete(tracker.id);
    expect(await codeOf(client.Tracker.retrieve(tracker.id))).toEqual([404, 'NOT_FOUND']);
  });

  it('tells by webhooks that the client believes, and no other secret', async () => {
    await buyOne();
    await shop.control('GET', '/quiet?wait=5000');
    const [hook] = receiver.received;
    if (hook === undefined) throw new Error('No webhook came');
    // The client writes whole weights as 16.0 before it checks: so they must have been sent.
    expect(hook.body).toContain('"weight":16.0');
    const check = (secret: string): unknown =>
      client.Utils.validateWebhook(Buffer.from(hook.body), hook.headers, secret);
    expect(check(shop.easypost.webhookSecret)).toMatchObject({ description: 'tracker.updated' });
    expect(() => check('another')).toThrow();
    const signed = `${header(hook, 'x-timestamp')}POST${header(hook, 'x-path')}${hook.body}`;
    const second = createHmac('sha256', shop.easypost.webhookSecret).update(signed).digest('hex');
    expect(header(hook, 'x-hmac-signature-v2')).toBe(`hmac-sha256-hex=${second}`);
    const { events } = await client.Event.all({});
    expect(events).toMatchObject([{ object: 'Event', description: 'tracker.updated' }]);
  });

  it('tells at the address that was registered last', async () => {
    const other = await here.receiver();
    const hook = await client.Webhook.create({ url: other.url, webhook_secret: 'sécret' });
    await buyOne();
    await shop.control('GET', '/quiet?wait=5000');
    const [told] = other.received;
    if (told === undefined) throw new Error('No webhook came');
    expect(client.Utils.validateWebhook(Buffer.from(told.body), told.headers, 'sécret')).toBeDefined();
    await untyped.deleteHook(hook.id);
    expect((await client.Webhook.all()).webhooks).toEqual([]);
  });
});

describe("an address, through EasyPost's own client", () => {
  it('is written as the carrier has it', async () => {
    const kept = await client.Address.create({ ...ADDRESS, verify: true });
    expect(kept).toMatchObject({ street1: '1 MAIN ST', verifications: { delivery: { success: true, errors: [] } } });
    expect((await client.Address.retrieve(kept.id)).id).toBe(kept.id);
    const verified = await client.Address.createAndVerify(ADDRESS);
    expect(verified.id).toMatch(/^adr_/);
  });

  it('comes with its suite where that was missing', async () => {
    const kept = await client.Address.create({ ...ADDRESS, street1: '1 Main St Suite missing', verify: true });
    expect(kept).toMatchObject({
      street2: 'STE 100',
      verifications: { delivery: { errors: [{ code: 'E.SECONDARY_INFORMATION.MISSING' }] } },
    });
  });

  it('fails where there is no such place: quietly, or with a refusal where that is asked for', async () => {
    const nowhere = { ...ADDRESS, street1: '1 Unknown St' };
    const kept = await client.Address.create({ ...nowhere, verify: true });
    expect(kept).toMatchObject({ verifications: { delivery: { success: false } } });
    const refused = [422, 'ADDRESS.VERIFY.FAILURE'];
    expect(await codeOf(client.Address.create({ ...nowhere, verify_strict: true }))).toEqual(refused);
    expect(await codeOf(client.Address.createAndVerify(nowhere))).toEqual(refused);
  });
});

describe("a pickup, through EasyPost's own client", () => {
  it('is asked for, ordered once and taken back', async () => {
    const shipment = await buyOne();
    const [from, until] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + 9_000_000)];
    const asked = await client.Pickup.create({
      reference: 'shop:easypost:1',
      min_datetime: from.toISOString(),
      max_datetime: until.toISOString(),
      shipment: { id: shipment.id },
      address: ADDRESS,
      is_account_address: false,
      instructions: 'At the back door',
    });
    expect(asked).toMatchObject({ status: 'unknown', pickup_rates: [{ carrier: 'USPS', service: 'NextDay' }] });
    const booked = await client.Pickup.buy(asked.id, 'USPS', 'NextDay');
    expect(booked).toMatchObject({ status: 'scheduled', confirmation: expect.stringMatching(/^WTC\d{8}$/) as string });
    expect(await codeOf(client.Pickup.buy(asked.id, 'USPS', 'NextDay'))).toEqual([422, 'PICKUP.STATUS.INVALID']);
    expect((await client.Pickup.retrieve(asked.id)).confirmation).toBe(booked.confirmation);
    expect((await client.Pickup.cancel(asked.id)).status).toBe('canceled');
    expect((await shop.control('GET', '/ledger')).body['data']).toMatchObject([
      { kind: 'labelBought' },
      { kind: 'pickupBooked', provider: 'easypost', ref: booked.confirmation },
      { kind: 'pickupCancelled', ref: booked.confirmation },
    ]);
  });
});
