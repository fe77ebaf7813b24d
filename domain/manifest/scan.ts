import type { ScanReport } from './event';
import type { Evidence, FormMade, MissingEvidence, Proof } from './manifest';
import { isSecond, type ManifestState } from './state';

/** One report as it came in. The first makes the form scanned; a later one adds proofs or corrects the instant. */
export type Reported = ScanReport & { reportedAt: number };

/** What the reports say of one form: the proofs of each, and the instant of the latest. */
export type Scan = { scannedAt: number; proofs: Proof[] };

/** An instant that members are told. `form`: of this form alone. */
export type Instant = { at: number; form?: string };

/** Any of these shows that the carrier had the parcels: TikTok Shop's appeals ask for a stamped form or a proof of pickup. */
const COMPLETING: readonly Proof['kind'][] = ['stampedForm', 'stampedReceipt', 'signature', 'proofOfPickup'];

const isSame = (a: Proof, b: Proof): boolean => a.kind === b.kind && a.noteHash === b.noteHash && a.file === b.file;

const isAbout = ({ form }: ScanReport, { formId }: FormMade): boolean => form === undefined || form === formId;

/** What evidence of a form still lacks. In the first edition a proof was taken at its word. */
function missingIn(state: ManifestState, form: FormMade, { proofs }: Scan): MissingEvidence[] {
  const proving = proofs.filter(({ kind }) => COMPLETING.includes(kind));
  if (!isSecond(state)) return proving.length > 0 ? [] : ['proof'];
  const hasFile = form.sha256 !== '' || proofs.some(({ kind, file }) => kind === 'stampedForm' && file !== undefined);
  const isShown = proving.some(({ file }) => file !== undefined);
  return [
    ...(hasFile ? [] : ['formFile' as const]),
    ...(isShown ? [] : [proving.length > 0 ? ('proofFile' as const) : ('proof' as const)]),
  ];
}

const isComplete = (state: ManifestState, form: FormMade, scan: Scan | undefined): boolean =>
  scan !== undefined && missingIn(state, form, scan).length === 0;

function merged(scan: Scan | undefined, { scannedAt, proofs }: Scan): Scan {
  const all = [...(scan?.proofs ?? []), ...proofs];
  return {
    scannedAt,
    proofs: all.filter((proof, index) => all.findIndex((other) => isSame(other, proof)) === index),
  };
}

/** All reports in their order, folded form by form. What is complete is final: a later report of all forms leaves it as it is. */
function readReports(state: ManifestState): { scans: Map<string, Scan>; instants: Instant[] } {
  const scans = new Map<string, Scan>();
  const instants: Instant[] = [];
  for (const report of state.reports) {
    const forms = state.forms.filter(
      (form) => isAbout(report, form) && !isComplete(state, form, scans.get(form.formId)),
    );
    const changed = forms.filter(({ formId }) => scans.get(formId)?.scannedAt !== report.scannedAt);
    for (const { formId } of forms) scans.set(formId, merged(scans.get(formId), report));
    instants.push(...instantsOfReport(state, report.scannedAt, changed));
  }
  return { scans, instants };
}

/** One telling where it is news of all forms, else one for each. */
function instantsOfReport({ forms }: ManifestState, at: number, changed: readonly FormMade[]): Instant[] {
  if (changed.length === 0) return [];
  return changed.length === forms.length ? [{ at }] : changed.map(({ formId }) => ({ at, form: formId }));
}

/** What is known of one form's scan; undefined before its first report. */
export const scanOfForm = (state: ManifestState, { formId }: FormMade): Scan | undefined =>
  readReports(state).scans.get(formId);

/** What all reports say together: all proofs, and the latest instant; undefined before the first. */
export function scanOf(state: ManifestState): Scan | undefined {
  const scans = [...readReports(state).scans.values()];
  if (scans.length === 0) return undefined;
  const { proofs } = scans.reduce(merged, { scannedAt: 0, proofs: [] });
  return { scannedAt: Math.max(...scans.map(({ scannedAt }) => scannedAt)), proofs };
}

/** What the reports of one form are worth; undefined before the first. */
export function evidenceOfForm(state: ManifestState, form: FormMade): Evidence | undefined {
  const scan = scanOfForm(state, form);
  return scan && (isComplete(state, form, scan) ? 'complete' : 'weak');
}

/** What the reports are worth: complete where every form's are. Undefined before the first. */
export function evidenceOf(state: ManifestState): Evidence | undefined {
  const { scans } = readReports(state);
  if (scans.size === 0) return undefined;
  return state.forms.every((form) => isComplete(state, form, scans.get(form.formId))) ? 'complete' : 'weak';
}

/** What is still to be fetched for a form that was scanned; nothing before. */
export function missingOfForm(state: ManifestState, form: FormMade): MissingEvidence[] {
  const scan = scanOfForm(state, form);
  return scan === undefined ? [] : missingIn(state, form, scan);
}

/** The forms of which no scan was reported. */
export function unscannedOf(state: ManifestState): FormMade[] {
  const { scans } = readReports(state);
  return state.forms.filter(({ formId }) => !scans.has(formId));
}

/** The instants that members are told, in order: the first, and each that corrects the one before. */
export const instantsOf = (state: ManifestState): Instant[] => readReports(state).instants;

/** The forms whose evidence a report may still add to. */
export function openFormsOf(state: ManifestState, report: ScanReport): FormMade[] {
  const { scans } = readReports(state);
  return state.forms.filter((form) => isAbout(report, form) && !isComplete(state, form, scans.get(form.formId)));
}

/** Whether a report says what none has said yet. */
export function isNews(state: ManifestState, report: ScanReport): boolean {
  const { scannedAt, placeHash, proofs } = report;
  const { scans } = readReports(state);
  const isKnownPlace = placeHash === undefined || state.reports.some((other) => other.placeHash === placeHash);
  return openFormsOf(state, report).some(({ formId }) => {
    const scan = scans.get(formId);
    if (scan === undefined || scan.scannedAt !== scannedAt || !isKnownPlace) return true;
    return proofs.some((proof) => !scan.proofs.some((known) => isSame(known, proof)));
  });
}

/** Whether a report of the scan, or what is missing in it, is still waited for. */
export const waitsForScan = (state: ManifestState): boolean =>
  state.phase === 'formed' || (state.phase === 'scanned' && evidenceOf(state) === 'weak');

const LOOK_AFTER_MS = 2 * 3_600_000;

/**
 * The next look for parcels of which the carrier says nothing: 2 h after the latest scan that was not looked at. Scanning a form
 * gives all its parcels an acceptance event; one that has none by then was perhaps not read with the others.
 */
export function nextLook(state: ManifestState): { at: number; forms: string[] } | undefined {
  if (!isSecond(state) || state.look !== undefined) return undefined;
  const { looked = [] } = state;
  const fresh = [...readReports(state).scans].filter(([formId]) => !looked.includes(formId));
  if (fresh.length === 0) return undefined;
  return {
    at: Math.max(...fresh.map(([, { scannedAt }]) => scannedAt)) + LOOK_AFTER_MS,
    forms: fresh.map(([formId]) => formId),
  };
}
