import { createHash } from 'node:crypto';
import type { CarrierAccount } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { BUYER, failureOf, played, requestFor, shopWith, type Played, type Reply } from '../easypost/test-support';
import { openGate } from '../../gate';
import { openShipSaving } from './open';

const TOKEN = 'st_very-secret-token';
const ORDER = '7000000000000000001:576461413038785752:1:1';
/** The same order, with the mark of store `CS`. */
const ID = `${ORDER}~${createHash('sha256').update('CS').digest('hex').slice(0, 4)}`;
const [ONE, OTHER] = ['9434611899562089592093', '9434611899562089592048'];

let there: Played;
let counted: string[];
let mayWrite: jest.Mock;
beforeEach(async () => {
  there = await played();
  counted = [];
  mayWrite = jest.fn(() => Promise.resolve());
});
afterEach(() => there.close());

const account = (baseUrl = there.url) =>
  ({ kind: 'shipsaving', enabled: true, baseUrl, apiToken: TOKEN, storeName: 'CS' }) as const;

function opened(baseUrl?: string): Required<CarrierAccount> {
  const shop = shopWith({ ss: account() });
  const count = (provider: string, call: string, outcome: string): void =>
    void counted.push(`${provider} ${call} ${outcome}`);
  const wire = { gate: openGate, mayWrite, count };
  return openShipSaving({ wire, shop, name: 'ss', account: account(baseUrl) }) as Required<CarrierAccount>;
}

const request = () => requestFor(shopWith({ ss: account() }));
const purchase = () => ({ shipmentId: ID, rateId: 'rate_1', request: request() });

const rate = { rate_id: 'rate_1', carrier: 'USPS', service: 'USPS_GROUND_ADVANTAGE', rate: 8.99, delivery_days: '5' };
const label = (tracking_code: string, fields: object = {}): object => ({
  ...{ tracking_code, carrier: 'USPS', rate: 8.99, label_urls: [`${there.url}/label`] },
  ...fields,
});
const said = (status: number, message: string): Reply => ({ status, json: { message } });

describe('rates of ShipSaving', () => {
  it('are asked for under our store and reference, in pounds, and read in cents', async () => {
    there.replies.push({
      json: {
        rates: [
          { ...rate, published_rate: 10.9 },
          { ...rate, delivery_days: '' },
        ],
      },
    });
    expect(await opened().labels.createShipment(request())).toMatchObject({
      id: ID,
      isPaid: false,
      rates: [{ id: 'rate_1', priceCents: 899, listCents: 1090, deliveryDays: 5 }, { deliveryDays: null }],
    });
    expect(there.asked[0]).toMatchObject({
      path: '/api/rates/list',
      body: {
        to: { street: '9 Hidden Lane', street2: 'Apt 5', zip: '89501' },
        shipments: [{ length: 10, width: 8, height: 4, weight: 1.25 }],
        order: { warehouse_name: 'la', store_name: 'CS', order_number: ORDER },
        options: { label_type: 'pdf', ship_date: '2026-11-24T12:00:00-08:00' },
      },
    });
    expect(there.asked[0]?.query.get('api_token')).toBe(TOKEN);
    expect(mayWrite).not.toHaveBeenCalled();
  });

  it('are asked for again once the order is there, where it must be', async () => {
    there.replies.push(said(400, 'Invalid order number or store name'), { json: { order_number: ORDER } });
    there.replies.push({ json: { rates: [rate] } });
    expect((await opened().labels.createShipment(request())).rates).toHaveLength(1);
    expect(there.asked.map(({ path }) => path)).toEqual(['/api/rates/list', '/api/orders/create', '/api/rates/list']);
    expect(there.asked[1]?.body).toMatchObject({ store_name: 'CS', order_number: ORDER, client_zip: '89501' });
    expect(mayWrite).toHaveBeenCalledTimes(1);
  });
});

