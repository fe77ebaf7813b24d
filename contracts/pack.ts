import { z } from 'zod';

/** The evidence of one filing as it is kept and as it goes out. Instants are ISO 8601 in UTC, hashes SHA-256 in hex. */

const At = z.string();
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What was kept once and never changes: a document of ours or a file, by its key in the store and the hash that it had. */
export const HashedPiece = z.object({
  /** What it is, by the names in `words/pack.ts`. */
  name: z.string(),
  /** A tracking number, a form's number, the number of a report: what tells it from others of its name. */
  about: z.string().exactOptional(),
  kind: z.enum(['document', 'file']),
  key: z.string(),
  sha256: Sha256,
});
export type HashedPiece = z.infer<typeof HashedPiece>;

/** A piece that is not what it was: `found` is null where nothing is there any more. */
export const ChangedPiece = HashedPiece.extend({ found: Sha256.nullable() });
export type ChangedPiece = z.infer<typeof ChangedPiece>;

export const PackResponsibility = z.object({
  party: z.enum(['carrier', 'seller', 'unclear']),
  rule: z.string(),
  source: z.string(),
  /** From which day the rule's source is. */
  since: z.string(),
  /** Why, by the names in `words/pack.ts`. */
  reason: z.string(),
});
export type PackResponsibility = z.infer<typeof PackResponsibility>;

const PackDeadline = z.object({
  name: z.string(),
  /** What is called due: the platform's instant where it names one, else the rule's. */
  dueAt: At,
  ruleAt: At.nullable(),
  platformAt: At.nullable(),
  /** As people of the rule's zone say it. */
  local: z.string().nullable(),
  rule: z.string().nullable(),
  source: z.string().nullable(),
  met: z.boolean().nullable(),
  metAt: At.nullable(),
});
export type PackDeadline = z.infer<typeof PackDeadline>;

const PackLabel = z.object({
  carrier: z.string(),
  service: z.string().nullable(),
  /** Through which of the seller's accounts it was bought. */
  account: z.string().nullable(),
  boughtAt: At.nullable(),
});
export type PackLabel = z.infer<typeof PackLabel>;

/** The carrier's own code or words are in `code`. */
const PackScan = z.object({ at: At, meaning: z.string(), code: z.string().nullable() });
export type PackScan = z.infer<typeof PackScan>;

const PackPlatform = z.object({
  status: z.string(),
  statusAt: At,
  createdAt: At,
  shippingType: z.string(),
  cancelledBy: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  carrier: z.string().nullable(),
  times: z.record(z.string(), At),
});
export type PackPlatform = z.infer<typeof PackPlatform>;

/** One parcel of one order. */
export const PackOrder = z.object({
  orderId: z.string(),
  package: z.string(),
  trackingNumber: z.string().nullable(),
  /** The limit that was broken, where one was. */
  limit: z.object({ deadline: z.string(), at: At }).nullable(),
  /** Whole hours without an event after the form was scanned. */
  silentHours: z.number().nullable(),
  /** The number of the form that it is on, as we wrote that down. */
  form: z.string().nullable(),
  /** Where its deadlines and its story were read. */
  readFrom: z.enum(['order', 'dossier', 'nowhere']),
  policy: z.object({ set: z.string(), version: z.string(), tzdata: z.string() }).nullable(),
  deadlines: z.array(PackDeadline),
  label: PackLabel.nullable(),
  /** Where the carrier's events were read: from the carrier itself, or from what it had told the order. */
  eventsFrom: z.enum(['carrier', 'order', 'nowhere']),
  events: z.array(PackScan),
  platform: PackPlatform.nullable(),
  timeline: z.array(z.object({ at: At, what: z.string() })),
  responsibility: PackResponsibility,
});
export type PackOrder = z.infer<typeof PackOrder>;

export const PackForm = z.object({
  formId: z.string(),
  number: z.string().nullable(),
  madeAt: At.nullable(),
  /** Of its file; null where it has none. */
  sha256: Sha256.nullable(),
  key: z.string().nullable(),
  /** How many parcels are on it, and how many of those that this case is about. */
  parcels: z.number(),
  ours: z.number(),
});
export type PackForm = z.infer<typeof PackForm>;

export const PackReport = z.object({
  scannedAt: At.nullable(),
  reportedAt: At.nullable(),
  place: z.string().nullable(),
  note: z.string().nullable(),
  proofs: z.array(z.object({ kind: z.string(), note: z.string().nullable(), file: Sha256.nullable() })),
});
export type PackReport = z.infer<typeof PackReport>;

