import type { ProductSource } from '../../activities/product-port';
import { type Shop as SandboxShop, stage, type Stage } from '../../sandbox/test-support';
import { tiktokProducts } from './products';
import { shopOf } from './test-support';

let here: Stage;
let sandbox: SandboxShop;
let products: ProductSource;

beforeAll(async () => {
  here = await stage();
});
beforeEach(async () => {
  sandbox = await here.shop();
  products = tiktokProducts()(shopOf(sandbox, here.url));
});
afterAll(() => here.close());

const MUG = '1729382476852921560';

describe("a shop's products", () => {
  it('are found, with the SKUs that orders name', async () => {
    const { products: found, nextPageToken } = await products.search();
    expect(nextPageToken).toBeUndefined();
    expect(found.find(({ id }) => id === MUG)).toMatchObject({
      skus: expect.arrayContaining(['MUG-BLUE']) as string[],
    });
    for (const { updatedAt } of found) expect(updatedAt).toBeGreaterThan(Date.UTC(2020));
  });

  it('tell what a unit weighs and measures', async () => {
    expect(await products.read(MUG)).toMatchObject({ weightOz: 13.6, size: { lengthIn: 6 } });
  });

  it.each([
    ['2', 'KILOGRAM', 70.55],
    ['500', 'GRAM', 17.64],
    ['0', 'POUND', undefined],
  ])('of %s %s weigh %s oz', async (value, unit, weightOz) => {
    const skus = [{ id: '555551', seller_sku: '' }];
    const measures = { package_weight: { value, unit } };
    await sandbox.control('PUT', '/products/555550', { title: 'Kettle', skus, ...measures });
    const read = await products.read('555550');
    expect(read?.weightOz).toBe(weightOz);
    expect(read?.skus.map(({ sku }) => sku)).toEqual(['555551']);
  });

  it('are unknown where the shop does not have them', async () => {
    expect(await products.read('1')).toBeUndefined();
  });
});
