import type { RequestHandler } from 'express';
import { appealLinks, askAppeal, caseKeyOfPath } from '../appeals';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';

const READ_WITHIN_MS = 5_000;

/** `GET /v1/appeals/:shopId/:caseKey`: one case as its workflow tells it, also after its end. */
export function readAppeal(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, caseKey: caseKeyOfPath(req) };
    const view = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askAppeal(deps, ref));
    res.json({ ...view, links: appealLinks(deps, ref) });
  };
}
