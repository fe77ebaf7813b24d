import { anOrder, type Reply, type Shop, type Stage, stage } from '../test-support';
import { take } from './limits';

const ORDER = '576461413038785752';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
  await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
});

afterEach(() => here.close());

const getOrder = (of = shop): Promise<Reply> => of.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
const statuses = async (calls: number): Promise<number[]> => {
  const all: number[] = [];
  for (let n = 0; n < calls; n += 1) all.push((await getOrder()).status);
  return all;
};
const refusedCalls = async (): Promise<unknown> => (await shop.control('GET', '/rules')).body['refusedCalls'];

describe('a limit', () => {
  let clock: jest.SpyInstance<number, []>;
  let start: number;

  // The second must not pass by itself while the calls are made.
  beforeEach(() => {
    start = Date.now();
    clock = jest.spyOn(Date, 'now').mockReturnValue(start);
  });

  afterEach(() => {
    clock.mockRestore();
  });

  it('of the second turns away one call too many and says when to come again', async () => {
    await shop.control('PUT', '/rules', { requestsPerSecond: 2, retryAfterSeconds: 9 });
    expect(await statuses(2)).toEqual([200, 200]);
    const third = await getOrder();
    expect(third).toMatchObject({ status: 429, body: { code: 36009002 } });
    expect(third.headers.get('retry-after')).toBe('9');
    expect(await refusedCalls()).toBe(1);
    clock.mockReturnValue(start + 500);
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it('of the hour is a development shop’s', async () => {
    await shop.control('PUT', '/rules', { requestsPerHour: 3 });
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect((await getOrder()).headers.get('retry-after')).toBe('1200');
    clock.mockReturnValue(start + 1_200_000);
    // The signature of a call is as old as the clock: this one is new.
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it('counts no other shop, and no call that the gate turned away', async () => {
    const other = await here.shop();
    await shop.control('PUT', '/rules', { requestsPerSecond: 1 });
    await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER }, secret: 'wrong' });
    expect(await statuses(2)).toEqual([200, 429]);
    expect((await getOrder(other)).status).toBe(200);
  });

  it('is lifted again, beside the other rules', async () => {
    expect((await shop.control('PUT', '/rules', { requestsPerSecond: 1 })).body).toMatchObject({
      requestsPerSecond: 1,
    });
    await statuses(2);
    const lifted = await shop.control('PUT', '/rules', { requestsPerSecond: null, autoCancel: false });
    expect(lifted.body).toEqual({ autoCancel: false, requestsPerSecond: null });
    expect(await statuses(3)).toEqual([200, 200, 200]);
  });
});

describe('a bucket', () => {
  it('fills with time and never over its size', () => {
    const rate = { size: 2, perSecond: 2 };
    const first = take(undefined, rate, 0);
    const second = take(first.bucket, rate, 0);
    const third = take(second.bucket, rate, 0);
    expect([first, second, third].map(({ waitSeconds }) => waitSeconds)).toEqual([0, 0, 0.5]);
    expect(take(third.bucket, rate, 500)).toEqual({ bucket: { calls: 0, filledAt: 500 }, waitSeconds: 0 });
    expect(take(third.bucket, rate, 3_600_000).bucket.calls).toBe(1);
  });
});

describe('a fault with a code', () => {
  it.each([
    [105002, 401],
    [106001, 401],
    [101000, 401],
    [36009002, 429],
    [36009003, 200],
    [21011007, 200],
    [36009043, 200],
  ])('of %d comes with HTTP %d', async (code, status) => {
    await shop.control('POST', '/faults', { route: 'tiktok.getOrder', kind: 'code', code, times: 1 });
    expect(await getOrder()).toMatchObject({ status, body: { code, data: {} } });
    expect((await getOrder()).body['code']).toBe(0);
  });

  it('is refused without a code, with one elsewhere, and on another platform', async () => {
    const lay = async (fault: unknown): Promise<number> => (await shop.control('POST', '/faults', fault)).status;
    expect(await lay({ route: 'tiktok.getOrder', kind: 'code' })).toBe(422);
    expect(await lay({ route: 'tiktok.getOrder', kind: 'hang', code: 105002 })).toBe(422);
    expect(await lay({ route: 'easypost.buy', kind: 'code', code: 105002 })).toBe(422);
  });
});

describe('a fault on everything of TikTok Shop', () => {
  it('meets every call until its instant, and EasyPost’s never', async () => {
    const { now } = (await shop.control('GET', '/clock')).body as { now: number };
    const until = now + 6 * 3_600_000;
    await shop.control('POST', '/faults', { route: 'tiktok.*', kind: 'html502', until });
    const paths = ['/order/202309/orders', '/authorization/202309/shops', '/event/202309/webhooks'];
    for (const path of paths) expect((await shop.viaTikTok('GET', path)).status).toBe(502);
    const search = await shop.viaTikTok('POST', '/order/202309/orders/search', { query: { page_size: '1' } });
    expect(search.status).toBe(502);
    expect((await shop.viaEasyPost('GET', '/trackers/trk_1')).status).toBe(404);
    await shop.control('POST', '/clock', { to: until });
    expect((await getOrder()).body['code']).toBe(0);
    expect((await shop.control('GET', '/faults')).body['data']).toMatchObject([{ struck: 4, isOver: true }]);
  });
});
