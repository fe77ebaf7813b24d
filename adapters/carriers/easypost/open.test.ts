import type { CarrierAccount } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { openGate } from '../../gate';
import { openEasyPost } from './open';
import { BUYER, failureOf, played, requestFor, shopWith, type Played } from './test-support';

const NUMBER = '9400100110368068953228';

let there: Played;
let counted: string[];
let mayWrite: jest.Mock;
beforeEach(async () => {
  there = await played();
  counted = [];
  mayWrite = jest.fn(() => Promise.resolve());
});
afterEach(() => there.close());

const account = () =>
  ({ kind: 'easypost', enabled: true, baseUrl: there.url, apiKey: 'EZTKsecret', webhookSecret: 'w' }) as const;

function opened(): Required<CarrierAccount> {
  const shop = shopWith({ easypost: account() });
  const count = (provider: string, call: string, outcome: string): void =>
    void counted.push(`${provider} ${call} ${outcome}`);
  const wire = { gate: openGate, mayWrite, count };
  return openEasyPost({ wire, shop, name: 'easypost', account: account() }) as Required<CarrierAccount>;
}

const request = () => requestFor(shopWith({ easypost: account() }));
const purchase = () => ({ shipmentId: 'shp_1', rateId: 'rate_1', request: request() });

const rate = (fields: object): object => ({
  ...{ id: 'rate_1', carrier: 'USPS', service: 'GroundAdvantage', rate: '5.93', currency: 'USD' },
  ...fields,
});

describe('rates of EasyPost', () => {
  it('say what they save, by when they arrive, and who gave none and why', async () => {
    there.replies.push({
      status: 201,
      json: {
        id: 'shp_1',
        rates: [
          rate({ list_rate: '6.40', retail_rate: '8.45', delivery_days: 3, delivery_date: null }),
          rate({ retail_rate: '8.45', delivery_date: '2026-11-27T00:00:00Z' }),
          rate({ delivery_date: '2026-11-27T17:30:00Z' }),
          rate({ currency: 'CAD' }),
        ],
        messages: [{ carrier: 'UPS', type: 'rate_error', message: 'No service to 9 Hidden Lane' }],
      },
    });
    const shipment = await opened().labels.createShipment(request());
    expect(shipment.rates).toMatchObject([
      { priceCents: 593, listCents: 640, deliveryDays: 3 },
      { listCents: 845, deliveryDays: null, deliverBy: Date.parse('2026-11-28T08:00:00Z') },
      { deliverBy: Date.parse('2026-11-27T17:30:00Z') },
    ]);
    expect(shipment.unrated).toEqual([{ carrier: 'UPS', code: 'rate_error' }]);
    expect(there.asked[0]).toMatchObject({
      body: { shipment: { reference: request().reference, options: { label_date: '2026-11-24T12:00:00Z' } } },
    });
    expect(mayWrite).not.toHaveBeenCalled();
    expect(counted).toEqual(['EasyPost createShipment ok']);
  });
});

describe('a purchase at EasyPost', () => {
  it('that the account has no money for is said to be that', async () => {
    there.replies.push({ status: 402, json: { error: { code: 'PAYMENT_REQUIRED', message: 'Add funds' } } });
    expect(await failureOf(opened().labels.buy(purchase()))).toMatchObject({ outcome: 'unfunded' });
    expect(counted).toEqual(['EasyPost buy unfunded']);
  });

  it.each([
    [{ status: 502, page: '<html>Bad Gateway</html>' }, 'outcomeUnknown'],
    [{ status: 402, page: '<html>Payment Required</html>' }, 'outcomeUnknown'],
    [{ status: 200, page: '<html>' }, 'outcomeUnknown'],
    [{ status: 422, json: { error: { code: 'SHIPMENT.POSTAGE.FAILURE', message: '9 Hidden Lane' } } }, 'refused'],
    [{ status: 422, json: { error: { code: '9 Hidden Lane', message: '' } } }, 'refused'],
    [{ status: 403, json: { error: { code: 'APIKEY.INACTIVE', message: '' } } }, 'auth'],
    [
      { status: 429, json: { error: { code: 'RATE_LIMITED', message: '' } }, headers: { 'retry-after': '7' } },
      'retryLater',
    ],
    [{ cut: true }, 'outcomeUnknown'],
  ] as const)('that fails by %j is sorted: %s', async (reply, outcome) => {
    there.replies.push(reply);
    const error = await failureOf(opened().labels.buy(purchase()));
    expect(error.outcome).toBe(outcome);
    expect(`${error.message} ${error.code} ${JSON.stringify(error)}`).not.toMatch(/Hidden|EZTK/);
    expect(there.asked).toHaveLength(1);
  });

  it('is asked about right before, and is not sent where writing is off', async () => {
    const off = new AdapterError('heldBack', { provider: 'shop', call: 'write', code: 'off' });
    mayWrite.mockRejectedValue(off);
    expect(await failureOf(opened().labels.buy(purchase()))).toBe(off);
    expect(await failureOf(opened().labels.refund('shp_1'))).toBe(off);
    expect(there.asked).toEqual([]);
  });
});

