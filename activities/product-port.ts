import type { Shop } from '../contracts/shop';

/** A shop's own products as the platform has them, for the catalogue. */
export type ProductSource = {
  /** One page, in the platform's order. */
  search: (pageToken?: string) => Promise<ProductPage>;
  /** Undefined when the platform does not know it. */
  read: (productId: string) => Promise<ShopProduct | undefined>;
};

/** `updatedAt`: epoch milliseconds; the SKUs by the name that orders have them under. */
export type ListedProduct = { id: string; updatedAt: number; skus: string[] };

export type ProductPage = { products: ListedProduct[]; nextPageToken?: string };

/** What one unit weighs and measures in its packing, where the shop's owner said so; the same for all its SKUs. */
export type ShopProduct = {
  title: string;
  weightOz?: number;
  size?: { lengthIn: number; widthIn: number; heightIn: number };
  picture?: string;
  skus: { sku: string; barcode?: string }[];
};

/** What pulling needs beside documents and shops. */
export type ProductPorts = { productsOf: (shop: Shop) => ProductSource };
