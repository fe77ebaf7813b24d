import type { RequestHandler } from 'express';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { askManifest, formFileLinks, manifestLinks, manifestOfPath } from '../manifests';

const READ_WITHIN_MS = 5_000;

/** `GET /v1/manifests/:shopId/:manifest`: one manifest as its workflow tells it, also after its end. */
export function readManifest(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, manifest: manifestOfPath(req) };
    const view = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askManifest(deps, ref));
    const links = { ...manifestLinks(deps, ref), forms: formFileLinks(ref, view.forms) };
    res.json({ ...view, manifest: ref.manifest, links });
  };
}
