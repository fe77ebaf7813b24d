import { anOrder, type Reply, type Shop, type Stage, stage } from '../test-support';

const ORDER = '576461413038785752';
const SEARCH = '/product/202502/products/search';

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
});

afterEach(() => here.close());

type Found = { products: { id: string; skus: { id: string; seller_sku: string }[] }[]; next_page_token: string };

const search = async (query: Record<string, string>, body: object = {}): Promise<Found> =>
  (await shop.viaTikTok('POST', SEARCH, { query, body })).body['data'] as Found;
const read = (id: string): Promise<Reply> => shop.viaTikTok('GET', `/product/202309/products/${id}`);

describe('products', () => {
  it('are found a page at a time, each once', async () => {
    const first = await search({ page_size: '2' });
    const second = await search({ page_size: '2', page_token: first.next_page_token });
    const ids = [...first.products, ...second.products].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(second.next_page_token).toBe('');
  });

  it('are found by what the seller calls them and by when they were changed', async () => {
    const found = await search({ page_size: '10' }, { seller_skus: ['TOWEL-GREY'] });
    expect(found.products).toMatchObject([{ skus: [{ seller_sku: 'TOWEL-WHITE' }, { seller_sku: 'TOWEL-GREY' }] }]);
    expect(
      (await search({ page_size: '10' }, { update_time_ge: 1_735_689_660, status: 'ACTIVATE' })).products,
    ).toHaveLength(2);
  });

  it('tell the weight and size of their parcel when read, where they have them', async () => {
    const mug = await read('1729382476852921560');
    expect(mug.body).toMatchObject({
      code: 0,
      data: {
        package_weight: { value: '0.85', unit: 'POUND' },
        package_dimensions: { length: '6', unit: 'INCH' },
        skus: [{ seller_sku: 'MUG-BLUE', identifier_code: { type: 'GTIN' } }],
      },
    });
    expect((await read('1729382476852921562')).body['data']).not.toHaveProperty('package_weight');
    expect((await read('1')).body).toMatchObject({ code: 12052048 });
  });

  it('are added to and changed', async () => {
    const skus = [{ id: '555551', seller_sku: 'KETTLE' }];
    const added = await shop.control('PUT', '/products/555550', { title: 'Kettle', skus });
    expect(added.status).toBe(200);
    expect((await search({ page_size: '10' }, { seller_skus: ['KETTLE'] })).products).toMatchObject([{ id: '555550' }]);
    const weight = { value: '2', unit: 'POUND' };
    await shop.control('PUT', '/products/1729382476852921562', { title: 'Skillet', skus, package_weight: weight });
    expect((await read('1729382476852921562')).body).toMatchObject({ data: { package_weight: weight } });
    expect((await search({ page_size: '10' })).products).toHaveLength(4);
  });

  it('are what the lines of an order are of, also where it was placed without them', async () => {
    const lines = [{ id: 'i1' }, { id: 'i2' }, { id: 'i3', sku_id: '1729382476852987098' }, { id: 'i4', sku_id: 's1' }];
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, { line_items: lines }));
    const { body } = await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
    const [order] = (body['data'] as { orders: { line_items: object[] }[] }).orders;
    expect(order?.line_items).toMatchObject([
      { seller_sku: 'MUG-BLUE', product_id: '1729382476852921560' },
      { seller_sku: 'TOWEL-WHITE' },
      { seller_sku: 'TOWEL-GREY', product_name: 'Cotton tea towels, set of two' },
      { sku_id: 's1' },
    ]);
    expect(order?.line_items[3]).not.toHaveProperty('seller_sku');
  });
});
