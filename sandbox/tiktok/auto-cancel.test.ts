import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage, upload } from '../test-support';

const ORDER = '576461413038785752';
const FRIDAY_15 = Date.parse('2027-11-19T15:00:00-08:00');
const READY_BY = Date.parse('2027-11-24T15:00:00-08:00');
const MOVING_BY = Date.parse('2027-12-01T15:00:00-08:00');
const HOUR_MS = 3_600_000;

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ now: FRIDAY_15, tiktokWebhookUrl: receiver.url });
});

afterEach(() => here.close());

const seconds = (ms: number): number => ms / 1_000;
const place = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, { create_time: seconds(FRIDAY_15), ...fields }));
const nextAt = async (): Promise<unknown> => (await shop.control('GET', '/clock')).body['nextAt'];
const moveTo = (to: number): Promise<Reply> => shop.control('POST', '/clock', { to });
const order = async (): Promise<Record<string, unknown>> => (await shop.control('GET', `/orders/${ORDER}`)).body;
const move = (status: string): Promise<Reply> => shop.control('POST', `/orders/${ORDER}/status`, { status });
const ship = (): Promise<Reply> =>
  shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body: upload(`${ORDER}1`, `${ORDER}2`) });
const cancelledAt = (at: number): Record<string, unknown> => ({
  status: 'CANCELLED',
  cancellation_initiator: 'SYSTEM',
  cancel_reason: 'system_cancel_order_reason_shipping_timeout',
  cancel_time: seconds(at),
  update_time: seconds(at),
});

describe('an order that is not ready in time', () => {
  it('is cancelled by the platform after 3 business days, with a webhook and no line in the ledger', async () => {
    await place();
    await moveTo(READY_BY - 1_000);
    expect((await order())['status']).toBe('AWAITING_SHIPMENT');
    const { body } = await moveTo(READY_BY);
    expect(body['ran']).toEqual([`autoCancels autoCancel:${ORDER}`]);
    expect(await order()).toMatchObject(cancelledAt(READY_BY));
    const last = JSON.parse(receiver.received.at(-1)?.body ?? '') as unknown;
    expect(last).toMatchObject({ data: { order_status: 'CANCEL', update_time: seconds(READY_BY) } });
    expect((await shop.control('GET', '/ledger')).body['data']).toEqual([]);
    expect(await nextAt()).toBeNull();
  });

  it.each([
    ['the instant that the platform has set', { shipping_due_time: seconds(FRIDAY_15) + 60 }, FRIDAY_15 + 60_000],
    ['its creation, though it is not paid', { status: 'UNPAID' }, READY_BY],
    ['its creation, though half of it is packed', { status: 'PARTIALLY_SHIPPING' }, READY_BY],
    ['its creation, though TikTok sells the label', { shipping_type: 'TIKTOK' }, READY_BY],
    ['its creation, where 0 stands for no instant', { shipping_due_time: 0 }, READY_BY],
    ...['PRE_ORDER', 'MADE_TO_ORDER', 'BACK_ORDER'].map((order_type): [string, Record<string, unknown>, number] => [
      `the release day of a ${order_type}`,
      { order_type, release_date: seconds(Date.parse('2027-12-10T00:00:00-08:00')) },
      Date.parse('2027-12-10T23:59:59-08:00'),
    ]),
    ['the creation of a pre-order without a day', { order_type: 'PRE_ORDER', release_date: 0 }, READY_BY],
    ['the creation of what is made to order', { order_type: 'MADE_TO_ORDER' }, READY_BY],
  ])('is measured by %s', async (_what, fields, at) => {
    await place(fields);
    expect(await nextAt()).toBe(at);
    await moveTo(at);
    expect(await order()).toMatchObject(cancelledAt(at));
  });

  it('has the instants that come with the end of its hold', async () => {
    const dueAt = FRIDAY_15 + 5 * HOUR_MS;
    await place({ status: 'ON_HOLD', _sla_after_hold: { shipping_due_time: seconds(dueAt) } });
    await moveTo(FRIDAY_15 + HOUR_MS);
    expect(await nextAt()).toBe(dueAt);
  });

  it('is not cancelled before its hold has ended', async () => {
    const holdEndsAt = FRIDAY_15 + HOUR_MS;
    await place({ status: 'ON_HOLD', shipping_due_time: seconds(FRIDAY_15) + 60 });
    expect((await moveTo(holdEndsAt)).body['ran']).toEqual([
      `holdEnds hold:${ORDER}`,
      `autoCancels autoCancel:${ORDER}`,
    ]);
    expect(await order()).toMatchObject(cancelledAt(holdEndsAt));
  });

  it.each([
    ['was placed too late for its instant', { create_time: seconds(FRIDAY_15) - 30 * 86_400 }],
    ['left its hold long ago', { status: 'ON_HOLD', create_time: seconds(FRIDAY_15) - 30 * 86_400 }],
    ['is fulfilled by TikTok', { fulfillment_type: 'FULFILLMENT_BY_TIKTOK' }],
    ['is on its way', { status: 'IN_TRANSIT' }],
  ])('is left alone where it %s', async (_what, fields) => {
    await place(fields);
    expect(await nextAt()).toBeNull();
  });
});

