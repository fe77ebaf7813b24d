import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { pageOf, Paging, withinRanges } from './paging';
import { type Product, type Sku, USUAL_PRODUCTS } from './product-shelf';

/** All products of a shop: the usual ones, each as it was last changed, and what was added. */
export function productsOf(world: World, shopId: string): Product[] {
  const own = world.state.products.of(shopId);
  const usual = USUAL_PRODUCTS.filter(({ id }) => own.every((one) => one.id !== id));
  return [...usual, ...own];
}

const Page = Paging.extend({ page_size: z.coerce.number().int().min(1).max(100) });

const Seconds = z.int().nonnegative();

const Filter = z.object({
  status: z.string().default('ALL'),
  seller_skus: z.array(z.string()).optional(),
  create_time_ge: Seconds.optional(),
  create_time_le: Seconds.optional(),
  update_time_ge: Seconds.optional(),
  update_time_le: Seconds.optional(),
});
type Filter = z.infer<typeof Filter>;

/** Search Products: a page of a shop's products, the newest first. A row has no weight and no size: they are read one by one. */
export function searchProducts(world: World, { shopId, query, body }: TikTokCall): Answer {
  const page = Page.safeParse(query);
  const filter = Filter.safeParse(body);
  if (!page.success) return failure(badParameter(page.error));
  if (!filter.success) return failure(badParameter(filter.error));
  const wanted = productsOf(world, shopId).filter((product) => isWanted(product, filter.data));
  const paged = pageOf(wanted, (one) => [one.create_time, one.id], { ...page.data, sort_order: 'DESC' });
  if (paged === undefined) return failure({ code: 36009004, message: 'param page_token is invalid', status: 400 });
  const { rows, ...rest } = paged;
  return success({ products: rows.map(shownRow), ...rest });
}

/** Get Product: one product with the weight and size of its parcel. */
export function readProduct(world: World, { shopId, params }: TikTokCall): Answer {
  const product = productsOf(world, shopId).find(({ id }) => id === params['productId']);
  if (product === undefined) return failure({ code: 12052048, message: 'The product does not exist' });
  const { skus, ...rest } = product;
  return success({ ...rest, is_cod_allowed: false, skus: skus.map((sku) => ({ ...shownSku(sku), ...codeOf(sku) })) });
}

function badParameter(error: z.ZodError): Refusal {
  return { code: 36009004, message: `param ${error.issues[0]?.path.join('.')} is invalid`, status: 400 };
}

function isWanted(product: Product, filter: Filter): boolean {
  const isOfStatus = filter.status === 'ALL' || filter.status === product.status;
  const hasSku =
    filter.seller_skus === undefined || product.skus.some((sku) => filter.seller_skus?.includes(sku.seller_sku));
  return isOfStatus && hasSku && withinRanges(product, openRanges(filter));
}

/** This search closes its ranges on the right, the others leave them open; instants are whole seconds. */
function openRanges({
  create_time_le: created,
  update_time_le: updated,
  ...from
}: Filter): Parameters<typeof withinRanges>[1] {
  const beyond = (last: number | undefined): number | undefined => (last === undefined ? undefined : last + 1);
  return { ...from, create_time_lt: beyond(created), update_time_lt: beyond(updated) };
}

function shownRow({ id, title, status, skus, create_time, update_time }: Product): Record<string, unknown> {
  return { id, title, status, sales_regions: ['US'], create_time, update_time, skus: skus.map(shownSku) };
}

function shownSku({ id, seller_sku }: Sku): Record<string, unknown> {
  const inventory = [{ quantity: 100, warehouse_id: '7068517275539719942' }];
  return { id, seller_sku, price: { currency: 'USD', sale_price: '19.99', tax_exclusive_price: '19.99' }, inventory };
}

function codeOf({ identifier_code: code }: Sku): Record<string, unknown> {
  return code === undefined ? {} : { identifier_code: code };
}