describe('a label of EasyPost', () => {
  it.each([
    ['pdf', { label_pdf_url: '/file', label_url: '/other', label_file_type: 'image/png' }],
    ['zpl', { label_zpl_url: '/file' }],
    ['png', { label_url: '/file', label_file_type: 'image/png' }],
  ] as const)('is fetched as %s', async (format, label) => {
    const postage_label = Object.fromEntries(
      Object.entries(label).map(([key, value]) => [key, value.startsWith('/') ? `${there.url}${value}` : value]),
    );
    there.replies.push({ json: { id: 'shp_1', postage_label } }, { page: 'the label' });
    const file = await opened().labels.document?.({ shipmentId: 'shp_1', trackingNumber: NUMBER, format });
    expect([file?.format, Buffer.from(file?.bytes ?? []).toString()]).toEqual([format, 'the label']);
    expect(there.asked.map(({ path, query }) => `${path} ${query.get('file_format') ?? ''}`)).toEqual([
      `/shipments/shp_1/label ${format.toUpperCase()}`,
      '/file ',
    ]);
  });

  it('that is not there in the format is asked for again later', async () => {
    there.replies.push({ json: { id: 'shp_1', postage_label: { label_url: 'x', label_file_type: 'image/png' } } });
    const asking = opened().labels.document?.({ shipmentId: 'shp_1', trackingNumber: NUMBER, format: 'zpl' });
    expect(await failureOf(asking ?? Promise.resolve())).toMatchObject({ outcome: 'retryLater', code: 'no file yet' });
  });
});

describe('an address at EasyPost', () => {
  const checked = (fields: object, success = true, errors: object[] = []): object => ({
    ...{ street1: '9 HIDDEN LN', street2: 'APT 5', city: 'RENO', state: 'NV', zip: '89501-1234' },
    ...{ verifications: { delivery: { success, errors } } },
    ...fields,
  });

  it('is deliverable though it comes back in capitals', async () => {
    there.replies.push({ status: 201, json: checked({ street1: '9 HIDDEN LANE' }) });
    expect(await opened().addresses(BUYER)).toEqual({ verdict: 'deliverable', codes: [] });
    expect(there.asked[0]).toMatchObject({ path: '/addresses', body: { verify: true, address: { zip: '89501' } } });
    expect(mayWrite).not.toHaveBeenCalled();
  });

  it('that was corrected comes with what it is then', async () => {
    const errors = [{ code: 'E.SECONDARY_INFORMATION.MISSING', message: '9 Hidden Lane' }];
    there.replies.push({ json: checked({}, true, errors) });
    expect(await opened().addresses(BUYER)).toEqual({
      verdict: 'corrected',
      codes: ['E.SECONDARY_INFORMATION.MISSING'],
      suggestion: { ...BUYER, street1: '9 HIDDEN LN', street2: 'APT 5', city: 'RENO', zip: '89501-1234' },
    });
  });

  it('that no carrier knows is told by codes alone', async () => {
    const errors = [{ code: 'E.ADDRESS.NOT_FOUND', message: '9 Hidden Lane' }, { code: 'a text' }];
    there.replies.push({ json: checked({}, false, errors) });
    const codes = ['E.ADDRESS.NOT_FOUND', 'unnamed'];
    expect(await opened().addresses(BUYER)).toEqual({ verdict: 'undeliverable', codes });
  });
});

