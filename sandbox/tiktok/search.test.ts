import { anOrder, type Reply, type Shop, type Stage, stage } from '../test-support';

const SEARCH = '/order/202309/orders/search';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop({ autoCancel: false });
});

afterEach(() => here.close());

const place = (id: string, create_time: number, fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${id}?silent=true`, anOrder(id, { create_time, ...fields }));

type Found = { orders: { id: string; status: string }[]; next_page_token: string; total_count: number };

const ask = (query: Record<string, string>, body: unknown = {}): Promise<Reply> =>
  shop.viaTikTok('POST', SEARCH, { query, body });
const search = async (query: Record<string, string>, body?: unknown): Promise<Found> => {
  const reply = await ask({ page_size: '50', ...query }, body);
  expect(reply.body['code']).toBe(0);
  return reply.body['data'] as Found;
};
const ids = ({ orders }: Found): string[] => orders.map(({ id }) => id);

describe('a search for orders', () => {
  it('goes page by page, newest first, and ends with an empty token', async () => {
    for (const n of [1, 2, 3, 4, 5]) await place(`o${n}`, 1_000 + n);
    const first = await search({ page_size: '2' });
    const second = await search({ page_size: '2', page_token: first.next_page_token });
    const third = await search({ page_size: '2', page_token: second.next_page_token });
    expect([first, second, third].map(ids)).toEqual([['o5', 'o4'], ['o3', 'o2'], ['o1']]);
    expect([first.total_count, third.next_page_token]).toEqual([5, '']);
    expect((await search({ page_size: '5' })).next_page_token).toBe('');
  });

  it('shows no order twice and leaves none out though new ones come and many share a second', async () => {
    for (const n of [1, 2, 3, 4]) await place(`o${n}`, 1_000);
    const first = await search({ page_size: '2', sort_order: 'ASC' });
    await place('o0', 999);
    await place('o9', 1_001);
    const second = await search({ page_size: '2', sort_order: 'ASC', page_token: first.next_page_token });
    const third = await search({ page_size: '2', sort_order: 'ASC', page_token: second.next_page_token });
    expect([first, second, third].map(ids)).toEqual([['o1', 'o2'], ['o3', 'o4'], ['o9']]);
  });

  it('sorts by the last change where it is told to', async () => {
    await place('o1', 1_000, { update_time: 3_000 });
    await place('o2', 2_000, { update_time: 2_000 });
    expect(ids(await search({ sort_field: 'update_time' }))).toEqual(['o1', 'o2']);
    expect(ids(await search({ sort_field: 'create_time' }))).toEqual(['o2', 'o1']);
  });

  it.each([
    [{ order_status: 'AWAITING_COLLECTION' }, ['o2']],
    [{ shipping_type: 'TIKTOK' }, ['o3']],
    [{ shipping_type: 'SELLER' }, ['o4', 'o2', 'o1']],
    [{ is_buyer_request_cancel: true }, ['o4']],
    [{ create_time_ge: 2_000, create_time_lt: 4_000 }, ['o3', 'o2']],
    [{ update_time_ge: 3_000, update_time_lt: 3_001 }, ['o3']],
    [{ buyer_says: 'hello' }, ['o4', 'o3', 'o2', 'o1']],
  ])('keeps to %o', async (body, found) => {
    await place('o1', 1_000);
    await place('o2', 2_000, { status: 'AWAITING_COLLECTION' });
    await place('o3', 3_000, { shipping_type: 'TIKTOK' });
    await place('o4', 4_000, { is_buyer_request_cancel: true });
    const answer = await search({}, body);
    expect([ids(answer), answer.total_count]).toEqual([found, found.length]);
  });

  it('shows the orders as a reading does', async () => {
    const now = Math.floor(Date.now() / 1_000);
    await place('o1', now, { status: 'ON_HOLD', _sla_after_hold: { rts_sla_time: 9_000 } });
    const [order] = (await search({})).orders;
    expect(order).toMatchObject({ id: 'o1', status: 'ON_HOLD' });
    expect(order).not.toHaveProperty('recipient_address');
    expect(order).not.toHaveProperty('_sla_after_hold');
  });

  it.each([
    [{}, {}],
    [{ page_size: '0' }, {}],
    [{ page_size: '101' }, {}],
    [{ page_size: '10', sort_field: 'id' }, {}],
    [{ page_size: '10', sort_order: 'UP' }, {}],
    [{ page_size: '10', page_token: 'hello' }, {}],
    [{ page_size: '10' }, { order_status: 'SHIPPED' }],
    [{ page_size: '10' }, { create_time_ge: '1000' }],
  ])('is refused with %o and %o', async (query, body) => {
    expect(await ask(query, body)).toMatchObject({ status: 400, body: { code: 36009004 } });
  });

  it('goes wrong when it is told to, and sees no other shop', async () => {
    await place('o1', 1_000);
    const other = await here.shop();
    expect((await other.viaTikTok('POST', SEARCH, { query: { page_size: '5' } })).body).toMatchObject({
      data: { orders: [], total_count: 0 },
    });
    await shop.control('POST', '/faults', { route: 'tiktok.search', kind: 'serverError', times: 1 });
    expect((await ask({ page_size: '5' })).status).toBe(500);
  });
});
