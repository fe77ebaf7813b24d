import type { RequestHandler } from 'express';
import { z } from 'zod';
import { readBody, shopOfPath } from '../door';
import { assertManifest, manifestOfPath } from '../manifests';
import type { ApiDeps } from '../deps';
import { giveLink } from '../upload/link';

const FIND_WITHIN_MS = 5_000;

const Nothing = z.strictObject({});

/** `POST /v1/manifests/:shopId/:manifest/upload-link`: a link by which a phone sends photos and one report, without a sign-in. */
export function giveUploadLink(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    readBody(req, Nothing);
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, manifest: manifestOfPath(req) };
    await deps.client.withDeadline(Date.now() + FIND_WITHIN_MS, () => assertManifest(deps, ref));
    res.status(201).json(await giveLink(deps, req, ref));
  };
}
