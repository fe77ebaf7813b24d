import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { evidenceRecordKey } from '../contracts/evidence';
import type { Shop } from '../contracts/shop';
import type { ManifestKey } from '../domain/manifest/manifest';
import { isAnyLoadedIn } from '../domain/manifest/papers';
import { details } from '../words/api';
import { evidenceDetails } from '../words/evidence';
import { formDetails } from '../words/form-cli';
import { bringForm, closeManifest, manifestFolder, manifestNote, reportScan } from '../workflows/messages-manifest';
import type { ApiDeps } from './deps';
import { readBody } from './door';
import { shopNow } from './form-clock';
import { asScanned } from './form-numbers';
import type { ManifestCommand } from './manifests';
import { Problem } from './problem';

/** `documents`: what must be there before the manifest is told of it, by key. */
type Ordered = Pick<ManifestCommand, 'update'> & { fields: object; documents: Record<string, string> };

/** Beside which manifest something is ordered. */
type OrderedOf = { deps: ApiDeps; shop: Shop; key: ManifestKey };

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime({ offset: true }).transform((at) => Date.parse(at));

/** As many as one form takes where a limit is published, and room to spare. */
const MOST_NUMBERS = 10_000;

const Close = z.strictObject({ onlyLoaded: z.literal(true).optional() });

const Scan = z.strictObject({
  scannedAt: instant,
  place: z.string().trim().min(1).max(200).optional(),
  /** Which form was scanned, where a manifest has several; all of them if left out. */
  form: z.string().min(1).max(200).optional(),
  proofs: z
    .array(
      z.strictObject({
        kind: z.enum(['stampedForm', 'stampedReceipt', 'receipt', 'signature', 'proofOfPickup', 'photo']),
        note: z.string().trim().min(1).max(500).optional(),
        file: hash.optional(),
      }),
    )
    .max(20)
    .default([]),
});

const Bring = z.strictObject({
  /** As it stands under the barcode, in groups or not. */
  number: z.string().trim().min(1).max(64),
  madeAt: instant.optional(),
  trackingNumbers: z.array(z.string().trim().min(1).max(64)).min(1).max(MOST_NUMBERS).optional(),
  file: hash.optional(),
});

type Read = (req: Request, about: OrderedOf) => Promise<Ordered>;

/** What people may order of a manifest, by the last part of the path. */
export const MANIFEST_VERBS: Record<'close' | 'scanned' | 'bring', Read> = {
  close: async (req, { deps, key }) => {
    const { onlyLoaded } = readBody(req, Close);
    if (onlyLoaded === true && !(await isAnyLoadedIn(deps.documents, manifestFolder(key))))
      throw new Problem('refused', formDetails.nothingLoaded(key.date));
    return { update: closeManifest, fields: {}, documents: {} };
  },
  scanned: async (req, { deps, key }) => {
    const { scannedAt, place, proofs, form } = readBody(req, Scan);
    for (const [index, { file }] of proofs.entries())
      await assertFile(deps, key, { file, at: `/proofs/${index}/file` });
    const notes = [place, ...proofs.map(({ note }) => note)].filter((text) => text !== undefined);
    const fields = {
      scannedAt,
      ...(place === undefined ? {} : { placeHash: sha256(place) }),
      ...(form === undefined ? {} : { form }),
      proofs: proofs.map(proofOf),
    };
    const documents = notes.map((text) => [manifestNote(key, sha256(text)), JSON.stringify({ text })] as const);
    return { update: reportScan, fields, documents: Object.fromEntries(documents) };
  },
  bring: async (req, { deps, shop, key }) => {
    const { number, madeAt, trackingNumbers, file } = readBody(req, Bring);
    await assertFile(deps, key, { file, at: '/file' });
    const list = trackingNumbers === undefined ? undefined : JSON.stringify(distinct(trackingNumbers));
    const fields = {
      number: number.replace(/[\s\p{Pd}]+/gu, ''),
      madeAt: madeAt ?? (await shopNow(deps, shop)),
      ...(list === undefined ? {} : { listHash: sha256(list) }),
      ...(file === undefined ? {} : { file }),
    };
    const documents = list === undefined ? {} : { [`${manifestFolder(key)}/lists/${sha256(list)}`]: list };
    return { update: bringForm, fields, documents };
  },
};

type SaidProof = z.infer<typeof Scan>['proofs'][number];

const proofOf = ({ kind, note, file }: SaidProof): object => ({
  kind,
  ...(note === undefined ? {} : { noteHash: sha256(note) }),
  ...(file === undefined ? {} : { file }),
});

/** Each number once, sorted: the same list has the same hash, however it was typed. */
const distinct = (numbers: readonly string[]): string[] => [...new Set(numbers.map(asScanned))].sort();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A proof with a file that is not there would stay weak, and nobody would see why. */
async function assertFile(
  { documents }: ApiDeps,
  key: ManifestKey,
  { file, at }: { file: string | undefined; at: string },
): Promise<void> {
  if (file === undefined) return;
  if ((await documents.get(evidenceRecordKey(manifestFolder(key), file))) !== undefined) return;
  throw new Problem('invalid-body', details.invalidBody, {
    errors: [{ pointer: at, detail: evidenceDetails.notKept(file) }],
  });
}
