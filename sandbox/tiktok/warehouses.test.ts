import { anOrder, type Reply, type Shop, type Stage, stage } from '../test-support';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

const get = (path: string): Promise<Reply> => shop.viaTikTok('GET', `/logistics/202309/${path}`);

describe('the warehouses of a shop', () => {
  it('lead to delivery options, and these to carriers', async () => {
    const { body } = await get('warehouses');
    const { warehouses } = body['data'] as { warehouses: { id: string; type: string; effect_status: string }[] };
    const sales = warehouses.find(({ type }) => type === 'SALES_WAREHOUSE');
    expect(sales).toMatchObject({ effect_status: 'ENABLED', is_default: true });
    const options = await get(`warehouses/${sales?.id ?? ''}/delivery_options`);
    const { delivery_options: all } = options.body['data'] as { delivery_options: { id: string; type: string }[] };
    expect(all.map(({ type }) => type)).toEqual(['STANDARD', 'EXPRESS']);
    for (const { id } of all) {
      const providers = await get(`delivery_options/${id}/shipping_providers`);
      expect(providers.body).toMatchObject({
        data: { shipping_providers: [{ name: 'USPS' }, { name: 'UPS' }, {}, {}] },
      });
    }
  });

  it('know no other warehouse and no other option, but any that an order came with', async () => {
    const providers = async (id: string): Promise<unknown> =>
      (await get(`delivery_options/${id}/shipping_providers`)).body['code'];
    expect((await get('warehouses/1/delivery_options')).body['code']).toBe(21001001);
    expect([await providers('77'), await providers('0')]).toEqual([21001001, 21001001]);
    await shop.control('PUT', '/orders/o1', anOrder('o1', { delivery_option_id: '77' }));
    await shop.control('PUT', '/orders/o2', anOrder('o2'));
    expect([await providers('77'), await providers('0')]).toEqual([0, 0]);
  });
});
