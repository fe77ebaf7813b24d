import type { BroughtForm, Evidence, FormMade, MemberRef, Proof } from './manifest';

/**
 * How many membership documents and how many leavers' documents there are. Both only grow, so the greatest that was heard of
 * holds, however late or often it is told.
 */
export type Counts = { joined: number; left: number };

/**
 * What a person says of the counter or the driver who scanned the form. `placeHash`: the document of the place's name. `form`:
 * the id of the one that it is about; absent: all forms of the manifest.
 */
export type ScanReport = { actor: string; scannedAt: number; placeHash?: string; proofs: Proof[]; form?: string };

export type ManifestOrder =
  | { verb: 'closeManifest'; actor: string }
  | { verb: 'bringForm'; actor: string; brought: BroughtForm }
  | { verb: 'reportScan'; actor: string; report: ScanReport };

/** Everything that can happen to a manifest. `at` is its own time, epoch milliseconds. */
export type ManifestEvent =
  | { kind: 'opened'; at: number }
  | { kind: 'woke'; at: number }
  | { kind: 'joined'; at: number; member: MemberRef; counts: Counts }
  | { kind: 'left'; at: number; counts: Counts }
  | { kind: 'ordered'; at: number; order: ManifestOrder }
  | { kind: 'badMessage'; at: number; handler: string }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number }
  | { kind: 'answered'; at: number; command: string; answer: ManifestAnswer };

/**
 * What came of asking the provider for a form, or of comparing one that a person made. `more`: the other forms of the same closing.
 * `leftOff`: how many parcels no form took. `late`: how many were listed and go with a later one. `strangers`: how many numbers
 * stand on a form and are none of its parcels.
 */
export type FormAnswer =
  | { kind: 'formed'; form: FormMade; more?: FormMade[]; leftOff: number; late?: number; strangers?: number }
  | { kind: 'empty' }
  | { kind: 'refused'; reason: string };

/** Who stands on the list by which a person makes the form: how many. */
export type ListAnswer = { kind: 'listed'; members: number };

/**
 * What is missing before the cut-off: labelled parcels of this account and ship-from that are on no form. `waiting`: how many of
 * them are not packed yet.
 */
export type Orphans = { count: number; waiting: number };

/** What the looks before the cut-off and after the scan found. */
type LookAnswer = ({ kind: 'orphans' } & Orphans) | { kind: 'silent'; count: number };

/** What came back from a command. */
export type ManifestAnswer =
  FormAnswer | ListAnswer | LookAnswer | { kind: 'done' } | { kind: 'failed'; type: string; message: string };

/**
 * The answer to a person's order. `bodyHash` comes back, so that a second request under one key can be told apart. `evidence`:
 * what all reports of the scan are worth together, after this one; `toFetch`: what they still lack, in words.
 */
export type ManifestVerdict = {
  accepted: boolean;
  reason?: string;
  at: number;
  evidence?: Evidence;
  toFetch?: string;
  bodyHash?: string;
};
