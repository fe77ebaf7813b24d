import EasyPost from '@easypost/api';
import { anOrder, aShipment, type Receiver, type Shop, type Stage, stage, upload, UPS_NUMBER } from '../test-support';
import { carrierOf, newTrackingNumber } from './tracking-number';

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

type Made = { id: string; tracking_code: string; rates: { id: string; carrier: string; rate: string }[] };

const make = async (): Promise<Made> => {
  const shipment = aShipment(`${shop.shopId}:${ORDER}:1:1`);
  return (await shop.viaEasyPost('POST', '/shipments', { shipment })).body as unknown as Made;
};

const buy = async ({ id, rates }: Made): Promise<Made> =>
  (await shop.viaEasyPost('POST', `/shipments/${id}/buy`, { rate: { id: rates[0]?.id } })).body as unknown as Made;

const ledger = async (): Promise<unknown> => (await shop.control('GET', `/ledger?order=${ORDER}`)).body['data'];

describe('the official EasyPost client', () => {
  it('creates, buys and gives back a label, and believes the webhook', async () => {
    const client = new EasyPost(shop.easypost.apiKey, { baseUrl: `${here.url}/v2/` });
    const created = await client.Shipment.create(aShipment(`${shop.shopId}:${ORDER}:1:1`));
    expect(created.postage_label).toBeNull();
    const lowest = created.lowestRate(['USPS']);
    expect(lowest).toMatchObject({ service: 'GroundAdvantage', rate: '5.45' });

    const bought = await client.Shipment.buy(created.id, lowest);
    expect(bought.tracking_code).toMatch(/^9400\d{18}$/);
    expect(bought.tracker).toMatchObject({ status: 'unknown', tracking_details: [] });
    const label = await fetch(bought.postage_label.label_url);
    expect(
      Buffer.from(await label.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');

    await expect(client.Shipment.buy(created.id, lowest)).rejects.toMatchObject({ code: 'SHIPMENT.POSTAGE.EXISTS' });
    const refunded = await client.Shipment.refund(created.id);
    expect(refunded.refund_status).toBe('submitted');

    await shop.control('GET', '/quiet?wait=5000');
    const [hook] = receiver.received;
    if (hook === undefined) throw new Error('No webhook came');
    const event: unknown = client.Utils.validateWebhook(
      Buffer.from(hook.body),
      hook.headers,
      shop.easypost.webhookSecret,
    );
    expect(event).toMatchObject({ description: 'tracker.updated', result: { status: 'pre_transit', weight: 16 } });
  });
});

describe('a label', () => {
  it('is paid for once though the buy was cut off after it was done', async () => {
    const made = await make();
    await shop.control('POST', '/faults', { route: 'easypost.buy', kind: 'commitThenCut', times: 1 });
    await expect(buy(made)).rejects.toThrow();
    const read = await shop.viaEasyPost('GET', `/shipments/${encodeURIComponent(`${shop.shopId}:${ORDER}:1:1`)}`);
    expect(read.body).toMatchObject({ id: made.id, postage_label: { label_file_type: 'image/png' } });
    expect(await buy(made)).toMatchObject({ error: { code: 'SHIPMENT.POSTAGE.EXISTS' } });
    expect(await ledger()).toEqual([
      {
        kind: 'labelBought',
        ref: made.id,
        provider: 'easypost',
        order: ORDER,
        shop: shop.shopId,
        priceCents: 545,
        at: expect.any(String) as string,
      },
    ]);
  });

  it('is given back once', async () => {
    const made = await make();
    await buy(made);
    const [first, second] = [
      await shop.viaEasyPost('POST', `/shipments/${made.id}/refund`),
      await shop.viaEasyPost('POST', `/shipments/${made.id}/refund`),
    ];
    expect(second.body).toEqual(first.body);
    expect(await buy(made)).toMatchObject({ error: { code: 'SHIPMENT.POSTAGE.FAILURE' } });
    expect(await ledger()).toMatchObject([{ kind: 'labelBought' }, { kind: 'labelVoided', priceCents: 545 }]);
  });

  it('is not given back once the parcel moves', async () => {
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    const made = await make();
    await buy(made);
    await shop.control('POST', `/orders/${ORDER}/carrier`, { status: 'in_transit' });
    const refused = await shop.viaEasyPost('POST', `/shipments/${made.id}/refund`);
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'SHIPMENT.REFUND.UNAVAILABLE' } } });
  });

  it('is not bought with the rate of another shipment or without one', async () => {
    const [one, other] = [await make(), await make()];
    expect(await buy({ ...one, rates: other.rates })).toMatchObject({ error: { code: 'SHIPMENT.RATE.UNAVAILABLE' } });
    const without = await shop.viaEasyPost('POST', `/shipments/${one.id}/buy`, {});
    expect(without.body).toMatchObject({ error: { code: 'SHIPMENT.MISSING_RATE' } });
  });

  it('has no carrier for what is too heavy', async () => {
    const shipment = aShipment('s:o:1:1', { parcel: { weight: 80 * 16 } });
    const { body } = await shop.viaEasyPost('POST', '/shipments', { shipment });
    const { rates, messages } = body as unknown as { rates: { carrier: string }[]; messages: unknown[] };
    expect(rates.every(({ carrier }) => carrier === 'UPS')).toBe(true);
    expect(messages).toMatchObject([{ carrier: 'USPS', type: 'rate_error' }]);
  });

  it('comes as a page where a page is asked for', async () => {
    const shipment = aShipment('s:o:1:1', { options: { label_format: 'PDF' } });
    const made = (await shop.viaEasyPost('POST', '/shipments', { shipment })).body as unknown as Made;
    const { postage_label: label } = (await buy(made)) as unknown as { postage_label: { label_pdf_url: string } };
    expect(await (await fetch(label.label_pdf_url)).text()).toMatch(/^%PDF-1\.4[\s\S]*%%EOF\n$/);
  });
});

