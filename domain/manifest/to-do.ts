import { manifestAttention, manifestSteps } from '../../words/manifest';
import { givesUpAt, missingNow, waitsForForm } from './agenda';
import type { FormMade } from './manifest';
import { evidenceOf, evidenceOfForm, missingOfForm, unscannedOf } from './scan';
import { isSecond, membersOf, type ManifestPhase, type ManifestState } from './state';

const iso = (at: number): string => new Date(at).toISOString();

/** What people find a form by: the number under its barcode. */
export const nameOf = ({ number, formId }: FormMade): string => number ?? formId;

/** What people should do now, in order. `guide`: the path of the page that shows it step by step. */
export function toDoOf(state: ManifestState, guide: string): string[] {
  const asked = state.attention.map(({ kind, about }) => manifestAttention(kind, about));
  return [...asked, ...countsToDo(state), ...STEPS[state.phase](state, guide)];
}

function countsToDo(state: ManifestState): string[] {
  const { leftOff, late = 0, strangers = 0, silent = 0 } = state;
  const missing = missingNow(state);
  return [
    ...(leftOff > 0 ? [manifestSteps.leftOff(leftOff)] : []),
    ...(late > 0 ? [manifestSteps.late(late)] : []),
    ...(strangers > 0 ? [manifestSteps.strangers(strangers)] : []),
    ...(missing === undefined ? [] : [manifestSteps.orphans(missing.count, missing.waiting)]),
    ...(silent > 0 ? [manifestSteps.silent(silent)] : []),
  ];
}

const STEPS: Record<ManifestPhase, (state: ManifestState, guide: string) => string[]> = {
  open: ({ closesAt, byHand }, guide) =>
    byHand === undefined
      ? manifestSteps.open(iso(closesAt))
      : [...manifestSteps.byHand(byHand.url, iso(closesAt)), manifestSteps.guide(guide)],
  closing: closingToDo,
  formed: formedToDo,
  failed: ({ reason, byHand }) =>
    byHand === undefined ? manifestSteps.failed(reason ?? '') : [manifestSteps.notBrought],
  scanned: scannedToDo,
  empty: () => [],
};

function closingToDo(state: ManifestState, guide: string): string[] {
  const { byHand, isAsking, isPastCutOff, closesAt, brought } = state;
  if (brought !== undefined) return [manifestSteps.comparing(brought.number)];
  if (byHand === undefined || !waitsForForm(state)) return [isAsking ? manifestSteps.formLate : manifestSteps.closing];
  const steps =
    isPastCutOff === true
      ? manifestSteps.byHandLate(byHand.url)
      : manifestSteps.byHand(byHand.url, iso(closesAt)).slice(1);
  return [...steps, manifestSteps.guide(guide)];
}

function formedToDo(state: ManifestState, guide: string): string[] {
  const { forms, gaveUpAt } = state;
  if (gaveUpAt !== undefined) return [manifestSteps.gaveUp];
  const open = unscannedOf(state);
  if (open.length < forms.length)
    return [...open.map((form) => manifestSteps.notYetScanned(nameOf(form))), ...weakToDo(state)];
  if (!isSecond(state)) return manifestSteps.formed(forms.map(nameOf).join(', '), membersOf(state));
  return [...manifestSteps.forms(forms.map(nameOf), membersOf(state)), manifestSteps.guide(guide)];
}

function scannedToDo(state: ManifestState, guide: string): string[] {
  if (evidenceOf(state) === 'complete') return [];
  if (state.gaveUpAt !== undefined) return [manifestSteps.stayedWeak];
  const until = manifestSteps.completeUntil(iso(givesUpAt(state)));
  if (!isSecond(state)) return [manifestSteps.weakEvidence, until];
  return [...weakToDo(state), until, manifestSteps.guide(guide)];
}

/** What is still to be fetched for each form that was scanned. */
export const weakToDo = (state: ManifestState): string[] =>
  state.forms
    .filter((form) => evidenceOfForm(state, form) === 'weak')
    .map((form) => manifestSteps.fetch(nameOf(form), missingOfForm(state, form)));
