import type { RequestHandler } from 'express';
import { details } from '../../words/api';
import { manifestSteps } from '../../words/manifest';
import { manifestKeyOf, type ManifestVerdict } from '../../workflows/messages-manifest';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { shopOfPath } from '../door';
import { MANIFEST_VERBS } from '../form-verbs';
import { assertManifest, manifestOfPath, orderOfManifest, unknownManifest } from '../manifests';
import { Problem } from '../problem';

export { MANIFEST_VERBS };

const ANSWER_WITHIN_MS = 5_000;

/**
 * `POST /v1/manifests/:shopId/:manifest/<verb>`: orders something of a manifest and waits for the verdict. A repeat under one
 * key has one effect and hears the first answer.
 */
export function commandManifest(deps: ApiDeps, path: keyof typeof MANIFEST_VERBS): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const ref = { shopId: shop.id, manifest: manifestOfPath(req) };
    const key = manifestKeyOf(ref.manifest);
    if (key === undefined) throw unknownManifest(ref.manifest);
    const caller = callerOf(req);
    const bodyHash = bodyHashOf(req);
    const updateId = requestIdOf(caller, ref.shopId, `manifests/${ref.manifest}/${path}`);
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, async () => {
      // Beside a manifest that is not there, or another shop's, nothing is read and nothing is kept.
      await assertManifest(deps, ref);
      const { update, fields, documents } = await MANIFEST_VERBS[path](req, { deps, shop, key });
      // Written before anybody is told their hashes.
      for (const [name, text] of Object.entries(documents)) await deps.documents.putIfAbsent(name, text);
      return orderOfManifest(deps, { ...ref, updateId, update, input: { ...fields, ...caller, bodyHash } });
    });
    if (verdict.bodyHash !== bodyHash) throw new Problem('key-reused', details.keyReused);
    if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
    res.json({ accepted: true, at: new Date(verdict.at).toISOString(), ...evidenceIn(verdict) });
  };
}

/** What the report is worth, and what is still to be fetched where that is not enough. */
function evidenceIn({ evidence, toFetch = manifestSteps.weakEvidence }: ManifestVerdict): object {
  if (evidence === undefined) return {};
  return evidence === 'weak' ? { evidence, toFetch } : { evidence };
}
