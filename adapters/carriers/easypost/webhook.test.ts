import { createHmac } from 'node:crypto';
import { parseEasyPostWebhook, verifyEasyPostWebhook } from './webhook';

const SECRET = 'sécret';
const rawBody = Buffer.from('{"id":"evt_1","description":"tracker.updated","result":{"weight":16.0}}');
const NOW = Date.parse('2026-11-24T12:00:00Z');

const hmac = (secret: string, text: string | Buffer): string =>
  `hmac-sha256-hex=${createHmac('sha256', secret).update(text).digest('hex')}`;

const PATH = '/v1/webhooks/easypost/1';

const verify = (headers: Record<string, string>, path = PATH): boolean =>
  verifyEasyPostWebhook(SECRET, { method: 'POST', path, headers, rawBody, now: NOW });

describe("the first version of EasyPost's signature", () => {
  it('is taken over the bytes of the body', () => {
    expect(verify({ 'x-hmac-signature': hmac(SECRET.normalize('NFKD'), rawBody) })).toBe(true);
  });

  it('is refused when it is missing, forged or without its prefix', () => {
    const right = hmac(SECRET.normalize('NFKD'), rawBody);
    expect(verify({})).toBe(false);
    expect(verify({ 'x-hmac-signature': hmac('other', rawBody) })).toBe(false);
    expect(verify({ 'x-hmac-signature': right.replace('hmac-sha256-hex=', '') })).toBe(false);
  });
});

it('is refused in both versions where there is no secret, though it is signed with none', () => {
  const stamp = new Date(NOW).toUTCString();
  const second = { 'x-timestamp': stamp, 'x-hmac-signature-v2': hmac('', `${stamp}POST${rawBody.toString()}`) };
  for (const headers of [{ 'x-hmac-signature': hmac('', rawBody) }, second]) {
    expect(verifyEasyPostWebhook('', { method: 'POST', path: PATH, headers, rawBody, now: NOW })).toBe(false);
  }
});

describe("the second version of EasyPost's signature", () => {
  const signed = (stamp: string, secret = SECRET.normalize('NFKD')): Record<string, string> => ({
    'x-timestamp': stamp,
    'x-path': PATH,
    'x-hmac-signature-v2': hmac(secret, `${stamp}POST${PATH}${rawBody.toString()}`),
  });

  it('covers time, method and path', () => {
    expect(verify(signed('Tue, 24 Nov 2026 11:59:00 +0000'))).toBe(true);
  });

  it('holds at the path alone that was signed', () => {
    const headers = signed('Tue, 24 Nov 2026 11:59:00 +0000');
    expect(verify(headers, `${PATH}?from=easypost`)).toBe(true);
    expect(verify(headers, '/v1/webhooks/easypost/2')).toBe(false);
    expect(verify({ ...headers, 'x-path': '' })).toBe(false);
  });

  it('is refused when it is stale, or its time is none', () => {
    expect(verify(signed('Tue, 24 Nov 2026 11:50:00 +0000'))).toBe(false);
    expect(verify(signed('yesterday'))).toBe(false);
  });

  it('decides alone: a valid first version beside it does not help a forger', () => {
    const first = { 'x-hmac-signature': hmac(SECRET.normalize('NFKD'), rawBody) };
    expect(verify({ ...signed('Tue, 24 Nov 2026 11:59:00 +0000', 'other'), ...first })).toBe(false);
  });
});

type Tracker = { status: string; status_detail?: string; tracking_details?: object[] };

const parse = (tracker: Tracker, description = 'tracker.updated'): ReturnType<typeof parseEasyPostWebhook> => {
  const result = { tracking_code: '9405500000000000000000', updated_at: '2026-11-24T12:00:00Z', ...tracker };
  return parseEasyPostWebhook(Buffer.from(JSON.stringify({ id: 'evt_1', description, result })));
};

