import { Router } from 'express';
import { z } from 'zod';
import { json } from '../answer';
import { nowOf } from '../clock';
import { parse, Problem } from '../problem';
import { nextPlanned, runUntil } from '../schedule';
import { appOf, openShop, type Shop } from '../shops';
import { replanAutoCancels } from '../tiktok/auto-cancel';
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
  autoCancel: z.boolean().optional(),
});

const RulesOrder = z.object({ autoCancel: z.boolean() });

const ClockOrder = z.object({ to: z.int() });

/** Opening shops and moving their clocks. */
export function shopRoutes(world: World): Router {
  const router = Router();
  router.post(
    '/shops',
    control(({ body }) => {
      const wish = parse(ShopWish, body);
      const { shop, isNew } = openShop(world, wish);
      if (wish.autoCancel !== undefined) replanAutoCancels(world, shop.id);
      return json(isNew ? 201 : 200, credentials(world, shop));
    }),
  );
  router.get(
    '/shops/:shop',
    control((call) => ok(credentials(world, shopOf(world, call)))),
  );
  router.put(
    '/shops/:shop/rules',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const { autoCancel } = parse(RulesOrder, call.body);
      openShop(world, { shopId, autoCancel });
      replanAutoCancels(world, shopId);
      return ok({ autoCancel });
    }),
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
    autoCancel: shop.autoCancel,
  };
}
