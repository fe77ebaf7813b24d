/** One way in which a product is sold. */
export type Sku = {
  readonly id: string;
  readonly seller_sku: string;
  /** Its barcode, where it has one. */
  readonly identifier_code?: { readonly code: string; readonly type: 'GTIN' | 'EAN' | 'UPC' | 'ISBN' } | undefined;
};

/** A product as the platform keeps it. Sizes and weights are decimal strings on this wire, and are those of the parcel. */
export type Product = {
  readonly id: string;
  readonly title: string;
  readonly status: 'DRAFT' | 'PENDING' | 'ACTIVATE' | 'SELLER_DEACTIVATED' | 'FREEZE' | 'DELETED';
  readonly skus: readonly Sku[];
  readonly package_weight?: { readonly value: string; readonly unit: 'POUND' | 'KILOGRAM' | 'GRAM' } | undefined;
  readonly package_dimensions?:
    | {
        readonly length: string;
        readonly width: string;
        readonly height: string;
        readonly unit: 'INCH' | 'CENTIMETER';
      }
    | undefined;
  /** Epoch seconds. */
  readonly create_time: number;
  readonly update_time: number;
};

const LISTED_AT = 1_735_689_600;

// What every shop sells until it is told otherwise. Ids, names, codes and sizes are this sandbox's own.
export const USUAL_PRODUCTS: readonly [Product, ...Product[]] = [
  {
    id: '1729382476852921560',
    title: 'Enamel mug, blue',
    status: 'ACTIVATE',
    skus: [
      { id: '1729382476852987096', seller_sku: 'MUG-BLUE', identifier_code: { code: '0860009997103', type: 'GTIN' } },
    ],
    package_weight: { value: '0.85', unit: 'POUND' },
    package_dimensions: { length: '6', width: '6', height: '5', unit: 'INCH' },
    ...{ create_time: LISTED_AT, update_time: LISTED_AT },
  },
  {
    id: '1729382476852921561',
    title: 'Cotton tea towels, set of two',
    status: 'ACTIVATE',
    skus: [
      { id: '1729382476852987097', seller_sku: 'TOWEL-WHITE', identifier_code: { code: '860009997110', type: 'UPC' } },
      { id: '1729382476852987098', seller_sku: 'TOWEL-GREY' },
    ],
    package_weight: { value: '0.4', unit: 'POUND' },
    package_dimensions: { length: '10', width: '8', height: '1', unit: 'INCH' },
    ...{ create_time: LISTED_AT + 60, update_time: LISTED_AT + 60 },
  },
  {
    // Some old products have no weight: nobody may guess one.
    id: '1729382476852921562',
    title: 'Cast iron skillet, 10 inch',
    status: 'ACTIVATE',
    skus: [{ id: '1729382476852987099', seller_sku: 'SKILLET-10' }],
    ...{ create_time: LISTED_AT + 120, update_time: LISTED_AT + 120 },
  },
];

/** What an order line tells of the thing that was bought. */
type Goods = {
  readonly product_id: string;
  readonly product_name: string;
  readonly sku_id: string;
  readonly seller_sku: string;
};

const IN_DOUBT: readonly Goods[] = USUAL_PRODUCTS.slice(0, 2).flatMap((product) => goodsIn(product).slice(0, 1));

/** The goods of an order line that names a thing, or of the n-th line of an order that names none. */
export function goodsOf(line: { readonly sku_id?: unknown; readonly seller_sku?: unknown }, n: number): Partial<Goods> {
  const { sku_id: id, seller_sku: code } = line;
  if (id === undefined && code === undefined) return IN_DOUBT[n % IN_DOUBT.length] ?? {};
  const all = USUAL_PRODUCTS.flatMap(goodsIn);
  return all.find((goods) => goods.sku_id === id || (id === undefined && goods.seller_sku === code)) ?? {};
}

function goodsIn({ id, title, skus }: Product): Goods[] {
  return skus.map((sku) => ({ product_id: id, product_name: title, sku_id: sku.id, seller_sku: sku.seller_sku }));
}
