import type { RequestHandler } from 'express';
import { bucketsAt } from '../buckets';
import type { ApiDeps } from '../deps';
import { listManifests } from '../manifests';
import { overviewPage, type PendingForm } from '../overview-page';

const SHOW_WITHIN_MS = 5_000;
const MOST_FORMS = 20;

/** `GET /`: the open orders by the time that is left, for people. */
export function showOverview(deps: ApiDeps): RequestHandler {
  return async (_req, res) => {
    const now = Date.now();
    const [buckets, forms] = await deps.client.withDeadline(now + SHOW_WITHIN_MS, () =>
      Promise.all([bucketsAt(deps, now), pendingForms(deps)]),
    );
    res.type('html').send(overviewPage(buckets, forms, now));
  };
}

/** Forms that are open, to be brought to the carrier, or whose report is waited for: the newest of all shops. */
async function pendingForms(deps: ApiDeps): Promise<PendingForm[]> {
  const newest = await listManifests(deps, { limit: MOST_FORMS });
  return newest
    .filter(({ open }) => open)
    .map(({ date, account, shipFrom, phase, shopId, manifest }) => {
      return { date, account, shipFrom, phase, guide: `/manifests/${shopId}/${manifest}/guide` };
    });
}
