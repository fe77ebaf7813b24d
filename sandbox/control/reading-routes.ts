import { Router } from 'express';
import { ledgerOf } from '../ledger';
import { quiet } from '../outbox';
import { allShops } from '../shops';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const USUAL_TRAFFIC = 100;

/** What tests judge by. */
export function readingRoutes(world: World): Router {
  const router = Router();
  router.get(
    '/ledger',
    control(() => ok({ data: allShops(world).flatMap(({ id }) => ledgerOf(world, id)) })),
  );
  router.get(
    '/shops/:shop/ledger',
    control((call) => ok({ data: ledgerOf(world, shopOf(world, call).id, call.query.get('order') ?? undefined) })),
  );
  router.get(
    '/shops/:shop/traffic',
    control((call) => {
      const limit = Number(call.query.get('limit') ?? USUAL_TRAFFIC) || USUAL_TRAFFIC;
      return ok({ data: (world.traffic.seen.get(shopOf(world, call).id) ?? []).slice(-limit) });
    }),
  );
  router.get(
    '/shops/:shop/quiet',
    control(async (call) => {
      const waitMs = Math.max(Number(call.query.get('wait') ?? 0) || 0, 0);
      return ok({ pending: await quiet(world, shopOf(world, call).id, waitMs) });
    }),
  );
  return router;
}
