import { z } from 'zod';

/** What a file of evidence may be. Nothing in it may act: no script, no form that sends, no file within a file. */
export const EVIDENCE_TYPES = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  heic: 'image/heic',
} as const;
export type EvidenceType = keyof typeof EVIDENCE_TYPES;

/** The largest photo of a phone, and room to spare. */
export const MOST_EVIDENCE_BYTES = 15 * 1024 * 1024;

/** What a file shows. A report of a scan says it of the files that it names; what is brought to a case itself says it in its record. */
export const EvidenceKind = z.enum(['stampedForm', 'stampedReceipt', 'receipt', 'signature', 'proofOfPickup', 'photo']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** What is written beside a file. The file itself is never changed: its hash is its name. */
export const EvidenceRecord = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  type: z.enum(['pdf', 'jpeg', 'png', 'heic']),
  bytes: z.int().positive(),
  /** By our clock, ISO 8601. */
  receivedAt: z.string(),
  /** By the camera's clock, as the photo says it: `2026-11-23T15:04:05`, with its offset where it has one. */
  takenAt: z.string().optional(),
  via: z.enum(['api', 'phone']),
  /** Absent of a manifest's files, and of a file that shows nothing of the hand-over. */
  kind: EvidenceKind.optional(),
});
export type EvidenceRecord = z.infer<typeof EvidenceRecord>;

/** Where a file lies under its manifest's or its case's folder, and what is written beside it. */
export const evidenceFileKey = (folder: string, { sha256, type }: Pick<EvidenceRecord, 'sha256' | 'type'>): string =>
  `${folder}/evidence/${sha256}.${type}`;
export const evidenceRecordKey = (folder: string, sha256: string): string => `${folder}/evidence/${sha256}`;

/** A link by which a phone reports one scan without a sign-in. It is kept under the SHA-256 of its token: whoever reads documents has no link. */
export const UploadLink = z.object({
  shopId: z.string(),
  manifest: z.string(),
  /** Epoch milliseconds, by the real clock. */
  createdAt: z.number(),
  expiresAt: z.number(),
});
export type UploadLink = z.infer<typeof UploadLink>;
export const uploadLinkKey = (tokenHash: string): string => `uploads/${tokenHash}`;
/** There once the link was used: it serves for one report. */
export const usedLinkKey = (tokenHash: string): string => `uploads/${tokenHash}.used`;
