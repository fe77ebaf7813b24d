import type { RequestHandler } from 'express';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { formDayOf } from '../form-day';

/** Thousands of open orders are looked through for one answer. */
const READ_WITHIN_MS = 30_000;

/** `GET /v1/shops/:shopId/forms`: the forms of today and of the next mailing date, and the labelled parcels that are on none. */
export function readFormDay(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    res.json(await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => formDayOf(deps, shop)));
  };
}