describe('the carrier', () => {
  it('moves the tracker, and the platform follows', async () => {
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    const { tracking_code: number } = await buy(await make());
    const parcel = {
      ...upload(`${ORDER}1`, `${ORDER}2`),
      tracking_number: number,
      shipping_provider_id: '7117858858072016686',
    };
    await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body: parcel });
    const scan = (status: string, more = {}): Promise<{ body: unknown }> =>
      shop.control('POST', `/orders/${ORDER}/carrier`, { status, ...more });

    expect((await scan('in_transit', { platformFollows: false })).body).toEqual({ status: 'AWAITING_COLLECTION' });
    expect((await scan('in_transit')).body).toEqual({ status: 'IN_TRANSIT' });
    expect((await scan('delivered')).body).toEqual({ status: 'DELIVERED' });
    const tracker = await shop.viaEasyPost('GET', `/trackers/${number}`);
    expect(tracker.body).toMatchObject({
      status: 'delivered',
      tracking_details: [
        { status_detail: 'label_created' },
        { status_detail: 'received_at_origin_facility' },
        { status_detail: 'departed_facility' },
        { status: 'delivered', source: 'USPS' },
      ],
    });
  });

  it('scans a parcel whose label was bought elsewhere', async () => {
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    const none = await shop.control('POST', `/orders/${ORDER}/carrier`, { status: 'in_transit' });
    expect(none.status).toBe(409);
    await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, {
      body: upload(`${ORDER}1`, `${ORDER}2`),
    });
    const scanned = await shop.control('POST', `/orders/${ORDER}/carrier`, {
      status: 'delivered',
      package: UPS_NUMBER,
    });
    expect(scanned.body).toEqual({ status: 'DELIVERED' });
  });

  it('scans later when it is told to', async () => {
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    const made = await make();
    const { tracking_code: number } = await buy(made);
    const { now } = (await shop.control('GET', '/clock')).body as { now: number };
    const later = now + 3_600_000;
    expect((await shop.control('POST', `/orders/${ORDER}/carrier`, { status: 'in_transit', at: later })).status).toBe(
      202,
    );
    expect((await shop.control('GET', '/clock')).body['nextAt']).toBe(later);
    await shop.control('POST', '/clock', { to: later });
    expect((await shop.viaEasyPost('GET', `/trackers/${number}`)).body['status']).toBe('in_transit');
  });

  it('is followed by number: the same one once, a wrong one not at all', async () => {
    const follow = (tracking_code: string): Promise<{ status: number; body: Record<string, unknown> }> =>
      shop.viaEasyPost('POST', '/trackers', { tracker: { tracking_code } });
    const [first, second] = [await follow(UPS_NUMBER), await follow(UPS_NUMBER)];
    expect(first.body).toMatchObject({ status: 'unknown', carrier: 'UPS' });
    expect(second.body).toEqual(first.body);
    expect((await follow('EZ4000000004')).body['status']).toBe('delivered');
    expect(await follow('1Z999AA10123456785')).toMatchObject({
      status: 422,
      body: { error: { code: 'TRACKER.CREATE.ERROR' } },
    });
  });
});

describe('the EasyPost gate', () => {
  it('answers in the error form of EasyPost', async () => {
    const nobody = await fetch(`${here.url}/v2/shipments/shp_1`);
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ error: { code: 'APIKEY.INACTIVE', errors: [] } });
    expect(await shop.viaEasyPost('GET', '/shipments/shp_1')).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
  });
});

describe('tracking numbers', () => {
  it.each([
    ['1Z999AA10123456784', 'UPS'],
    ['1Z999AA10123456785', undefined],
    ['9205590164917312751089', 'USPS'],
    ['9205590164917312751088', undefined],
    ['hello', undefined],
  ])('%s is a number of %s', (number, carrier) => {
    expect(carrierOf(number)).toBe(carrier);
  });

  it.each(['USPS', 'UPS'] as const)('of %s are made with a right check digit', (carrier) => {
    expect(carrierOf(newTrackingNumber(carrier))).toBe(carrier);
  });
});
