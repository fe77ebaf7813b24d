import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { formDetails } from '../../words/form-cli';
import type { ManifestKey } from '../../domain/manifest/manifest';
import { manifestKeyOf, type ManifestView } from '../../workflows/messages-manifest';
import type { ApiDeps } from '../deps';
import { readQuery, shopOfPath } from '../door';
import { parcelsOf } from '../form-parcels';
import { askManifest, manifestOfPath, unknownManifest, type ManifestRef } from '../manifests';

const READ_WITHIN_MS = 30_000;
const MOST_ROWS = 1_000;

/** A cursor is the number of rows before it: a form's list does not change. */
const cursor = z
  .string()
  .regex(/^\d{1,6}$/, formDetails.cursor)
  .transform(Number);

const Query = z.strictObject({
  silent: z.enum(['true', 'false']).default('false'),
  cursor: cursor.default(0),
  limit: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(MOST_ROWS)).default(500),
});

/**
 * `GET /v1/manifests/:shopId/:manifest/parcels?silent=true`: what is known of each parcel, a page at a time; `silent`: only those
 * on a form of which their carrier has told nothing.
 */
export function readFormParcels(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const asked = readQuery(req, Query);
    const { ref, key, view } = await manifestAsked(deps, req);
    const wish = { isSilent: asked.silent === 'true', from: asked.cursor, limit: asked.limit };
    const { parcels, total } = await parcelsOf({ deps, shopId: ref.shopId, key, view }, wish);
    const next = wish.from + parcels.length;
    res.json({ data: parcels, total, nextCursor: next < total && parcels.length > 0 ? String(next) : null });
  };
}

/** The manifest that a path names, as its workflow tells it. */
async function manifestAsked(
  deps: ApiDeps,
  req: Request,
): Promise<{ ref: ManifestRef; key: ManifestKey; view: ManifestView }> {
  const { id: shopId } = await shopOfPath(deps, req);
  const ref = { shopId, manifest: manifestOfPath(req) };
  const key = manifestKeyOf(ref.manifest);
  if (key === undefined) throw unknownManifest(ref.manifest);
  const view = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askManifest(deps, ref));
  return { ref, key, view };
}
