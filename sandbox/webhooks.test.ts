import { anOrder, type Receiver, type Shop, type Stage, stage } from './test-support';
import { signTikTokWebhook } from './webhook-wires';

const ORDER = '576461413038785752';
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ tiktokWebhookUrl: receiver.url });
});

afterEach(() => here.close());

type Envelope = { tts_notification_id: string; data: { order_id: string; order_status: string; update_time: number } };

const envelopes = (): Envelope[] => receiver.received.map(({ body }) => JSON.parse(body) as Envelope);
const statuses = (): string[] => envelopes().map(({ data }) => data.order_status);
const ids = (): string[] => envelopes().map((envelope) => envelope.tts_notification_id);
const quiet = (waitMs = 5_000): Promise<unknown> =>
  shop.control('GET', `/quiet?wait=${waitMs}`).then(({ body }) => body['pending']);
const now = async (): Promise<number> => (await shop.control('GET', '/clock')).body['now'] as number;
const moveTo = (to: number): Promise<{ status: number; body: Record<string, unknown> }> =>
  shop.control('POST', '/clock', { to });
const place = (fields: Record<string, unknown> = {}, query = '', id = ORDER): Promise<unknown> =>
  shop.control('PUT', `/orders/${id}${query}`, anOrder(id, fields));

describe('the clock of a shop', () => {
  it('ends holds on the way, each at its own instant and each webhook before the next', async () => {
    const start = await now();
    const created = Math.floor(start / 1000);
    await place({ status: 'ON_HOLD', create_time: created - 60 }, '', '2');
    await place({ status: 'ON_HOLD', create_time: created - 120 }, '', '1');
    const moved = await moveTo(start + 2 * HOUR_MS);
    expect(moved.body).toMatchObject({ now: start + 2 * HOUR_MS, ran: ['holdEnds hold:1', 'holdEnds hold:2'] });
    expect(envelopes().map(({ data }) => [data.order_id, data.order_status, data.update_time])).toEqual([
      ['2', 'ON_HOLD', created - 60],
      ['1', 'ON_HOLD', created - 120],
      ['1', 'AWAITING_SHIPMENT', created - 120 + 3_600],
      ['2', 'AWAITING_SHIPMENT', created - 60 + 3_600],
    ]);
  });

  it('does not go back, and is not another shop’s', async () => {
    const other = await here.shop({ now: 1_700_000_000_000 });
    const { now: theirs } = (await other.control('GET', '/clock')).body as { now: number };
    expect(theirs - 1_700_000_000_000).toBeLessThan(10_000);
    expect((await moveTo((await now()) - MINUTE_MS)).status).toBe(409);
  });

  it('holds a pre-order until its release', async () => {
    const created = Math.floor((await now()) / 1000);
    await place({ status: 'ON_HOLD', order_type: 'PRE_ORDER', release_date: created + 86_400 });
    expect((await shop.control('GET', '/clock')).body['nextAt']).toBe((created + 86_400) * 1000);
  });

  it('has nothing more to do for an order cancelled in its hold', async () => {
    await place({ status: 'ON_HOLD' });
    await shop.control('POST', `/orders/${ORDER}/buyer-cancel`);
    expect((await shop.control('GET', '/clock')).body['nextAt']).toBeNull();
    await quiet();
    expect(statuses()).toEqual(['ON_HOLD', 'CANCEL']);
  });

  it('finds a back-dated order past its hold', async () => {
    const created = Math.floor((await now()) / 1000) - 7_200;
    await place({ status: 'ON_HOLD', create_time: created });
    await quiet();
    expect(statuses()).toEqual(['ON_HOLD', 'AWAITING_SHIPMENT']);
    expect(envelopes()[1]?.data.update_time).toBe(created + 3_600);
  });

  it('runs by itself when the time comes', async () => {
    const created = Math.floor((await now()) / 1000) - 3_599;
    await place({ status: 'ON_HOLD', create_time: created });
    const release = new Promise<void>((resolve) => {
      const push = receiver.received.push.bind(receiver.received);
      receiver.received.push = (...items) => {
        const length = push(...items);
        if (statuses().includes('AWAITING_SHIPMENT')) resolve();
        return length;
      };
    });
    await release;
    expect(statuses()).toEqual(['ON_HOLD', 'AWAITING_SHIPMENT']);
  });
});

