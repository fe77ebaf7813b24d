import type { RequestHandler } from 'express';
import { beginSweep } from '../../engine/shop-accounts';
import { startingWith } from '../../engine/start-ahead';
import { details } from '../../words/api';
import { sweepWorkflowId } from '../../workflows/messages-sweep';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { Problem } from '../problem';

const ANSWER_WITHIN_MS = 5_000;

/** `POST /v1/shops/:shopId/sweep`: the platform is asked at once what has changed, and from then on by the shop's hours. */
export function sweepShop(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    if (shop.sweep === undefined) throw new Problem('refused', details.noSweep(shop.id));
    await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, async () => {
      const starter = startingWith(deps.client, await deps.startFields?.(shop.id));
      await beginSweep({ workflow: starter }, { taskQueue: deps.taskQueue, shopId: shop.id });
    });
    res.status(202).json({ shopId: shop.id, workflowId: sweepWorkflowId(shop.id) });
  };
}
