/** What may be said between an order and the manifest of its day. Instants are epoch milliseconds. */

/** One account, one ship-from, one mailing date: the parcels that leave together under one form. */
export type ManifestKey = {
  account: string;
  shipFrom: string;
  /** YYYY-MM-DD at the ship-from. */
  date: string;
  /** Several forms a day: what is packed after one was closed goes on the next. Absent: the first. */
  round?: number;
};

/** A parcel by its order and its key there. */
export type MemberRef = { orderId: string; package: string };

export const isSameMember = (a: MemberRef, b: MemberRef): boolean => a.orderId === b.orderId && a.package === b.package;

/** A parcel as the manifest's documents keep it. */
export type Member = MemberRef & { shipmentId: string; trackingNumber: string; joinedAt: number };

/**
 * What a manifest tells an order about its parcel. `late`: the form was closed before; join the next mailing date's. `formed`:
 * it is on the form. `scanned`: the form was scanned at a counter or by a driver at `at`, as a person showed. `leftOff`: it is
 * not on the form, for `reason`.
 */
export type ManifestNotice = {
  package: string;
  manifest: string;
  what: 'late' | 'formed' | 'scanned' | 'leftOff';
  at: number;
  form?: string;
  reason?: string;
};

/**
 * What a person brings back from the counter. A stamp, a signature or a proof of pickup makes the evidence complete. `noteHash`:
 * what they wrote about it is a document of that name; people's words stand in no history. `file`: the SHA-256 of the picture or
 * paper, which is kept beside the manifest's documents.
 */
export type Proof = { kind: ProofKind; noteHash?: string; file?: string };

export type ProofKind = 'stampedForm' | 'stampedReceipt' | 'receipt' | 'signature' | 'proofOfPickup' | 'photo';

/** Whether a report of a scan proves by itself that the carrier had the parcels. */
export type Evidence = 'complete' | 'weak';

/** The form as the provider made it. */
export type FormMade = { formId: string; number: string | null; madeAt: number; members: number; sha256: string };

/** What a person says of a form that they made elsewhere. `listHash`, `file`: documents by their SHA-256. Epoch milliseconds. */
export type BroughtForm = { number: string; madeAt: number; listHash?: string; file?: string };

/** What evidence of one form still lacks: its own file, a proof of the scan, or the picture of a proof that is only told of. */
export type MissingEvidence = 'formFile' | 'proof' | 'proofFile';

/** The name of a manifest's workflow. */
export const manifestIdOf = ({ account, shipFrom, date, round = 1 }: ManifestKey): string =>
  `manifest:${account}:${shipFrom}:${date}${round === 1 ? '' : `:${round}`}`;
