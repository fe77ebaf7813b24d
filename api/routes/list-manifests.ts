import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import type { ApiDeps } from '../deps';
import { knownShop, readQuery } from '../door';
import { listManifests } from '../manifests';

const LIST_WITHIN_MS = 5_000;

const Query = z.strictObject({
  shop: PlatformId.optional(),
  limit: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(1000)).default(100),
});

/** `GET /v1/manifests`: open and ended manifests, the newest first. */
export function listAllManifests(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const asked = readQuery(req, Query);
    if (asked.shop !== undefined) await knownShop(deps, asked.shop);
    const asOf = new Date().toISOString();
    const data = await deps.client.withDeadline(Date.now() + LIST_WITHIN_MS, () => listManifests(deps, asked));
    res.json({ data, asOf });
  };
}