describe('tracking at EasyPost', () => {
  const tracker = (carrier: string, status: string): object => ({
    ...{ tracking_code: NUMBER, carrier, status, updated_at: '2026-11-24T12:00:00Z' },
    tracking_details: [
      { datetime: '2026-11-24T11:00:00Z', status, status_detail: 'arrived_at_facility', source: carrier },
      { datetime: '2026-11-23T11:00:00Z', status: 'pre_transit', status_detail: 'label_created', source: carrier },
    ],
  });

  it('is read of the one who is followed already, in the order of time', async () => {
    there.replies.push({ json: { trackers: [tracker('UPS', 'delivered'), tracker('USPS', 'in_transit')] } });
    expect(await opened().tracking.read([{ trackingNumber: NUMBER, carrier: 'USPS' }])).toEqual([
      {
        trackingNumber: NUMBER,
        events: [
          { at: Date.parse('2026-11-23T11:00:00Z'), meaning: 'labelCreated', code: 'label_created' },
          { at: Date.parse('2026-11-24T11:00:00Z'), meaning: 'inTransit', code: 'arrived_at_facility' },
        ],
      },
    ]);
    expect(there.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it('begins where nobody follows, and leaves out a number that nobody knows', async () => {
    there.replies.push(
      { json: { trackers: [] } },
      { json: tracker('USPS', 'in_transit') },
      { json: { trackers: [] } },
      { status: 422, json: { error: { code: 'TRACKER.CREATE.ERROR', message: '' } } },
    );
    const parcels = [NUMBER, '1'].map((trackingNumber) => ({ trackingNumber, carrier: 'USPS' }));
    expect(await opened().tracking.read(parcels)).toMatchObject([{ trackingNumber: NUMBER }]);
    expect(there.asked[1]?.body).toEqual({ tracker: { tracking_code: NUMBER, carrier: 'USPS' } });
    expect(mayWrite).toHaveBeenCalled();
  });

  it('begins with nobody where writing is off, for that is charged; who is followed is read all the same', async () => {
    mayWrite.mockRejectedValue(new AdapterError('heldBack', { provider: 'shop', call: 'write', code: 'off' }));
    there.replies.push({ json: { trackers: [] } }, { json: { trackers: [tracker('USPS', 'in_transit')] } });
    const parcels = ['1', NUMBER].map((trackingNumber) => ({ trackingNumber, carrier: 'USPS' }));
    expect(await opened().tracking.read(parcels)).toMatchObject([{ trackingNumber: NUMBER }]);
    expect(there.asked.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('asks once more right before it begins to follow', async () => {
    const off = new AdapterError('heldBack', { provider: 'shop', call: 'write', code: 'off' });
    mayWrite.mockResolvedValueOnce(undefined).mockRejectedValueOnce(off);
    there.replies.push({ json: { trackers: [] } });
    expect(await failureOf(opened().tracking.read([{ trackingNumber: NUMBER, carrier: 'USPS' }]))).toBe(off);
    expect(there.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it('that is out of reach is not taken for nothing', async () => {
    there.replies.push({ status: 503, page: 'down' });
    const reading = opened().tracking.read([{ trackingNumber: NUMBER, carrier: 'USPS' }]);
    expect(await failureOf(reading)).toMatchObject({ outcome: 'retryLater' });
  });
});

describe("an EasyPost account's money", () => {
  it('is read in cents', async () => {
    there.replies.push({ json: { id: 'user_1', balance: '173.12500' } });
    expect(await opened().balance()).toBe(17_313);
  });

  it('that a key may not see does not mean that the key is dead', async () => {
    there.replies.push({ status: 403, json: { error: { code: 'MODE.UNAUTHORIZED', message: '' } } });
    expect(await failureOf(opened().balance())).toMatchObject({ outcome: 'refused' });
  });
});
