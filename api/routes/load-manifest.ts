import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody, shopOfPath } from '../door';
import type { ApiDeps } from '../deps';
import { shopNow } from '../form-clock';
import { loadAll, MOST_LOADED_AT_ONCE } from '../form-load';
import { assertManifest, manifestOfPath } from '../manifests';

const FIND_WITHIN_MS = 5_000;

const Loading = z.strictObject({
  trackingNumbers: z.array(z.string().trim().min(1).max(64)).min(1).max(MOST_LOADED_AT_ONCE),
});

/**
 * `POST /v1/manifests/:shopId/:manifest/load`: parcels that were scanned onto the truck, and of each whether it belongs there. Once
 * one was, only those that were are on the form.
 */
export function loadManifest(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const ref = { shopId: shop.id, manifest: manifestOfPath(req) };
    const { trackingNumbers } = readBody(req, Loading);
    await deps.client.withDeadline(Date.now() + FIND_WITHIN_MS, () => assertManifest(deps, ref));
    const answers = await loadAll(deps, ref, { trackingNumbers, at: await shopNow(deps, shop) });
    const onTruck = answers.filter(({ answer }) => answer === 'onTruck' || answer === 'again').length;
    res.json({ answers, onTruck, refused: answers.length - onTruck });
  };
}