describe('an EasyPost webhook', () => {
  it.each([
    ['unknown', {}, 'none'],
    ['pre_transit', {}, 'labelCreated'],
    ['in_transit', { status_detail: 'arrived_at_facility', message: 'Arrived at USPS Facility' }, 'inTransit'],
    ['in_transit', { status_detail: 'received_at_origin_facility', message: 'Origin' }, 'originAccepted'],
    ['in_transit', { status_detail: 'in_transit', message: 'Accepted at USPS Origin Facility' }, 'originAccepted'],
    ['in_transit', { status_detail: 'received_at_origin_facility', source: 'UPS' }, 'accepted'],
    ['in_transit', { status_detail: 'status_update', message: 'USPS in possession of item' }, 'accepted'],
    ['in_transit', { carrier_code: 'TM', message: 'In Transit', status_detail: 'in_transit' }, 'labelCreated'],
    ['in_transit', { status_detail: 'status_update', message: 'Words that nobody knows' }, 'none'],
    ['in_transit', { message: 'Shipment Received, Package Acceptance Pending' }, 'labelCreated'],
    ['in_transit', { message: 'Shipping Label Created, USPS Awaiting Item' }, 'labelCreated'],
    ['out_for_delivery', {}, 'outForDelivery'],
    ['delivered', { message: 'Accepted by the front desk' }, 'delivered'],
    ['return_to_sender', {}, 'returned'],
    ['failure', {}, 'exception'],
    ['error', {}, 'exception'],
    ['in_transit', { status_detail: 'lost' }, 'lost'],
    ['cancelled', {}, 'none'],
    ['a_status_of_next_year', {}, 'none'],
    ['constructor', {}, 'none'],
  ])('of a tracker in %s with %j means %s', (status, detail, meaning) => {
    const tracking_details = [{ datetime: '2026-11-24T10:00:00Z', status, ...detail }];
    expect(parse({ status, tracking_details })).toMatchObject({ kind: 'tracking', events: [{ meaning }] });
  });

  it('is every line of it, in the order of their times', () => {
    const line = (datetime: string, status: string): object => ({ datetime, status, status_detail: 'status_update' });
    const tracking_details = [
      line('2026-11-24T11:30:00Z', 'delivered'),
      line('2026-11-23T09:00:00Z', 'pre_transit'),
      { ...line('2026-11-24T10:00:00Z', 'in_transit'), message: 'Departed USPS Facility' },
    ];
    expect(parse({ status: 'delivered', tracking_details })).toMatchObject({
      trackingNumber: '9405500000000000000000',
      events: [
        { at: Date.parse('2026-11-23T09:00:00Z'), meaning: 'labelCreated' },
        { at: Date.parse('2026-11-24T10:00:00Z'), meaning: 'inTransit' },
        { at: Date.parse('2026-11-24T11:30:00Z'), meaning: 'delivered' },
      ],
    });
  });

  it('without lines is dated by its own change', () => {
    const events = [{ at: Date.parse('2026-11-24T12:00:00Z'), meaning: 'outForDelivery' }];
    expect(parse({ status: 'out_for_delivery' })).toMatchObject({ events });
  });

  it('tells no words of a line: they may name who signed', () => {
    const tracking_details = [
      { datetime: '2026-11-24T10:00:00Z', status: 'delivered', message: 'Signed by Jo Doe', carrier_code: 'Jo Doe' },
    ];
    expect(JSON.stringify(parse({ status: 'delivered', tracking_details }))).not.toContain('Doe');
  });

  it('about anything but a tracker says nothing of a parcel', () => {
    expect(parse({ status: 'delivered' }, 'batch.updated')).toMatchObject({ kind: 'other' });
  });

  it('without a tracking number is refused', () => {
    const body = { id: 'evt_1', description: 'tracker.updated', result: { status: 'delivered' } };
    expect(() => parseEasyPostWebhook(Buffer.from(JSON.stringify(body)))).toThrow();
  });
});
