import { MOST_EVIDENCE_BYTES, type EvidenceType } from '../../contracts/evidence';
import { checkHeic, isHeic } from './heic';
import { checkJpeg } from './jpeg';
import { checkPdf, PDF_SIGNATURE } from './pdf';
import { checkPng, PNG_SIGNATURE } from './png';
import { hidesPdf, isArchiveToo } from './polyglot';
import type { EvidenceRefusal } from './refusal';
import { takenAtOf } from './taken-at';

export type { EvidenceRefusal };

/** `takenAt`: what the camera says, as the photo has it. */
type CheckedEvidence = { type: EvidenceType; takenAt?: string } | { refused: EvidenceRefusal };

const JPEG_SIGNATURE = Buffer.from([0xff, 0xd8, 0xff]);

/**
 * What a file is, by what is in it: neither its name nor what its sender calls it is asked. Refused is what is nothing of the four,
 * what is a second thing as well, and what acts when it is opened.
 */
export async function checkEvidence(file: Uint8Array): Promise<CheckedEvidence> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length === 0) return { refused: 'empty' };
  if (bytes.length > MOST_EVIDENCE_BYTES) return { refused: 'tooLarge' };
  const type = typeOf(bytes);
  if (type === undefined) return { refused: 'unknown' };
  const refused = await refusalOf(bytes, type);
  if (refused !== undefined) return { refused };
  const takenAt = type === 'pdf' ? undefined : takenAtOf(bytes);
  return { type, ...(takenAt === undefined ? {} : { takenAt }) };
}

function typeOf(bytes: Buffer): EvidenceType | undefined {
  if (bytes.subarray(0, 3).equals(JPEG_SIGNATURE)) return 'jpeg';
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return 'png';
  if (bytes.subarray(0, PDF_SIGNATURE.length).toString('latin1') === PDF_SIGNATURE) return 'pdf';
  return isHeic(bytes) ? 'heic' : undefined;
}

const CHECKS = { jpeg: checkJpeg, png: checkPng, heic: checkHeic, pdf: checkPdf } as const;

async function refusalOf(bytes: Buffer, type: EvidenceType): Promise<EvidenceRefusal | undefined> {
  if (isArchiveToo(bytes)) return 'polyglot';
  if (type !== 'pdf' && hidesPdf(bytes)) return 'polyglot';
  return CHECKS[type](bytes);
}