/** A photo or a paper. `takenAt` is the camera's word, `receivedAt` ours. */
export const PackFile = z.object({
  key: z.string(),
  sha256: Sha256,
  type: z.enum(['pdf', 'jpeg', 'png', 'heic']),
  bytes: z.number(),
  receivedAt: At,
  takenAt: z.string().nullable(),
  /** What it is a proof of, by the reports that name it. */
  kinds: z.array(z.string()),
});
export type PackFile = z.infer<typeof PackFile>;

const PackPickup = z.object({
  status: z.string(),
  confirmation: z.string(),
  bookedAt: At,
  from: At,
  until: At,
  parcels: z.number(),
});
export type PackPickup = z.infer<typeof PackPickup>;

export const EvidencePack2 = z.object({
  edition: z.literal(2),
  shopId: z.string(),
  caseKey: z.string(),
  gatheredAt: At,
  cause: z.enum(['stalled', 'cancelled', 'lost', 'notCollected']),
  carrier: z.string(),
  scannedAt: At.nullable(),
  /** Whose word the scan is: of the carrier itself, of papers that show it, or of the seller alone. */
  scanBy: z.enum(['carrier', 'papers', 'seller']).nullable(),
  movedAt: At.nullable(),
  complete: z.boolean(),
  missing: z.array(z.string()),
  /** The claim was settled; absent in it: who the case is about may still grow. */
  isClaim: z.boolean(),
  /** How many parcels the case knows, where not all are listed. */
  parcels: z.number(),
  orders: z.array(PackOrder),
  forms: z.array(PackForm),
  reports: z.array(PackReport),
  files: z.array(PackFile),
  pickups: z.array(PackPickup),
  responsibility: PackResponsibility,
  statement: z.string(),
  pieces: z.array(HashedPiece),
  /** What was found changed when it was gathered: it is no evidence any more. */
  tampered: z.array(ChangedPiece),
});
export type EvidencePack2 = z.infer<typeof EvidencePack2>;

/** What a pack's pieces are read from. */
export type PieceStore = {
  get: (key: string) => Promise<string | undefined>;
  getFile: (key: string) => Promise<Uint8Array | undefined>;
};

/** Pieces that are read at once. */
const READ_AT_ONCE = 20;

/** @returns The SHA-256 of bytes, or of a text in UTF-8, in hex. */
export async function sha256Of(content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hash of what lies under a piece's key now; null where nothing does. */
export async function hashNow(store: PieceStore, { kind, key }: HashedPiece): Promise<string | null> {
  const content = kind === 'document' ? await store.get(key) : await store.getFile(key);
  return content === undefined ? null : sha256Of(content);
}

/**
 * Works out every hash anew from what is in the store now.
 * @returns The pieces that are not what they were, in their order; none: nothing was changed.
 */
export async function checkHashes(pieces: readonly HashedPiece[], store: PieceStore): Promise<ChangedPiece[]> {
  const changed: ChangedPiece[] = [];
  for (let from = 0; from < pieces.length; from += READ_AT_ONCE) {
    const some = pieces.slice(from, from + READ_AT_ONCE);
    const found = await Promise.all(some.map((piece) => hashNow(store, piece)));
    changed.push(...some.flatMap((piece, index) => compared(piece, found[index] ?? null)));
  }
  return changed;
}

const compared = (piece: HashedPiece, found: string | null): ChangedPiece[] =>
  found === piece.sha256 ? [] : [{ ...piece, found }];

/** What came of looking a pack through. `sha256`: of the pack itself as it lies there, to hold against what its case remembers. */
export type PackCheck = { key: string; sha256: string; pieces: number; changed: ChangedPiece[] };

/**
 * Holds every hash in a pack against the store.
 * @returns Undefined where there is no pack of this edition under the key.
 */
export async function verifyPack(store: PieceStore, key: string): Promise<PackCheck | undefined> {
  const text = await store.get(key);
  const pack = text === undefined ? undefined : readPack(text);
  if (text === undefined || pack === undefined) return undefined;
  // What was changed before it was gathered is among no pieces; it was changed all the same.
  const changed = [...(await checkHashes(pack.pieces, store)), ...pack.tampered];
  return { key, sha256: await sha256Of(text), pieces: pack.pieces.length, changed };
}

/** A pack of this edition; undefined for anything else. */
export function readPack(text: string): EvidencePack2 | undefined {
  try {
    return EvidencePack2.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