describe('a purchase at ShipSaving', () => {
  it('is one GET', async () => {
    there.replies.push({ json: { tracking_code: ONE, carrier: 'USPS', rate: 8.99 } });
    expect(await opened().labels.buy(purchase())).toEqual({
      ...{ id: ID, rates: [], isPaid: true, isVoided: false },
      label: { trackingNumber: ONE, carrier: 'USPS', priceCents: 899 },
    });
    expect(there.asked).toHaveLength(1);
    expect(there.asked[0]).toMatchObject({ method: 'GET', path: '/api/rates/buy' });
    expect(there.asked[0]?.query.get('rate_id')).toBe('rate_1');
    expect(mayWrite).toHaveBeenCalledTimes(1);
    expect(counted).toEqual(['ShipSaving buy ok']);
  });

  const FAILURES: [Reply, string][] = [
    [said(400, `Insufficient balance for ${TOKEN}`), 'unfunded'],
    [said(400, 'Invalid rate id'), 'reRate'],
    [said(400, 'The carrier refused 9 Hidden Lane'), 'refused'],
    [said(401, 'Invalid token or account not found'), 'auth'],
    [said(400, 'Invalid token or account not found'), 'auth'],
    [said(429, 'Too many requests'), 'retryLater'],
    [said(500, 'Insufficient balance'), 'outcomeUnknown'],
    [{ status: 502, page: '<html>Bad Gateway</html>' }, 'outcomeUnknown'],
    [{ status: 404, page: '<html>Not Found</html>' }, 'outcomeUnknown'],
    [{ status: 200, page: '<html>' }, 'outcomeUnknown'],
    [{ status: 200, json: { message: 'accepted' } }, 'outcomeUnknown'],
    [{ status: 302, json: {}, headers: { location: '/api/rates/buy?rate_id=rate_1' } }, 'outcomeUnknown'],
    [{ cut: true }, 'outcomeUnknown'],
  ];

  it.each(FAILURES)('that fails by %j is sorted, and sent once: %s', async (reply, outcome) => {
    // Another answer stands ready for whoever asks twice.
    there.replies.push(reply, { json: { tracking_code: ONE, carrier: 'USPS', rate: 8.99 } });
    const error = await failureOf(opened().labels.buy(purchase()));
    expect([error.outcome, there.asked.length]).toEqual([outcome, 1]);
    expect(everythingIn(error)).not.toMatch(/very-secret|api_token|Hidden/);
    expect(counted.join()).not.toMatch(/very-secret/);
  });

  it('is sent once though the connection was kept from an earlier call and breaks', async () => {
    const { labels, balance } = opened();
    there.replies.push({ json: { balance: '1.00' } }, { cut: true }, { json: { tracking_code: ONE } });
    await balance();
    expect(await failureOf(labels.buy(purchase()))).toMatchObject({ outcome: 'outcomeUnknown' });
    expect(there.asked.filter(({ path }) => path === '/api/rates/buy')).toHaveLength(1);
  });

  it('that reaches nobody was not made', async () => {
    const gone = there.url;
    await there.close();
    const error = await failureOf(opened(gone).labels.buy(purchase()));
    expect(error).toMatchObject({ outcome: 'retryLater', code: 'ECONNREFUSED' });
    expect(everythingIn(error)).not.toMatch(/very-secret|api_token/);
    there = await played();
  });

  it('is not sent where writing is off', async () => {
    const off = new AdapterError('heldBack', { provider: 'shop', call: 'write', code: 'off' });
    mayWrite.mockRejectedValue(off);
    expect(await failureOf(opened().labels.buy(purchase()))).toBe(off);
    expect(await failureOf(opened().labels.refund(ID, ONE))).toBe(off);
    expect(there.asked).toEqual([]);
  });
});

const everythingIn = (error: AdapterError): string =>
  [error.message, error.code, error.stack, JSON.stringify(error), String(error.cause)].join(' ');

describe('every other call to ShipSaving', () => {
  it.each([
    { status: 502, page: '<html>' },
    { status: 401, json: { message: `Invalid token ${TOKEN}` } },
    { cut: true },
  ] as const)('that fails by %j tells nothing of the token', async (reply) => {
    there.replies.push(reply);
    const { labels, forms, addresses, balance } = opened();
    const calls = [
      () => labels.createShipment(request()),
      () => labels.readShipment(ID),
      () => labels.refund(ID, ONE),
      () => forms.createForm([{ shipmentId: ORDER, trackingNumber: ONE }], { from: {}, date: '2026-11-24' }),
      () => addresses(BUYER),
      () => balance(),
    ];
    for (const call of calls) expect(everythingIn(await failureOf(call()))).not.toMatch(/very-secret|api_token/);
  });

  it('whose address is none tells nothing of it', async () => {
    const error = await failureOf(opened('http://[bad').balance());
    expect(everythingIn(error)).not.toMatch(/very-secret|api_token/);
  });
});

