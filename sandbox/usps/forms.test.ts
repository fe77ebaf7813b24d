import { type Shop, type Stage, stage } from '../test-support';
import { aForm, aLabel, type Client, codeOf, FRIDAY, type Reply, uspsClient } from './test-support';

const ORDER = '576461413038785752';
const JSON_TYPE = 'application/vnd.usps.labels+json';

let here: Stage;
let shop: Shop;
let usps: Client;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop({ now: FRIDAY });
  usps = await uspsClient(here, shop);
});

afterEach(() => here.close());

const buy = async (fields: Record<string, unknown> = {}): Promise<string> => {
  const headers = { accept: JSON_TYPE };
  const { body } = await usps('POST', '/labels/v3/label', { body: aLabel(ORDER, fields), headers });
  return String(body['trackingNumber']);
};
const make = (numbers: readonly string[], fields: Record<string, unknown> = {}): Promise<Reply> =>
  usps('POST', '/scan-forms/v3/scan-form', { body: aForm(numbers, fields), headers: { accept: JSON_TYPE } });
const events = async (number: string): Promise<unknown> =>
  (await usps('GET', `/tracking/v3/tracking/${number}?expand=DETAIL`)).body;

describe('a SCAN Form', () => {
  it('stands for its labels with one number, and is in the ledger', async () => {
    const numbers = [await buy(), await buy()];
    const made = await make(numbers);
    expect(made.body).toMatchObject({ manifestNumber: expect.stringMatching(/^9475\d{18}$/) as string });
    expect(made.body).toMatchObject({ trackingNumbers: numbers, SCANFormImage: expect.any(String) as string });
    const { body } = await shop.control('GET', '/ledger');
    const line = { kind: 'formCreated', ref: made.body['manifestNumber'], provider: 'usps', shipments: 2 };
    expect((body['data'] as unknown[]).at(-1)).toMatchObject({ ...line, orders: [ORDER, ORDER] });
  });

  it('comes in two parts unless JSON is asked for', async () => {
    const { text } = await usps('POST', '/scan-forms/v3/scan-form', { body: aForm([await buy()]) });
    expect(text).toContain('form-data; filename="SCANFormImage.pdf"; name="SCANFormImage"');
  });

  it('takes all labels of a mailer id that are eligible', async () => {
    expect(codeOf(await make([], { shipment: { MID: shop.usps.mid } }))).toBe('160037');
    const [one, other] = [await buy(), await buy({ mailingDate: '2026-02-09' })];
    expect((await make([], { shipment: { manifestMID: shop.usps.manifestMid } })).body['trackingNumbers']).toEqual([
      one,
    ]);
    expect(codeOf(await make([other]))).toBe('160006');
    expect((await make([other], { overwriteMailingDate: true })).status).toBe(200);
  });

  it('names the form that a label stands on already, and keeps it', async () => {
    const number = await buy();
    const { manifestNumber: efn } = (await make([number])).body;
    const again = await make([number]);
    expect(codeOf(again)).toBe('160040');
    expect(JSON.stringify(again.body)).toContain(`another SCAN Form with efn ${String(efn)}`);
    expect(codeOf(await usps('DELETE', `/labels/v3/label/${number}`))).toBe('160174');
    await shop.control('POST', '/clock', { to: FRIDAY + 16 * 60_000 });
    expect((await usps('DELETE', `/labels/v3/label/${number}`)).body['status']).toBe('DISPUTED');
  });

  it.each([
    ['160161', { entryFacilityZIPCode: '63116' }],
    ['160162', { destinationEntryFacilityType: 'DESTINATION_DELIVERY_UNIT' }],
    ['160034', { mailingDate: '2026-02-05', overwriteMailingDate: true }],
    ['160034', { mailingDate: '2026-04-01', overwriteMailingDate: true }],
    ['160168', { fromAddress: { streetAddress: '1 Main St' } }],
    ['160165', { shipment: { MID: '123456' } }],
    ['160039', { shipment: { trackingNumbers: ['9400100000000000000000'] } }],
  ])('is refused with %s', async (code, fields) => {
    expect(codeOf(await make([await buy()], fields))).toBe(code);
  });

  it('takes no cancelled label, and none with an extra service that bars it', async () => {
    const [cancelled, barred] = [await buy(), await buy({ extraServices: [415] })];
    await usps('DELETE', `/labels/v3/label/${cancelled}`);
    const refused = await make([cancelled, barred]);
    const { errors } = refused.body['error'] as { errors: { code: string }[] };
    expect(errors.map(({ code }) => code)).toEqual(['160397', '160164']);
  });

  it('comes too late at 00:30 Central after the mailing date', async () => {
    const [one, other] = [await buy(), await buy()];
    await shop.control('POST', '/clock', { to: Date.parse('2026-02-07T06:29:00Z') });
    usps = await uspsClient(here, shop);
    expect((await make([one])).status).toBe(200);
    await shop.control('POST', '/clock', { to: Date.parse('2026-02-07T06:30:00Z') });
    const late = await make([other], { mailingDate: '2026-02-07', overwriteMailingDate: true });
    expect(codeOf(late)).toBe('160398');
  });
});

