import { Router } from 'express';
import { z } from 'zod';
import { parse } from '../problem';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const AccountOrder = z.object({ hasMoreCarriers: z.boolean() });

const SavingOrder = z.object({ ordersMustExist: z.boolean() });

/** Which carriers a shop's EasyPost account has beside USPS and UPS, and how strict its ShipSaving account is. */
export function sellerRoutes(world: World): Router {
  const router = Router();
  router.put(
    '/shops/:shop/easypost',
    control((call) => {
      const { id } = shopOf(world, call);
      const account = parse(AccountOrder, call.body);
      world.state.easypostAccounts.put(id, id, account);
      return ok(account);
    }),
  );
  router.put(
    '/shops/:shop/shipsaving',
    control((call) => {
      const { id } = shopOf(world, call);
      const account = parse(SavingOrder, call.body);
      world.state.savingAccounts.put(id, id, account);
      return ok(account);
    }),
  );
  return router;
}
