import { Router } from 'express';
import { z } from 'zod';
import { nowSecondsOf } from '../clock';
import { parse, Problem } from '../problem';
import type { Product } from '../tiktok/product-shelf';
import { productsOf } from '../tiktok/products';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const Decimal = z.string().regex(/^\d+(\.\d+)?$/);

const ProductOrder = z.object({
  title: z.string().min(1),
  status: z.enum(['DRAFT', 'PENDING', 'ACTIVATE', 'SELLER_DEACTIVATED', 'FREEZE', 'DELETED']).default('ACTIVATE'),
  skus: z
    .array(
      z.object({
        id: z.string().min(1),
        seller_sku: z.string(),
        identifier_code: z.object({ code: z.string(), type: z.enum(['GTIN', 'EAN', 'UPC', 'ISBN']) }).optional(),
      }),
    )
    .min(1),
  package_weight: z.object({ value: Decimal, unit: z.enum(['POUND', 'KILOGRAM', 'GRAM']) }).optional(),
  package_dimensions: z
    .object({ length: Decimal, width: Decimal, height: Decimal, unit: z.enum(['INCH', 'CENTIMETER']) })
    .optional(),
});

/** What a shop sells: listing it, and adding to it or changing it. */
export function productRoutes(world: World): Router {
  const router = Router();
  router.get(
    '/shops/:shop/products',
    control((call) => ok({ data: productsOf(world, shopOf(world, call).id) })),
  );
  router.put(
    '/shops/:shop/products/:productId',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const id = call.params['productId'] ?? '';
      if (!/^\d{5,20}$/.test(id)) throw new Problem(422, 'A product id is 5 to 20 digits');
      const wish = parse(ProductOrder, call.body);
      const known = productsOf(world, shopId).find((one) => one.id === id);
      const now = nowSecondsOf(world, shopId);
      const product: Product = { ...wish, id, create_time: known?.create_time ?? now, update_time: now };
      world.state.products.put(shopId, id, product);
      return ok(product);
    }),
  );
  return router;
}