describe('tracking', () => {
  it('tells codes newest first, with local and GMT time', async () => {
    const number = await buy();
    await shop.control('PUT', `/orders/${ORDER}`, {
      id: ORDER,
      status: 'AWAITING_SHIPMENT',
      shipping_type: 'SELLER',
      recipient_address: { name: 'A Buyer', postal_code: '10001', region_code: 'US' },
      line_items: [{ id: `${ORDER}1` }],
    });
    const scan = (fields: object): Promise<unknown> => shop.control('POST', `/orders/${ORDER}/carrier`, fields);
    await scan({ status: 'in_transit', at: FRIDAY - 1 });
    await scan({ status: 'in_transit', at: FRIDAY - 2, code: 'TM' });
    expect(await events(number)).toMatchObject({
      statusCategory: 'Pre-Shipment',
      trackingEvents: [
        { eventCode: 'GX' },
        {
          eventCode: '03',
          eventTimestamp: '2026-02-06T11:59:59',
          GMTTimestamp: '2026-02-06T17:59:59.999Z',
          GMTOffset: '-360',
        },
        { eventCode: 'TM' },
      ],
    });
  });

  it('tells an acceptance of every piece when the form is scanned', async () => {
    const number = await buy();
    const { manifestNumber } = (await make([number])).body;
    expect((await shop.control('POST', '/forms/9475/scan')).status).toBe(404);
    expect((await shop.control('POST', `/forms/${String(manifestNumber)}/scan`)).status).toBe(200);
    expect(await events(number)).toMatchObject({ trackingEvents: [{ eventCode: 'OA' }, { eventCode: 'GX' }] });
  });

  it('does not tell of another mailer’s piece', async () => {
    expect((await usps('GET', '/tracking/v3/tracking/9205590164917312751089')).status).toBe(404);
  });
});

describe('a carrier pickup', () => {
  const wish = {
    pickupDate: '2026-02-07',
    pickupAddress: { firstName: 'A', lastName: 'B', address: { streetAddress: '1 Main St' }, contact: [] },
    packages: [{ packageType: 'USPS_GROUND_ADVANTAGE', packageCount: 3 }],
    estimatedWeight: 4,
    pickupLocation: { packageLocation: 'OFFICE' },
  };
  const path = '/pickup/v3/carrier-pickup';

  it('is booked, changed and cancelled by the tag that was read last', async () => {
    const booked = await usps('POST', path, { body: wish });
    const at = `${path}/${String(booked.body['confirmationNumber'])}`;
    const etag = booked.headers.get('etag') ?? '';
    const change = { pickupDate: '2026-02-09', carrierPickupRequest: { ...wish, pickupDate: '2026-02-09' } };
    const changed = await usps('PUT', at, { body: change, headers: { 'if-match': etag } });
    expect(changed.body['pickupDate']).toBe('2026-02-09');
    expect((await usps('DELETE', at, { headers: { 'if-match': etag } })).status).toBe(412);
    const read = await usps('GET', at);
    expect(read.body).toMatchObject([{ pickupDate: '2026-02-09' }]);
    const fresh = { 'if-match': read.headers.get('etag') ?? '' };
    expect((await usps('DELETE', at, { headers: fresh })).status).toBe(200);
    const { body } = await shop.control('GET', '/ledger');
    expect(body['data']).toMatchObject([{ kind: 'pickupBooked', provider: 'usps' }, { kind: 'pickupCancelled' }]);
  });

  it('is not of a Sunday, nor of a day that has begun', async () => {
    for (const pickupDate of ['2026-02-06', '2026-02-08'])
      expect((await usps('POST', path, { body: { ...wish, pickupDate } })).status).toBe(400);
    const next = await usps('POST', path, { body: { ...wish, pickupDate: '2026-02-08', nextAvailablePickup: true } });
    expect(next.body['pickupDate']).toBe('2026-02-09');
  });
});
