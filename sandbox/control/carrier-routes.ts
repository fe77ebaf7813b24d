import { Router } from 'express';
import { z } from 'zod';
import { scanForm } from '../carrier';
import { type CarrierProvider, CARRIER_PROVIDERS, changeStanding, standingOf } from '../carrier-accounts';
import { nowOf } from '../clock';
import { parse, Problem } from '../problem';
import type { World } from '../world';
import { control, ok, shopOf } from './requests';

const StandingOrder = z
  .object({ balanceCents: z.int().nonnegative().nullish(), dead: z.boolean().optional() })
  .refine(({ balanceCents, dead }) => balanceCents !== undefined || dead !== undefined, 'Nothing is ordered');

/** How shops stand with their carriers, and the scan of a form's barcode at the counter. */
export function carrierRoutes(world: World): Router {
  const path = '/shops/:shop/carriers/:provider';
  const router = Router();
  router.put(
    path,
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const provider = providerOf(call.params['provider']);
      const { balanceCents, dead } = parse(StandingOrder, call.body);
      const wish = {
        provider,
        ...(balanceCents === undefined ? {} : { balanceCents }),
        ...(dead === undefined ? {} : { isDead: dead }),
      };
      changeStanding(world, shopId, wish);
      return ok(shown(world, shopId, provider));
    }),
  );
  router.post(
    '/shops/:shop/forms/:number/scan',
    control((call) => {
      const { id: shopId } = shopOf(world, call);
      const number = call.params['number'] ?? '';
      if (!scanForm(world, shopId, { number, at: nowOf(world, shopId) })) throw new Problem(404, 'No such form');
      return ok({ scanned: number });
    }),
  );
  router.get(
    path,
    control((call) => ok(shown(world, shopOf(world, call).id, providerOf(call.params['provider'])))),
  );
  return router;
}

function providerOf(name: string | undefined): CarrierProvider {
  const provider = CARRIER_PROVIDERS.find((one) => one === name);
  if (provider === undefined) throw new Problem(404, 'No such carrier');
  return provider;
}

function shown(world: World, shopId: string, provider: CarrierProvider): unknown {
  const { balanceCents, isDead } = standingOf(world, shopId, provider);
  return { provider, balanceCents, dead: isDead };
}