describe('webhooks', () => {
  it('are signed over their bytes', async () => {
    await place();
    await quiet();
    const [hook] = receiver.received;
    expect(hook?.headers.authorization).toBe(signTikTokWebhook(shop, hook?.body ?? ''));
  });

  it('are tried again after 2 min, 30 min, 3 h and 12 h of the shop’s time, and then lost', async () => {
    receiver.status = 500;
    const start = await now();
    await place();
    expect(await quiet()).toBe(0);
    expect(receiver.received).toHaveLength(1);
    let at = start;
    for (const [delayMs, attempts] of [
      [2 * MINUTE_MS, 2],
      [30 * MINUTE_MS, 3],
      [3 * HOUR_MS, 4],
      [12 * HOUR_MS, 5],
    ] as const) {
      const { nextAt } = (await shop.control('GET', '/clock')).body as { nextAt: number };
      expect(Math.round((nextAt - at) / MINUTE_MS)).toBe(delayMs / MINUTE_MS);
      await moveTo(nextAt);
      at = nextAt;
      expect(receiver.received).toHaveLength(attempts);
    }
    expect(await quiet()).toBe(0);
    expect(new Set(ids()).size).toBe(1);
  });

  it('arrive once the receiver is well again', async () => {
    receiver.status = 503;
    await place();
    await quiet();
    receiver.status = 200;
    await moveTo((await now()) + 3 * MINUTE_MS);
    expect(await quiet()).toBe(0);
    expect(receiver.received).toHaveLength(2);
  });

  it('come double, byte for byte', async () => {
    await shop.control('POST', '/webhook-faults', { copies: 2 });
    await place();
    await quiet();
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
  });

  it('come forged', async () => {
    await shop.control('POST', '/webhook-faults', { forge: true });
    await place();
    await quiet();
    const [hook] = receiver.received;
    expect(hook?.headers.authorization).toMatch(/^[0-9a-f]{64}$/);
    expect(hook?.headers.authorization).not.toBe(signTikTokWebhook(shop, hook?.body ?? ''));
  });

  it('come late', async () => {
    await shop.control('POST', '/webhook-faults', { delayMs: HOUR_MS });
    await place();
    expect(await quiet()).toBe(0);
    expect(receiver.received).toHaveLength(0);
    await moveTo((await now()) + HOUR_MS);
    expect(statuses()).toEqual(['AWAITING_SHIPMENT']);
  });

  it('come in the wrong order, and in the right one again', async () => {
    await shop.control('POST', '/webhook-faults', { reorder: true });
    await place({ status: 'ON_HOLD' });
    await shop.control('POST', `/orders/${ORDER}/status`, { status: 'AWAITING_SHIPMENT' });
    expect((await shop.control('POST', '/webhooks/flush')).body).toEqual({ released: 2 });
    await quiet();
    await shop.control('DELETE', '/webhook-faults');
    await shop.control('POST', `/orders/${ORDER}/buyer-cancel`);
    await quiet();
    expect(statuses()).toEqual(['AWAITING_SHIPMENT', 'ON_HOLD', 'CANCEL']);
  });

  it('are lost, and sent again unchanged when asked', async () => {
    await shop.control('POST', '/webhook-faults', { drop: 1 });
    await place({ status: 'ON_HOLD' });
    await shop.control('POST', `/orders/${ORDER}/buyer-cancel`);
    await quiet();
    expect(statuses()).toEqual(['CANCEL']);
    expect((await shop.control('POST', '/webhooks/resend', { order: ORDER })).body).toEqual({ resent: 2 });
    await quiet();
    expect(statuses()).toEqual(['CANCEL', 'ON_HOLD', 'CANCEL']);
    expect(ids()[2]).toBe(ids()[0]);
  });

  it('are not sent for a silent placing', async () => {
    await place({ status: 'ON_HOLD', create_time: 1 }, '?silent=true');
    expect(await quiet()).toBe(0);
    expect(receiver.received).toHaveLength(0);
    expect((await shop.control('GET', `/orders/${ORDER}`)).body).toMatchObject({
      status: 'AWAITING_SHIPMENT',
      update_time: 3_601,
    });
  });
});
