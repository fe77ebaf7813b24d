import { anOrder, type Reply, type Shop, type Stage, stage, upload } from './test-support';

const ORDER = '576461413038785752';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
  await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
});

afterEach(() => here.close());

const getOrder = (): Promise<Reply> => shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
const ship = (): Promise<Reply> =>
  shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body: upload(`${ORDER}1`, `${ORDER}2`) });
const lay = (fault: Record<string, unknown>): Promise<Reply> => shop.control('POST', '/faults', fault);

describe('faults', () => {
  it('strike as often as they are told to and keep the count', async () => {
    await lay({ route: 'tiktok.getOrder', kind: 'rateLimited', times: 2, retryAfterSeconds: 7 });
    const [first, second, third] = [await getOrder(), await getOrder(), await getOrder()];
    expect(first).toMatchObject({ status: 429, body: { code: 36009002 } });
    expect(first.headers.get('retry-after')).toBe('7');
    expect([second.status, third.status]).toEqual([429, 200]);
    expect((await shop.control('GET', '/faults')).body['data']).toMatchObject([{ struck: 2, isOver: true }]);
  });

  it('end at their instant on the shop’s clock', async () => {
    const { now } = (await shop.control('GET', '/clock')).body as { now: number };
    await lay({ route: 'tiktok.getOrder', kind: 'serverError', until: now + 60_000 });
    expect((await getOrder()).status).toBe(500);
    await shop.control('POST', '/clock', { to: now + 60_000 });
    expect((await getOrder()).status).toBe(200);
  });

  it.each([
    ['tiktok.getOrder', 'html502', { status: 502, body: { text: expect.stringContaining('Bad Gateway') as string } }],
    ['tiktok.getOrder', 'internalCode', { status: 200, body: { code: 36009003 } }],
    ['tiktok.getOrder', 'refuse', { status: 200, body: { code: 21011022 } }],
  ])('on %s of kind %s look like the real thing', async (route, kind, reply) => {
    await lay({ route, kind });
    expect(await getOrder()).toMatchObject(reply);
  });

  it.each([
    ['refuse', { status: 422, body: { error: { code: 'SHIPMENT.POSTAGE.FAILURE' } } }],
    ['insufficientFunds', { status: 402 }],
    ['rateLimited', { status: 429, body: { error: { code: 'RATE_LIMITED' } } }],
    ['serverError', { status: 500 }],
  ])('on easypost.getShipment of kind %s look like the real thing', async (kind, reply) => {
    await lay({ route: 'easypost.getShipment', kind });
    expect(await shop.viaEasyPost('GET', '/shipments/shp_1')).toMatchObject(reply);
  });

  it('do the work and cut the line', async () => {
    await lay({ route: 'tiktok.markShipped', kind: 'commitThenCut', times: 1 });
    await expect(ship()).rejects.toThrow();
    expect((await ship()).body['code']).toBe(21011006);
    expect((await shop.control('GET', '/ledger')).body['data']).toHaveLength(1);
  });

  it.each([
    ['hang', 0],
    ['commitThenHang', 1],
  ])('of kind %s never answer', async (kind, lines) => {
    await lay({ route: 'tiktok.markShipped', kind });
    const hanging = ship();
    // The hanging call is settled by the close of the sandbox alone.
    const settled = expect(hanging).rejects.toThrow();
    const struck = async (): Promise<number> => {
      const { data } = (await shop.control('GET', '/faults')).body as { data: { struck: number }[] };
      return data[0]?.struck ?? 0;
    };
    while ((await struck()) === 0);
    expect((await shop.control('GET', '/ledger')).body['data']).toHaveLength(lines);
    expect((await shop.control('GET', '/traffic')).body['data']).toMatchObject([{ method: 'POST', status: null }]);
    await here.close();
    await settled;
    here = await stage();
  });

  it('are slow and right', async () => {
    await lay({ route: 'tiktok.getOrder', kind: 'slow', delayMs: 20 });
    expect((await getOrder()).body['code']).toBe(0);
  });

  it('are taken away one by one or all together', async () => {
    const { id } = (await lay({ route: 'tiktok.getOrder', kind: 'serverError' })).body as { id: string };
    expect((await shop.control('DELETE', `/faults/${id}`)).body).toEqual({ removed: 1 });
    expect((await shop.control('DELETE', `/faults/${id}`)).status).toBe(404);
    await lay({ route: 'tiktok.getOrder', kind: 'serverError' });
    expect((await shop.control('DELETE', '/faults')).body).toEqual({ removed: 1 });
    expect((await getOrder()).status).toBe(200);
  });

  it('are refused where the platform has no such answer', async () => {
    expect((await lay({ route: 'tiktok.cancel', kind: 'insufficientFunds' })).status).toBe(422);
    expect((await lay({ route: 'easypost.buy', kind: 'internalCode' })).status).toBe(422);
    expect((await lay({ route: 'easypost.createShipment', kind: 'notFound' })).status).toBe(422);
    expect((await lay({ route: 'tiktok.markShipped', kind: 'cancelPending' })).status).toBe(422);
    expect((await lay({ route: 'easypost.sell', kind: 'hang' })).status).toBe(422);
  });

  it('of one shop leave the others alone', async () => {
    const other = await here.shop();
    await lay({ route: 'tiktok.getOrder', kind: 'serverError' });
    expect((await other.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } })).status).toBe(200);
  });
});

describe('what was seen on the wires', () => {
  it('has neither queries nor bodies', async () => {
    await getOrder();
    await shop.viaEasyPost('GET', '/trackers/trk_1');
    const { data } = (await shop.control('GET', '/traffic?limit=10')).body as { data: unknown[] };
    expect(data).toMatchObject([
      { method: 'GET', path: '/order/202309/orders', status: 200 },
      { method: 'GET', path: '/v2/trackers/trk_1', status: 404 },
    ]);
    expect(JSON.stringify(data)).not.toMatch(/sign|token|cipher/i);
  });
});
