import { z } from 'zod';
import type { ProductPage, ProductSource, ShopProduct } from '../../activities/product-port';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { callTikTok, PLAIN_WIRE, type TikTokWire } from './client';
import type { At } from './read-orders';

const PAGE_SIZE = '100';
/** Said by the platform of a product that it does not have (any more). */
const UNKNOWN_PRODUCT = '12052048';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const list = <Item extends z.ZodType>(item: Item): z.ZodPreprocess<z.ZodArray<Item>> =>
  z.preprocess((value) => value ?? [], z.array(item));

const WireSku = z.looseObject({
  id: z.string(),
  seller_sku: text,
  identifier_code: z.looseObject({ code: text }).nullish(),
});

const SearchData = z.looseObject({
  products: list(z.looseObject({ id: z.string(), update_time: z.coerce.number().nullish(), skus: list(WireSku) })),
  next_page_token: z.string().nullish(),
});

/** Numbers come as strings. */
const ProductData = z.looseObject({
  title: text,
  package_weight: z.looseObject({ value: text, unit: text }).nullish(),
  package_dimensions: z.looseObject({ length: text, width: text, height: text, unit: text }).nullish(),
  main_images: list(z.looseObject({ urls: list(z.string()) })),
  skus: list(WireSku),
});
type ProductData = z.infer<typeof ProductData>;

/**
 * The products of TikTok Shops. Wire: product 202502 (Search Products) and 202309 (Get Product); the weight and size of the parcel
 * are of the product and stand in the second alone. Everything throws AdapterError and nothing else.
 */
export function tiktokProducts(wire: TikTokWire = PLAIN_WIRE): (shop: Shop) => ProductSource {
  return (shop) => ({
    search: (pageToken) => searchProducts({ wire, shop }, pageToken),
    read: (productId) => readProduct({ wire, shop }, productId),
  });
}

async function searchProducts({ wire, shop }: At, pageToken?: string): Promise<ProductPage> {
  const { products, next_page_token: next } = await callTikTok(wire, shop, {
    call: 'searchProducts',
    method: 'POST',
    path: '/product/202502/products/search',
    query: { page_size: PAGE_SIZE, ...(pageToken === undefined ? {} : { page_token: pageToken }) },
    body: { status: 'ALL' },
    isRead: true,
    data: SearchData,
  });
  return {
    products: products.map(({ id, update_time: seconds, skus }) => ({
      id,
      updatedAt: (seconds ?? 0) * 1_000,
      skus: skus.map(nameOf),
    })),
    // The last page has an empty one.
    ...(next == null || next === '' ? {} : { nextPageToken: next }),
  };
}

/** The same name as on the line items of an order. */
const nameOf = ({ id, seller_sku: sku }: z.infer<typeof WireSku>): string => (sku === '' ? id : sku);

async function readProduct({ wire, shop }: At, productId: string): Promise<ShopProduct | undefined> {
  try {
    const product = await callTikTok(wire, shop, {
      call: 'readProduct',
      method: 'GET',
      path: `/product/202309/products/${encodeURIComponent(productId)}`,
      data: ProductData,
    });
    return mapProduct(product);
  } catch (error) {
    if (error instanceof AdapterError && error.code === UNKNOWN_PRODUCT) return undefined;
    throw error;
  }
}

const OUNCES: Partial<Record<string, number>> = { POUND: 16, KILOGRAM: 35.27396, GRAM: 0.03527396, OUNCE: 1 };
const INCHES: Partial<Record<string, number>> = { INCH: 1, CENTIMETER: 1 / 2.54 };

/** To two decimals; undefined for what is no measure, and for a unit that the platform has added since. */
function measured(value: string, unit: number | undefined): number | undefined {
  const measure = Number(value) * (unit ?? 0);
  return Number.isFinite(measure) && measure > 0 ? Math.max(0.01, Math.round(measure * 100) / 100) : undefined;
}

function mapProduct(product: ProductData): ShopProduct {
  const { package_weight: weight, main_images: images, title, skus } = product;
  const weightOz = weight ? measured(weight.value, OUNCES[weight.unit]) : undefined;
  const picture = images[0]?.urls[0];
  const size = sizeOf(product);
  return {
    title,
    ...(weightOz === undefined ? {} : { weightOz }),
    ...(size === undefined ? {} : { size }),
    ...(picture === undefined ? {} : { picture }),
    skus: skus.map((sku) => ({
      sku: nameOf(sku),
      ...(sku.identifier_code?.code ? { barcode: sku.identifier_code.code } : {}),
    })),
  };
}

function sizeOf({ package_dimensions: sides }: ProductData): ShopProduct['size'] {
  if (sides == null) return undefined;
  const [lengthIn, widthIn, heightIn] = [sides.length, sides.width, sides.height].map((side) =>
    measured(side, INCHES[sides.unit]),
  );
  if (lengthIn === undefined || widthIn === undefined || heightIn === undefined) return undefined;
  return { lengthIn, widthIn, heightIn };
}
