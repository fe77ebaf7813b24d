import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { details } from '../../words/api';
import { manifestSteps } from '../../words/manifest';
import {
  closeManifest,
  manifestKeyOf,
  manifestNote,
  reportScan,
  type ManifestVerdict,
} from '../../workflows/messages-manifest';
import { bodyHashOf, callerOf, requestIdOf } from '../caller';
import type { ApiDeps } from '../deps';
import { readBody, shopOfPath } from '../door';
import { askManifest, manifestOfPath, orderOfManifest, type ManifestCommand, type ManifestRef } from '../manifests';
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

/** `texts`: what people wrote, which is kept as documents; `fields` name it by its hashes. */
type Ordered = Pick<ManifestCommand, 'update'> & { fields: object; texts: string[] };

/** What people may order of a manifest, by the last part of the path. */
export const MANIFEST_VERBS = {
  close: (req: Request): Ordered => ({ update: closeManifest, fields: readBody(req, Nothing), texts: [] }),
  scanned: (req: Request): Ordered => {
    const { scannedAt, place, proofs } = readBody(req, Scan);
    const fields = {
      scannedAt,
      ...(place === undefined ? {} : { placeHash: sha256(place) }),
      proofs: proofs.map(({ kind, note }) => ({ kind, ...(note === undefined ? {} : { noteHash: sha256(note) }) })),
    };
    const texts = [place, ...proofs.map(({ note }) => note)].filter((text) => text !== undefined);
    return { update: reportScan, fields, texts };
  },
} as const;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * `POST /v1/manifests/:shopId/:manifest/<verb>`: orders something of a manifest and waits for the verdict. A repeat under one
 * key has one effect and hears the first answer.
 */
export function commandManifest(deps: ApiDeps, path: keyof typeof MANIFEST_VERBS): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const manifest = manifestOfPath(req);
    const { update, fields, texts } = MANIFEST_VERBS[path](req);
    const caller = callerOf(req);
    const input = { ...fields, ...caller, bodyHash: bodyHashOf(req) };
    const updateId = requestIdOf(caller, shopId, `manifests/${manifest}/${path}`);
    const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
    const verdict = await deps.client.withDeadline(deadline, async () => {
      await keepTexts(deps, { shopId, manifest }, texts);
      return orderOfManifest(deps, { shopId, manifest, updateId, update, input });
    });
    if (verdict.bodyHash !== input.bodyHash) throw new Problem('key-reused', details.keyReused);
    if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
    res.json({ accepted: true, at: new Date(verdict.at).toISOString(), ...evidenceIn(verdict) });
  };
}

/** What the report is worth, and what is still to be fetched where that is not enough. */
function evidenceIn({ evidence }: ManifestVerdict): object {
  if (evidence === undefined) return {};
  return evidence === 'weak' ? { evidence, toFetch: manifestSteps.weakEvidence } : { evidence };
}

/** Keeps what people wrote before anybody is told its hash; beside a manifest that is not there nothing is kept. */
async function keepTexts(deps: ApiDeps, ref: ManifestRef, texts: readonly string[]): Promise<void> {
  const key = manifestKeyOf(ref.manifest);
  if (key === undefined || texts.length === 0) return;
  await askManifest(deps, ref);
  for (const text of texts) await deps.documents.putIfAbsent(manifestNote(key, sha256(text)), JSON.stringify({ text }));
}
