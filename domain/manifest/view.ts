import { manifestAttention, manifestPage, manifestSteps } from '../../words/manifest';
import { givesUpAt, nextWake } from './agenda';
import type { Evidence, FormMade, ManifestKey, Proof } from './manifest';
import { evidenceOf, scanOf } from './scan';
import type { ManifestPhase, ManifestState } from './state';

/** One manifest as the query `manifestState` tells it: instants as ISO 8601 in UTC. */
export type ManifestView = ManifestKey & {
  shopId: string;
  phase: ManifestPhase;
  /** Parcels that joined and did not leave; once there is a form, those on it. */
  members: number;
  form: FormMade | null;
  closesAt: string;
  /** As the latest report says it. */
  scannedAt: string | null;
  /** Of all reports together. What people wrote about them is in the documents. */
  proofs: Pick<Proof, 'kind'>[];
  /** What the reports are worth. */
  evidence: Evidence | null;
  /** Epoch milliseconds of the next thing it does by itself. */
  nextWakeAt: number | null;
  /** What people should do now, in order. */
  toDo: string[];
};

const iso = (at: number): string => new Date(at).toISOString();

export const membersOf = ({ form, joined, left }: ManifestState): number => form?.members ?? Math.max(0, joined - left);

export const viewOf = (state: ManifestState): ManifestView => ({
  shopId: state.shopId,
  account: state.account,
  shipFrom: state.shipFrom,
  date: state.date,
  phase: state.phase,
  members: membersOf(state),
  form: state.form ?? null,
  closesAt: iso(state.closesAt),
  ...scanView(state),
  nextWakeAt: nextWake(state)?.at ?? null,
  toDo: toDoOf(state),
});

function scanView(state: ManifestState): Pick<ManifestView, 'scannedAt' | 'proofs' | 'evidence'> {
  const scan = scanOf(state);
  return {
    scannedAt: scan === undefined ? null : iso(scan.scannedAt),
    proofs: scan?.proofs.map(({ kind }) => ({ kind })) ?? [],
    evidence: evidenceOf(state) ?? null,
  };
}

function toDoOf(state: ManifestState): string[] {
  const asked = state.attention.map(({ kind, about }) => manifestAttention(kind, about));
  const leftOff = state.leftOff > 0 ? [manifestSteps.leftOff(state.leftOff)] : [];
  return [...asked, ...leftOff, ...STEPS[state.phase](state)];
}

const STEPS: Record<ManifestPhase, (state: ManifestState) => string[]> = {
  open: ({ closesAt }) => manifestSteps.open(iso(closesAt)),
  closing: ({ isAsking }) => [isAsking ? manifestSteps.formLate : manifestSteps.closing],
  formed: ({ form, gaveUpAt }) =>
    gaveUpAt === undefined ? manifestSteps.formed(nameOf(form), form?.members ?? 0) : [manifestSteps.gaveUp],
  failed: ({ reason }) => manifestSteps.failed(reason ?? ''),
  scanned: (state) => {
    if (evidenceOf(state) === 'complete') return [];
    return state.gaveUpAt === undefined
      ? [manifestSteps.weakEvidence, manifestSteps.completeUntil(iso(givesUpAt(state)))]
      : [manifestSteps.stayedWeak];
  },
  empty: () => [],
};

/** What people find a form by: the number under its barcode. */
const nameOf = (form: FormMade | undefined): string => form?.number ?? form?.formId ?? '';

/** The manifest as a page of Markdown, for the Temporal UI: what to do first, then what happened. */
export function pageOf(state: ManifestState): string {
  const { date, phase, closed, form } = state;
  const scan = scanOf(state);
  const toDo = toDoOf(state).map((sentence, index) => `${index + 1}. ${sentence}`);
  const story = [
    ...(closed ? [`- ${iso(closed.at)} ${manifestPage.closed(closed.by)}`] : []),
    ...(form ? [`- ${iso(form.madeAt)} ${manifestPage.formed(nameOf(form), form.members)}`] : []),
    ...(scan ? [`- ${iso(scan.scannedAt)} ${manifestPage.scanned(scan.proofs.map(({ kind }) => kind))}`] : []),
  ];
  return [
    manifestPage.title(date, phase),
    manifestPage.parcels(membersOf(state)),
    [manifestPage.toDo, ...(toDo.length > 0 ? toDo : [manifestPage.nothingToDo])].join('\n'),
    ...(story.length > 0 ? [[manifestPage.story, ...story].join('\n')] : []),
  ].join('\n\n');
}
