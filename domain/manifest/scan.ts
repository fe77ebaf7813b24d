import type { ScanReport } from './event';
import type { Evidence, Proof } from './manifest';
import type { ManifestState } from './state';

/** One report as it came in. The first makes the form scanned; a later one adds proofs or corrects the instant. */
export type Reported = ScanReport & { reportedAt: number };

/** Any of these shows that the carrier had the parcels: TikTok Shop's appeals ask for a stamped form or a proof of pickup. */
const COMPLETING: readonly Proof['kind'][] = ['stampedForm', 'signature', 'proofOfPickup'];

const isSame = (a: Proof, b: Proof): boolean => a.kind === b.kind && a.noteHash === b.noteHash;

/** What all reports say together: the proofs of each, and the instant of the latest; undefined before the first. */
export function scanOf({ reports }: ManifestState): { scannedAt: number; proofs: Proof[] } | undefined {
  const latest = reports.at(-1);
  if (latest === undefined) return undefined;
  const all = reports.flatMap(({ proofs }) => proofs);
  const proofs = all.filter((proof, index) => all.findIndex((other) => isSame(other, proof)) === index);
  return { scannedAt: latest.scannedAt, proofs };
}

/** What the reports are worth; undefined before the first. */
export function evidenceOf(state: ManifestState): Evidence | undefined {
  const scan = scanOf(state);
  return scan && (scan.proofs.some(({ kind }) => COMPLETING.includes(kind)) ? 'complete' : 'weak');
}

/** The instants that members are told, in order: the first, and each that corrects the one before. */
export const instantsOf = ({ reports }: ManifestState): number[] =>
  reports.map(({ scannedAt }) => scannedAt).filter((at, index, all) => at !== all[index - 1]);

/** Whether a report says what none has said yet. */
export function isNews(state: ManifestState, { scannedAt, placeHash, proofs }: ScanReport): boolean {
  const scan = scanOf(state);
  if (scan === undefined || scan.scannedAt !== scannedAt) return true;
  const isKnownPlace = placeHash === undefined || state.reports.some((report) => report.placeHash === placeHash);
  return !isKnownPlace || proofs.some((proof) => !scan.proofs.some((known) => isSame(known, proof)));
}

/** Whether a report of the scan, or what is missing in it, is still waited for. */
export const waitsForScan = (state: ManifestState): boolean =>
  state.phase === 'formed' || (state.phase === 'scanned' && evidenceOf(state) === 'weak');
