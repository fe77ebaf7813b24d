import { Router } from 'express';
import { z } from 'zod';
import { json } from '../answer';
import { nowOf } from '../clock';
import { parse, Problem } from '../problem';
import { nextPlanned, runUntil } from '../schedule';
import { appOf, openShop, type Shop } from '../shops';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const ShopWish = z.object({
  shopId: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional(),
  now: z.int().optional(),
  tiktokWebhookUrl: z.url().nullish(),
  easypostWebhookUrl: z.url().nullish(),
});

const ClockOrder = z.object({ to: z.int() });

/** Opening shops and moving their clocks. */
export function shopRoutes(world: World): Router {
  const router = Router();
  router.post(
    '/shops',
    control(({ body }) => {
      const { shop, isNew } = openShop(world, parse(ShopWish, body));
      return json(isNew ? 201 : 200, credentials(world, shop));
    }),
  );
  router.get(
    '/shops/:shop',
    control((call) => ok(credentials(world, shopOf(world, call)))),
  );
  router.get(
    '/shops/:shop/clock',
    control((call) => {
      const { id } = shopOf(world, call);
      return ok({ now: nowOf(world, id), nextAt: nextPlanned(world, id)?.at ?? null });
    }),
  );
  router.post(
    '/shops/:shop/clock',
    control(async (call) => {
      const { id } = shopOf(world, call);
      const { to } = parse(ClockOrder, call.body);
      if (to < nowOf(world, id)) throw new Problem(409, 'A clock does not go back');
      return ok(await runUntil(world, id, to));
    }),
  );
  return router;
}

function credentials(world: World, shop: Shop): unknown {
  const app = appOf(world);
  return {
    shopId: shop.id,
    ...app,
    accessToken: shop.accessToken,
    shopCipher: shop.cipher,
    webhookSecret: app.appSecret,
    easypost: { apiKey: shop.easypostApiKey, webhookSecret: shop.easypostWebhookSecret },
    now: nowOf(world, shop.id),
  };
}
