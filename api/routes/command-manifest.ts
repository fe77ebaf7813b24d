import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { details } from '../../words/api';
import { closeManifest, reportScan } from '../../workflows/messages-manifest';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { readBody, shopOfPath } from '../door';
import { manifestOfPath, orderOfManifest, type ManifestCommand } from '../manifests';
import { Problem } from '../problem';

const ANSWER_WITHIN_MS = 5_000;

const Nothing = z.strictObject({});

const Scan = z.strictObject({
  scannedAt: z.iso.datetime({ offset: true }).transform((at) => Date.parse(at)),
  place: z.string().trim().min(1).max(200).optional(),
  proofs: z
    .array(
      z.strictObject({
        kind: z.enum(['stampedForm', 'receipt', 'signature', 'proofOfPickup', 'photo']),
        note: z.string().trim().min(1).max(500).optional(),
      }),
    )
    .max(20)
    .default([]),
});

type Ordered = Pick<ManifestCommand, 'update'> & { fields: object };

/** What people may order of a manifest, by the last part of the path. */
export const MANIFEST_VERBS = {
  close: (req: Request): Ordered => ({ update: closeManifest, fields: readBody(req, Nothing) }),
  scanned: (req: Request): Ordered => ({ update: reportScan, fields: readBody(req, Scan) }),
} as const;

/**
 * `POST /v1/manifests/:shopId/:manifest/<verb>`: orders something of a manifest and waits for the verdict. A repeat under one
 * key has one effect and hears the first answer.
 */
export function commandManifest(deps: ApiDeps, path: keyof typeof MANIFEST_VERBS): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const manifest = manifestOfPath(req);
    const { update, fields } = MANIFEST_VERBS[path](req);
    const caller = callerOf(req);
    const input = { ...fields, ...caller, bodyHash: bodyHashOf(req) };
    const updateId = requestIdOf(caller, shopId, `manifests/${manifest}/${path}`);
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, () =>
      orderOfManifest(deps, { shopId, manifest, updateId, update, input }),
    );
    if (verdict.bodyHash !== input.bodyHash) throw new Problem('key-reused', details.keyReused);
    if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
    res.json({ accepted: true, at: new Date(verdict.at).toISOString() });
  };
}