describe('an order that is ready and does not move', () => {
  it('is cancelled 7 business days after its creation', async () => {
    await place();
    await ship();
    expect(await nextAt()).toBe(MOVING_BY);
    await moveTo(MOVING_BY);
    expect(await order()).toMatchObject(cancelledAt(MOVING_BY));
  });

  it('is cancelled at the instant that the platform has set', async () => {
    await place({ collection_due_time: seconds(FRIDAY_15) + 7_200 });
    await ship();
    expect(await nextAt()).toBe(FRIDAY_15 + 2 * HOUR_MS);
  });

  it('is cancelled 72 clock hours after it became ready, where a ship day was announced', async () => {
    await place({ order_type: 'PRE_ORDER', release_date: seconds(FRIDAY_15) + 30 * 86_400 });
    await moveTo(FRIDAY_15 + HOUR_MS);
    await ship();
    const readyAt = (await order())['rts_time'] as number;
    expect(await nextAt()).toBe(readyAt * 1_000 + 72 * HOUR_MS);
  });

  it('is left alone once the carrier has it', async () => {
    await place();
    await ship();
    await shop.control('POST', `/orders/${ORDER}/carrier`, { status: 'in_transit' });
    await moveTo(MOVING_BY + HOUR_MS);
    expect((await order())['status']).toBe('IN_TRANSIT');
  });
});

describe('the platform’s rules of a shop', () => {
  it('can be off from the start, on later, and off again', async () => {
    shop = await here.shop({ now: FRIDAY_15, autoCancel: false });
    await place();
    expect(await nextAt()).toBeNull();
    expect((await shop.control('PUT', '/rules', { autoCancel: true })).body).toEqual({ autoCancel: true });
    expect(await nextAt()).toBe(READY_BY);
    await shop.control('PUT', '/rules', { autoCancel: false });
    expect(await nextAt()).toBeNull();
    expect((await shop.control('PUT', '/rules', {})).status).toBe(422);
  });

  it('stay as they are when the shop is opened again', async () => {
    await shop.control('PUT', '/rules', { autoCancel: false });
    const again = await here.shop({ shopId: shop.shopId });
    expect((await again.control('GET', '')).body['autoCancel']).toBe(false);
  });
});

describe('the hold', () => {
  it.each(['MADE_TO_ORDER', 'BACK_ORDER'])('of a %s does not wait for its ship day', async (order_type) => {
    await place({ status: 'ON_HOLD', order_type, release_date: seconds(FRIDAY_15) + 20 * 86_400 });
    expect(await nextAt()).toBe(FRIDAY_15 + HOUR_MS);
    await moveTo(FRIDAY_15 + HOUR_MS);
    expect((await order())['status']).toBe('AWAITING_SHIPMENT');
  });

  it('is the beginning of nothing more for an order cancelled in it', async () => {
    await place({ status: 'ON_HOLD' });
    await move('CANCELLED');
    expect(await nextAt()).toBeNull();
  });
});
