import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import type { ManifestKey } from '../../domain/manifest/manifest';
import { evidenceDetails } from '../../words/evidence';
import { manifestFolder, manifestKeyOf, manifestNote, reportScan } from '../../workflows/messages-manifest';
import { bodyHashOf } from '../caller';
import { readBody } from '../door';
import { orderOfManifest } from '../manifests';
import { Problem } from '../problem';
import type { ApiDeps } from '../deps';
import { recordOf } from './kept';
import { claimLink, freeLink, useLink, type Claim, type FoundLink } from './link';

const ANSWER_WITHIN_MS = 5_000;
const MOST_PROOFS = 20;

const Report = z.strictObject({
  scannedAt: z.iso.datetime({ offset: true }).transform((at) => Date.parse(at)),
  place: z.string().trim().max(200).optional(),
  proofs: z
    .array(
      z.strictObject({
        kind: z.enum(['stampedForm', 'stampedReceipt', 'receipt', 'signature', 'proofOfPickup', 'photo']),
        file: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(MOST_PROOFS),
  form: z.string().min(1).max(200).optional(),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What a phone hears of its report. */
type Answer = Record<string, unknown>;

/**
 * Reports a scan for whoever holds a link. The link is claimed first, then the manifest is told, then the link is used up: whatever is
 * lost on the way, the same report sent again is the same update, and hears the same. Another one that finds a claim finishes that one
 * first, and has the link only where it was refused.
 * @returns Undefined where another report used the link.
 * @throws Problem where the manifest refuses it: then the link still serves.
 */
export async function reportByLink(deps: ApiDeps, found: FoundLink, req: Request): Promise<Answer | undefined> {
  const mine = await claimOf(deps, found, req);
  for (;;) {
    const claimed = await claimLink(deps, found, mine);
    if (claimed === undefined) return undefined;
    const { number, claim } = claimed;
    const isMine = claim.bodyHash === mine.bodyHash;
    try {
      const answer = await follow(deps, found, claim);
      return isMine ? answer : undefined;
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'refused') throw error;
      await freeLink(deps, found, number);
      if (isMine) throw error;
    }
  }
}

/** The report as its manifest is told it; its place is written down before: whoever reads the hash finds the words. */
async function claimOf(deps: ApiDeps, found: FoundLink, req: Request): Promise<Claim> {
  const { place, ...fields } = readBody(req, Report);
  const key = keyOf(found);
  for (const { file } of fields.proofs) {
    if ((await recordOf(deps, manifestFolder(key), file)) === undefined)
      throw new Problem('refused', evidenceDetails.notKept(file));
  }
  if (place) await deps.documents.putIfAbsent(manifestNote(key, sha256(place)), JSON.stringify({ text: place }));
  return { bodyHash: bodyHashOf(req), input: { ...fields, ...(place ? { placeHash: sha256(place) } : {}) } };
}

function keyOf({ link: { manifest } }: FoundLink): ManifestKey {
  const key = manifestKeyOf(manifest);
  if (key === undefined) throw new Error(`a link to no manifest: ${manifest}`);
  return key;
}

/** Tells the manifest, and marks the link. */
async function follow(deps: ApiDeps, found: FoundLink, { bodyHash, input: fields }: Claim): Promise<Answer> {
  const { shopId, manifest } = found.link;
  const updateId = sha256(`phone:${found.hash}:${bodyHash}`);
  const input = { ...fields, actor: 'phone', key: updateId, bodyHash };
  const deadline = Date.now() + (deps.updateTimeoutMs ?? ANSWER_WITHIN_MS);
  const verdict = await deps.client.withDeadline(deadline, () =>
    orderOfManifest(deps, { shopId, manifest, updateId, update: reportScan, input }),
  );
  if (!verdict.accepted) throw new Problem('refused', verdict.reason ?? '');
  const at = new Date(verdict.at).toISOString();
  const answer: Answer = { accepted: true, at, ...(verdict.evidence ? { evidence: verdict.evidence } : {}) };
  await useLink(deps, found, { at: verdict.at, bodyHash, answer });
  return answer;
}
