import { TypedSearchAttributes } from '@temporalio/common';
import type { RequestHandler } from 'express';
import { startingWith } from '../../engine/start-ahead';
import { details } from '../../words/api';
import { sweepSummaries } from '../../words/sweep';
import { searchAttributes } from '../../workflows/messages';
import { SHOP_SWEEP, sweepNow, sweepWorkflowId, type SweepInput } from '../../workflows/messages-sweep';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { Problem } from '../problem';

const ANSWER_WITHIN_MS = 5_000;

/** `POST /v1/shops/:shopId/sweep`: the platform is asked at once what has changed, and from then on by the shop's hours. */
export function sweepShop(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    if (shop.sweep === undefined) throw new Problem('refused', details.noSweep(shop.id));
    await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => beginSweep(deps, shop.id));
    res.status(202).json({ shopId: shop.id, workflowId: sweepWorkflowId(shop.id) });
  };
}

async function beginSweep({ client, taskQueue, startFields }: ApiDeps, shopId: string): Promise<void> {
  const starter = startingWith(client, await startFields?.(shopId));
  await starter.signalWithStart(SHOP_SWEEP, {
    workflowId: sweepWorkflowId(shopId),
    taskQueue,
    args: [{ shopId } satisfies SweepInput],
    signal: sweepNow,
    // It has no end of its own: one that somebody terminated is begun again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
    staticSummary: sweepSummaries.sweep,
  });
}