describe('what was bought at ShipSaving', () => {
  it('is read by store and order number', async () => {
    there.replies.push({ json: [label(ONE)] });
    expect(await opened().labels.readShipment(ID)).toMatchObject({
      ...{ id: ID, isPaid: true, isVoided: false },
      label: { trackingNumber: ONE, priceCents: 899 },
    });
    const query = there.asked[0]?.query;
    expect([query?.get('store_name'), query?.get('order_number')]).toEqual(['CS', ORDER]);
  });

  it.each<[string, Reply]>([
    ['an empty list', { json: [] }],
    ['a number that is not known', said(400, 'Invalid order number or store name')],
  ])('is nothing by %s', async (_name, reply) => {
    there.replies.push(reply);
    expect(await opened().labels.readShipment(ID)).toEqual({ id: ID, rates: [], isPaid: false, isVoided: false });
  });

  it.each<[Reply, string]>([
    [said(400, 'missing or invalid parameters'), 'retryLater'],
    [{ status: 404, page: '<html>' }, 'retryLater'],
    [said(500, 'Invalid order number'), 'retryLater'],
    [said(401, 'Invalid token or account not found'), 'auth'],
  ])('is not nothing by another failure: %j', async (reply, outcome) => {
    there.replies.push(reply);
    expect(await failureOf(opened().labels.readShipment(ID))).toMatchObject({ outcome });
  });

  it('twice is the first one, and paid for', async () => {
    there.replies.push({ json: [label('1', { label_status: 'voided' }), label(ONE), label(OTHER)] });
    expect(await opened().labels.readShipment(ID)).toMatchObject({ isPaid: true, label: { trackingNumber: ONE } });
  });

  it('and given back is voided', async () => {
    there.replies.push({ json: [label(ONE, { label_status: 'voided' })] });
    expect(await opened().labels.readShipment(ID)).toMatchObject({ isPaid: true, isVoided: true });
  });
});

describe('a label of ShipSaving', () => {
  it('is given back by its number', async () => {
    there.replies.push({ json: [label(ONE)] }, { json: { tracking_code: ONE } });
    expect(await opened().labels.refund(ID)).toMatchObject({ isVoided: true });
    expect(there.asked[1]).toMatchObject({ path: '/api/shipments/void', body: { tracking_code: ONE } });
  });

  it.each([
    ['is marked', [ONE]],
    ['is gone from the list', []],
  ])('that an earlier attempt gave back is so, where it %s', async (_how, listed) => {
    const voided = listed.map((one) => label(one, { label_status: 'voided' }));
    there.replies.push(said(400, 'The label has already been voided'), { json: voided });
    expect(await opened().labels.refund(ID, ONE)).toMatchObject({ isVoided: true });
  });

  it('that the carrier has stays paid for', async () => {
    there.replies.push(said(400, 'The shipment is in transit and cannot be voided'), { json: [label(ONE)] });
    expect(await failureOf(opened().labels.refund(ID, ONE))).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    ['%PDF-1.4', 'pdf'],
    ['PNG', 'png'],
  ])('is fetched as what it is: %s', async (page, format) => {
    there.replies.push({ json: [label(OTHER, { label_urls: ['x'] }), label(ONE)] }, { page });
    const file = await opened().labels.document?.({ shipmentId: ID, trackingNumber: ONE, format: 'pdf' });
    expect([file?.format, Buffer.from(file?.bytes ?? []).toString()]).toEqual([format, page]);
  });
});

describe('a form of ShipSaving', () => {
  it('is made at once, bears the name of its labels, and cannot be looked for', async () => {
    there.replies.push(
      { json: { url: `${there.url}/form` } },
      { json: { url: `${there.url}/form` } },
      { page: '%PDF' },
    );
    const { forms } = opened();
    const parcels = [ONE, OTHER].map((trackingNumber) => ({ shipmentId: ORDER, trackingNumber }));
    const mailing = { from: {}, date: '2026-11-24' };
    const [made, again] = [
      await forms.createForm(parcels, mailing),
      await forms.createForm([...parcels].reverse(), mailing),
    ];
    expect(made).toMatchObject({ status: 'created', number: null, trackingNumbers: [ONE, OTHER] });
    expect(again.id).toBe(made.id);
    expect(Buffer.from((await made.file?.()) ?? []).toString()).toBe('%PDF');
    expect(await forms.findForm(parcels, 0)).toBeUndefined();
    expect(await forms.readForm(made.id)).toMatchObject({ id: made.id, status: 'created' });
  });
});
