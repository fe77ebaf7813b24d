import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import { listAppeals } from '../appeals';
import type { ApiDeps } from '../deps';
import { knownShop, readQuery } from '../door';

const LIST_WITHIN_MS = 5_000;

const Query = z.strictObject({
  shop: PlatformId.optional(),
  limit: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(1000)).default(100),
});

/** `GET /v1/appeals`: open and ended cases, the newest first. */
export function listAllAppeals(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const asked = readQuery(req, Query);
    if (asked.shop !== undefined) await knownShop(deps, asked.shop);
    const asOf = new Date().toISOString();
    const data = await deps.client.withDeadline(Date.now() + LIST_WITHIN_MS, () => listAppeals(deps, asked));
    res.json({ data, asOf });
  };
}
