import type { RequestHandler } from 'express';
import { beginCarrierWatch } from '../../engine/shop-accounts';
import { startingWith } from '../../engine/start-ahead';
import { carrierWatchWorkflowId } from '../../workflows/messages-carriers';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';

const ANSWER_WITHIN_MS = 5_000;

/** `POST /v1/shops/:shopId/carriers`: the shop's carrier accounts are looked at now, and from then on every hour. */
export function lookAtCarriers(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, async () => {
      const starter = startingWith(deps.client, await deps.startFields?.(shopId));
      await beginCarrierWatch({ workflow: starter }, { taskQueue: deps.taskQueue, shopId });
    });
    res.status(202).json({ shopId, workflowId: carrierWatchWorkflowId(shopId) });
  };
}
