import { Router } from 'express';
import { z } from 'zod';
import { json } from '../answer';
import { nowOf } from '../clock';
import { parse, Problem } from '../problem';
import { nextPlanned, runUntil } from '../schedule';
import { appOf, carrierKeysOf, findShop, openShop, type Shop } from '../shops';
import { replanAutoCancels } from '../tiktok/auto-cancel';
import { refusedCalls, setLimits } from '../tiktok/limits';
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

const aRate = z.number().positive().nullish();

/** What is left out stays as it is; a `null` lifts a limit. */
const RulesOrder = z
  .object({
    autoCancel: z.boolean().optional(),
    requestsPerSecond: aRate,
    requestsPerHour: aRate,
    retryAfterSeconds: z.int().nonnegative().nullish(),
  })
  .refine((rules) => Object.values(rules).some((rule) => rule !== undefined), 'No rule is given');

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
  ruleControls(world, router);
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

/** What the platform does to this shop's orders by itself, and how many calls it takes from it. */
function ruleControls(world: World, router: Router): void {
  router.put(
    '/shops/:shop/rules',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const { autoCancel, ...wish } = parse(RulesOrder, call.body);
      if (autoCancel !== undefined) {
        openShop(world, { shopId, autoCancel });
        replanAutoCancels(world, shopId);
      }
      const asked = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
      if (Object.keys(asked).length > 0) setLimits(world, shopId, { ...findShop(world, shopId)?.limits, ...asked });
      return ok(rulesOf(shopOf(world, call)));
    }),
  );
  router.get(
    '/shops/:shop/rules',
    control((call) => {
      const shop = shopOf(world, call);
      return ok({ ...rulesOf(shop), refusedCalls: refusedCalls(world, shop.id) });
    }),
  );
}

function rulesOf({ autoCancel, limits }: Shop): Record<string, unknown> {
  return { autoCancel, ...limits };
}

function credentials(world: World, shop: Shop): unknown {
  const { appKey, appSecret } = appOf(world);
  return {
    shopId: shop.id,
    appKey,
    appSecret,
    accessToken: shop.accessToken,
    shopCipher: shop.cipher,
    webhookSecret: appSecret,
    easypost: { apiKey: shop.easypostApiKey, webhookSecret: shop.easypostWebhookSecret },
    ...carrierKeysOf(world, shop),
    now: nowOf(world, shop.id),
    autoCancel: shop.autoCancel,
  };
}
