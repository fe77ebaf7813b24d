import type { RequestHandler } from 'express';
import { bucketsAt } from '../buckets';
import type { ApiDeps } from '../deps';
import { overviewPage } from '../overview-page';

const SHOW_WITHIN_MS = 5_000;

/** `GET /`: the open orders by the time that is left, for people. */
export function showOverview(deps: ApiDeps): RequestHandler {
  return async (_req, res) => {
    const now = Date.now();
    const buckets = await deps.client.withDeadline(now + SHOW_WITHIN_MS, () => bucketsAt(deps, now));
    res.type('html').send(overviewPage(buckets, now));
  };
}
