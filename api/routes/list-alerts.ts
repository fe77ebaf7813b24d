import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import { defaultShopId } from '../../engine/sandbox-shop';
import { alertsOf, listedAlert } from '../alerts';
import type { ApiDeps } from '../deps';
import { knownShop, readQuery } from '../door';

const LIST_WITHIN_MS = 5_000;

const Query = z.strictObject({
  shop: PlatformId.default(defaultShopId),
  state: z.enum(['open', 'acknowledged', 'settled', 'all']).default('open'),
});

/**
 * `GET /v1/alerts`: the alerts and tasks of one shop, the most urgent first; those that are open and not acknowledged where
 * nothing else is asked for. `count` says how many there are: no more than the most urgent 2,000 are in `data`.
 */
export function listAlerts(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { shop, state } = readQuery(req, Query);
    const { id: shopId } = await knownShop(deps, shop);
    const asOf = new Date().toISOString();
    const { alerts, count } = await deps.client.withDeadline(Date.now() + LIST_WITHIN_MS, () =>
      alertsOf(deps, shopId, { state }),
    );
    res.json({ data: alerts.map((alert) => listedAlert(deps, shopId, alert)), count, asOf });
  };
}
