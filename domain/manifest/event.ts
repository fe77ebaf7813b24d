import type { Evidence, FormMade, MemberRef, Proof } from './manifest';

/**
 * How many membership documents and how many leavers' documents there are. Both only grow, so the greatest that was heard of
 * holds, however late or often it is told.
 */
export type Counts = { joined: number; left: number };

/** What a person says of the counter or the driver who scanned the form. `placeHash`: the document of the place's name. */
export type ScanReport = { actor: string; scannedAt: number; placeHash?: string; proofs: Proof[] };

export type ManifestOrder =
  { verb: 'closeManifest'; actor: string } | { verb: 'reportScan'; actor: string; report: ScanReport };

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

/** What came of asking the provider for a form. `leftOff`: how many parcels it did not take. */
export type FormAnswer =
  { kind: 'formed'; form: FormMade; leftOff: number } | { kind: 'empty' } | { kind: 'refused'; reason: string };

/** What came back from a command. */
export type ManifestAnswer = FormAnswer | { kind: 'done' } | { kind: 'failed'; type: string; message: string };

/**
 * The answer to a person's order. `bodyHash` comes back, so that a second request under one key can be told apart. `evidence`:
 * what all reports of the scan are worth together, after this one.
 */
export type ManifestVerdict = {
  accepted: boolean;
  reason?: string;
  at: number;
  evidence?: Evidence;
  bodyHash?: string;
};
