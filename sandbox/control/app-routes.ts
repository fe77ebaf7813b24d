import { Router } from 'express';
import { z } from 'zod';
import { toSeconds } from '../clock';
import { parse } from '../problem';
import { appOf, changeApp, type Shop } from '../shops';
import { endTokens, revokeConsent, type Token, tokensInForce } from '../tiktok/auth-tokens';
import { notifyTopic } from '../tiktok/events-notify';
import { SELLER_DEAUTHORIZATION, UPCOMING_AUTHORIZATION_EXPIRATION } from '../tiktok/events-topics';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const AppOrder = z
  .object({
    redirectUrl: z.url({ protocol: /^https?$/ }).nullable(),
    accessLifetimeSeconds: z.int().positive(),
    refreshLifetimeSeconds: z.int().positive(),
    refreshTokens: z.enum(['reusable', 'rotating']),
  })
  .partial();

const ExpiryOrder = z.object({ which: z.enum(['access', 'refresh', 'both']) });

const ForewarningOrder = z.object({ inDays: z.number().nonnegative() });

const DAY_MS = 86_400_000;
const TAIL = 4;

/** What the Partner Center and a seller's own settings do: the app, and the life and death of the tokens that it was given. */
export function appRoutes(world: World): Router {
  const router = Router();
  router.get(
    '/app',
    control(() => ok(appOf(world))),
  );
  router.put(
    '/app',
    control((call) => {
      const wish = Object.entries(parse(AppOrder, call.body)).filter(([, value]) => value !== undefined);
      return ok(changeApp(world, Object.fromEntries(wish)));
    }),
  );
  tokenControls(world, router);
  return router;
}

/** How the tokens of one shop's seller stand, and how they end. */
function tokenControls(world: World, router: Router): void {
  router.get(
    '/shops/:shop/tokens',
    control((call) => ok(shownTokens(world, shopOf(world, call)))),
  );
  router.post(
    '/shops/:shop/tokens/expire',
    control((call) => {
      const shop = shopOf(world, call);
      const { which } = parse(ExpiryOrder, call.body);
      endTokens(world, shop.id, { kinds: which === 'both' ? ['access', 'refresh'] : [which], at: Date.now() });
      return ok(shownTokens(world, shop));
    }),
  );
  router.post(
    '/shops/:shop/deauthorise',
    control((call) => {
      const shopIds = revokeConsent(world, shopOf(world, call).id);
      for (const shopId of shopIds) {
        const message = `Shop_id ${shopId} is deauthorized from your APP by merchant.`;
        notifyTopic(world, shopId, { type: SELLER_DEAUTHORIZATION, data: { message } });
      }
      return ok({ shops: shopIds });
    }),
  );
  router.post(
    '/shops/:shop/authorization-expires',
    control((call) => {
      const shop = shopOf(world, call);
      const { inDays } = parse(ForewarningOrder, call.body);
      const expiresAt = Date.now() + inDays * DAY_MS;
      // The warning is true: the refresh token ends with the consent.
      endTokens(world, shop.id, { kinds: ['refresh'], at: expiresAt });
      const message = `The authorization of shop_id ${shop.id} expires soon, please ask the seller to authorize again.`;
      const data = { message, expiration_time: toSeconds(expiresAt) };
      notifyTopic(world, shop.id, { type: UPCOMING_AUTHORIZATION_EXPIRATION, data });
      return ok({ expiresAt });
    }),
  );
}

/** Of the newest access token only its end: enough to tell two apart. A refresh token is nobody's but the app's. */
function shownTokens(world: World, { id, refreshes = 0 }: Shop): unknown {
  const tokens = tokensInForce(world, id);
  const newest = (kind: Token['kind']): Token | undefined => tokens.findLast((token) => token.kind === kind);
  return {
    accessToken: newest('access')?.text.slice(-TAIL) ?? null,
    accessExpiresAt: newest('access')?.expiresAt ?? null,
    hasRefreshToken: newest('refresh') !== undefined,
    refreshExpiresAt: newest('refresh')?.expiresAt ?? null,
    refreshes,
    refreshTokens: appOf(world).refreshTokens,
  };
}
