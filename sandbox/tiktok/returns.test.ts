import { anOrder, type Receiver, type Reply, type Shop, type Stage, stage, upload } from '../test-support';

const ORDER = '576461413038785752';

let here: Stage;
let receiver: Receiver;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  receiver = await here.receiver();
  shop = await here.shop({ tiktokWebhookUrl: receiver.url });
});

afterEach(() => here.close());

const open = (type: string): Promise<Reply> => shop.control('POST', `/orders/${ORDER}/return`, { type });
const close = (body: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('POST', `/orders/${ORDER}/return/close`, body);
const search = async (body: Record<string, unknown> = { order_ids: [ORDER] }): Promise<unknown> =>
  (await shop.viaTikTok('POST', '/return_refund/202309/returns/search', { body })).body['data'];
const types = async (): Promise<number[]> => {
  await shop.control('GET', '/quiet?wait=5000');
  return receiver.received.map(({ body }) => (JSON.parse(body) as { type: number }).type);
};

describe('a return', () => {
  it('is found with its deadline while it is open, and told on both topics', async () => {
    await shop.control('PUT', `/orders/${ORDER}?silent=true`, anOrder(ORDER, { status: 'DELIVERED' }));
    const { returnId } = (await open('RETURN_AND_REFUND')).body;
    expect(await search()).toMatchObject({
      total_count: 1,
      return_orders: [
        {
          return_id: returnId,
          order_id: ORDER,
          return_type: 'RETURN_AND_REFUND',
          return_status: 'RETURN_OR_REFUND_REQUEST_PENDING',
          seller_next_action_response: [{ action: 'SELLER_RESPOND_RETURN', deadline: expect.any(Number) as number }],
        },
      ],
    });
    expect((await close()).status).toBe(200);
    expect(await search()).toMatchObject({
      return_orders: [{ return_status: 'RETURN_OR_REFUND_REQUEST_COMPLETE', seller_next_action_response: [] }],
    });
    expect((await close()).status).toBe(409);
    expect(await types()).toEqual([2, 12, 2, 12]);
    expect(receiver.received.at(-1)?.body).toContain(`"return_id":"${String(returnId)}"`);
    expect(await search({ order_ids: ['1'] })).toMatchObject({ total_count: 0 });
    expect(await search({ return_status: ['AWAITING_BUYER_SHIP'] })).toMatchObject({ total_count: 0 });
  });

  it('stands in the way of shipping until it is over', async () => {
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await open('REFUND');
    const ship = async (): Promise<unknown> => {
      const body = upload(`${ORDER}1`, `${ORDER}2`);
      return (await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, { body })).body['code'];
    };
    expect(await ship()).toBe(21011007);
    await close({ status: 'BUYER_SHIPPED_ITEM' });
    expect(await ship()).toBe(21011007);
    await close({ status: 'REFUND_OR_RETURN_REQUEST_REJECT' });
    expect(await ship()).toBe(0);
  });
});
