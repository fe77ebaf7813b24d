import { createHash } from 'node:crypto';
import { raw, type RequestHandler } from 'express';
import { checkEvidence, type EvidenceRefusal } from '../../adapters/evidence/check';
import {
  evidenceFileKey,
  type EvidenceKind,
  EvidenceRecord,
  evidenceRecordKey,
  MOST_EVIDENCE_BYTES,
} from '../../contracts/evidence';
import { evidenceDetails, evidenceRefusals } from '../../words/evidence';
import { Problem } from '../problem';
import type { ApiDeps } from '../deps';

type Documents = Pick<ApiDeps, 'documents'>;

/** Of one manifest or case. What links send is not counted in it: nobody outside shuts the desk's door. */
const MOST_FILES = 200;
/** Of one link: it must not become somebody's store. */
const MOST_FILES_OF_LINK = 20;
const READ_AT_ONCE = 20;
const SHA256 = /^[0-9a-f]{64}$/;

const readLarge: RequestHandler = raw({ type: () => true, limit: MOST_EVIDENCE_BYTES });

/** Takes a file as the bytes that came, whatever its sender calls it. */
export const readFileBytes: RequestHandler = (req, res, next) => {
  readLarge(req, res, (error?: unknown) => {
    const isTooLarge = error instanceof Error && 'status' in error && error.status === 413;
    next(isTooLarge ? refusal('tooLarge') : error);
  });
};

/** 413 says that it is too large; all else is content of a kind that is not taken (RFC 9110, 15.5.16). */
const refusal = (refused: EvidenceRefusal): Problem =>
  new Problem(refused === 'tooLarge' ? 'body-too-large' : 'wrong-content-type', evidenceRefusals[refused]);

/** A file that came in: `at` by the shop's clock; `link`: the hash of the one by which it came. */
type Incoming = { bytes: Buffer; via: EvidenceRecord['via']; at: number; kind?: EvidenceKind; link?: string };

/**
 * Keeps a file under its hash, the file first: where a record stands, there is its file. A repeat changes nothing and hears what the
 * first heard.
 * @throws Problem where it is no evidence.
 */
export async function keepEvidence(
  deps: Documents,
  folder: string,
  { bytes, via, at, kind, link }: Incoming,
): Promise<{ record: EvidenceRecord; isNew: boolean }> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = await recordOf(deps, folder, sha256);
  if (known !== undefined) {
    if (kind !== known.kind) throw new Problem('refused', evidenceDetails.otherKind(known.kind ?? '-'));
    return { record: known, isNew: false };
  }
  const checked = await checkEvidence(bytes);
  if ('refused' in checked) throw refusal(checked.refused);
  await takeSlot(deps, slotsOf(folder, link), sha256);
  const receivedAt = new Date(at).toISOString();
  const record: EvidenceRecord = {
    sha256,
    bytes: bytes.length,
    receivedAt,
    via,
    ...checked,
    ...(kind ? { kind } : {}),
  };
  await deps.documents.putFileIfAbsent(evidenceFileKey(folder, record), bytes);
  const isNew = await deps.documents.putIfAbsent(evidenceRecordKey(folder, sha256), JSON.stringify(record));
  // Two who sent the same one at once both hear of the one that stands.
  return { record: (isNew ? record : await recordOf(deps, folder, sha256)) ?? record, isNew };
}

/** Where the numbers are that files take, and how many there are. */
type Slots = { in: string; most: number };

const slotsOf = (folder: string, link: string | undefined): Slots =>
  link === undefined
    ? { in: `${folder}/evidence-numbers`, most: MOST_FILES }
    : { in: `uploads/${link}.files`, most: MOST_FILES_OF_LINK };

/** Each file takes one of so many numbers, also where many come at once: who lists and then writes passes the most. */
async function takeSlot({ documents }: Documents, slots: Slots, sha256: string): Promise<void> {
  const { length: taken } = await documents.list(slots.in);
  // From the last one on: the first sending of the same file may have been cut off before it was kept.
  for (let number = Math.max(1, taken); number <= slots.most; number += 1) {
    const slot = `${slots.in}/${number}`;
    if (await documents.putIfAbsent(slot, JSON.stringify({ sha256 }))) return;
    if ((await documents.get(slot)) === JSON.stringify({ sha256 })) return;
  }
  throw new Problem('refused', evidenceDetails.tooMany(slots.most));
}

/** What is written beside a file; undefined where nobody kept it. */
export async function recordOf(
  { documents }: Documents,
  folder: string,
  sha256: string,
): Promise<EvidenceRecord | undefined> {
  if (!SHA256.test(sha256)) throw new Problem('unknown-route', evidenceDetails.noHash);
  const text = await documents.get(evidenceRecordKey(folder, sha256));
  return text === undefined ? undefined : EvidenceRecord.parse(JSON.parse(text));
}

/** All that is kept, in the order in which it came. */
export async function listEvidence(deps: Documents, folder: string): Promise<EvidenceRecord[]> {
  const keys = await deps.documents.list(`${folder}/evidence`);
  const records: EvidenceRecord[] = [];
  for (let from = 0; from < keys.length; from += READ_AT_ONCE) {
    const some = keys.slice(from, from + READ_AT_ONCE).map((key) => key.slice(key.lastIndexOf('/') + 1));
    const found = await Promise.all(some.map((sha256) => recordOf(deps, folder, sha256)));
    records.push(...found.filter((record) => record !== undefined));
  }
  return records.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

/** How an answer tells of a file. */
export const toldOf = ({ sha256, type, bytes, receivedAt, takenAt, kind }: EvidenceRecord): object => ({
  ...{ sha256, type, bytes, receivedAt },
  ...(takenAt === undefined ? {} : { takenAt }),
  ...(kind === undefined ? {} : { kind }),
});
