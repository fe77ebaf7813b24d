import { givesUpAt, nextWake } from './agenda';
import type { Orphans } from './event';
import {
  manifestIdOf,
  type Evidence,
  type FormMade,
  type ManifestKey,
  type MissingEvidence,
  type Proof,
} from './manifest';
import { evidenceOf, evidenceOfForm, missingOfForm, scanOf, scanOfForm } from './scan';
import { membersOf, type ManifestPhase, type ManifestState } from './state';
import { toDoOf } from './to-do';

/** One form of a manifest: instants as ISO 8601 in UTC. `number`: what stands under its barcode. `sha256`: empty where its file is not there. */
type FormView = {
  formId: string;
  number: string | null;
  members: number;
  madeAt: string;
  sha256: string;
  /** As the latest report of it says. */
  scannedAt: string | null;
  evidence: Evidence | null;
  /** What is still to be fetched once it was scanned. */
  missing: MissingEvidence[];
};

/** A form that a person makes. `listed`: how many parcels are on its list, once that is settled. */
type ByHandView = { url: string; listed: number | null; isBrought: boolean };

/** One manifest as the query `manifestState` tells it: instants as ISO 8601 in UTC. */
export type ManifestView = ManifestKey & {
  shopId: string;
  phase: ManifestPhase;
  /** Parcels that joined and did not leave; once there are forms, those on them. */
  members: number;
  /** The first of `forms`, as the provider made it. */
  form: FormMade | null;
  /** The forms of its closing: several where one takes no more. */
  forms: FormView[];
  /** How many parcels no form took; were listed and go with a later form; stand on a form and are none of its parcels. */
  leftOff: number;
  late: number;
  strangers: number;
  byHand: ByHandView | null;
  /** What the look before the cut-off found; null before it. */
  orphans: Orphans | null;
  /** Of how many parcels the carrier had said nothing 2 h after the scan; null before that look. */
  silent: number | null;
  closesAt: string;
  /** Since when nobody joins it; null while it is open. */
  closedAt: string | null;
  /** Until when a scan, a proof or a form is taken in. */
  takesUntil: string | null;
  /** The latest of its forms' scans. */
  scannedAt: string | null;
  /** Of all reports together. What people wrote about them is in the documents. */
  proofs: Pick<Proof, 'kind' | 'file'>[];
  /** What the reports are worth: complete where every form's are. */
  evidence: Evidence | null;
  /** Epoch milliseconds of the next thing it does by itself. */
  nextWakeAt: number | null;
  /** What people should do now, in order. */
  toDo: string[];
  /** The page that guides through it. */
  guide: string;
};

const iso = (at: number): string => new Date(at).toISOString();

/** The path of the page that guides through a manifest. */
export const guideOf = (state: ManifestKey & { shopId: string }): string =>
  `/manifests/${state.shopId}/${manifestIdOf(state)}/guide`;

export function viewOf(state: ManifestState): ManifestView {
  const { round, closed, orphans, silent } = state;
  const takesUntil = givesUpAt(state);
  return {
    shopId: state.shopId,
    account: state.account,
    shipFrom: state.shipFrom,
    date: state.date,
    ...(round === undefined ? {} : { round }),
    phase: state.phase,
    members: membersOf(state),
    ...formsView(state),
    byHand: byHandView(state),
    orphans: orphans ?? null,
    silent: silent ?? null,
    closesAt: iso(state.closesAt),
    closedAt: closed === undefined ? null : iso(closed.at),
    takesUntil: takesUntil === Infinity ? null : iso(takesUntil),
    ...scanView(state),
    nextWakeAt: nextWake(state)?.at ?? null,
    toDo: toDoOf(state, guideOf(state)),
    guide: guideOf(state),
  };
}

const formsView = (state: ManifestState): Pick<ManifestView, 'form' | 'forms' | 'leftOff' | 'late' | 'strangers'> => ({
  form: state.forms[0] ?? null,
  forms: state.forms.map((form) => formView(state, form)),
  leftOff: state.leftOff,
  late: state.late ?? 0,
  strangers: state.strangers ?? 0,
});

function formView(state: ManifestState, form: FormMade): FormView {
  const { formId, number, members, madeAt, sha256 } = form;
  const scan = scanOfForm(state, form);
  return {
    formId,
    number,
    members,
    madeAt: iso(madeAt),
    sha256,
    scannedAt: scan === undefined ? null : iso(scan.scannedAt),
    evidence: evidenceOfForm(state, form) ?? null,
    missing: missingOfForm(state, form),
  };
}

const byHandView = ({ byHand, listed, brought, forms }: ManifestState): ByHandView | null =>
  byHand === undefined
    ? null
    : { url: byHand.url, listed: listed ?? null, isBrought: brought !== undefined || forms.length > 0 };

function scanView(state: ManifestState): Pick<ManifestView, 'scannedAt' | 'proofs' | 'evidence'> {
  const scan = scanOf(state);
  const proofs = scan?.proofs ?? [];
  return {
    scannedAt: scan === undefined ? null : iso(scan.scannedAt),
    proofs: proofs.map(({ kind, file }) => ({ kind, ...(file === undefined ? {} : { file }) })),
    evidence: evidenceOf(state) ?? null,
  };
}
