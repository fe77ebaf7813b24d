import type { ManifestNotice } from '../manifest/manifest';
import { isTerminal } from './phase';
import { raise, remember, settle } from './record';
import { belongsOnForm } from './neighbours';
import type { Answer, JoinAnswer } from './event';
import type { Manifest, OrderState, Package } from './state';

const HOUR_MS = 3_600_000;
/** A form is made within minutes of its cut-off; a manifest that says nothing by then is asked. */
const ASK_AFTER_CUTOFF_MS = 2 * HOUR_MS;
const ASK_AGAIN_MS = 6 * HOUR_MS;
/** Nobody makes a form for a parcel of which no manifest knows. */
const TELL_SOON_MS = HOUR_MS / 4;

/**
 * Takes in what came of joining, or of looking where it is. From edition 6 on the manifest may speak before: it knows more than an
 * answer that was on its way.
 */
export function foldJoinAnswer(
  state: OrderState,
  parcel: Package,
  { answer, at }: { answer: Answer; at: number },
): void {
  const { manifest } = parcel;
  if (answer.kind === 'notThere') return foldNotThere(manifest);
  if (answer.kind !== 'joined' && answer.kind !== 'noForm') return;
  if (state.edition >= 6 && isOvertaken(manifest, answer)) return;
  delete manifest.isUnsure;
  if (answer.kind === 'noForm') manifest.status = 'noForm';
  else foldJoined(state, parcel, { answer, at });
}

type Joined = Extract<JoinAnswer, { kind: 'joined' }>;

/** A notice of the manifest took its place: the parcel is on a form by now, or that form went without it. */
const isOvertaken = ({ status, isUnsure, id }: Manifest, answer: JoinAnswer): boolean =>
  status !== 'none' || (isUnsure !== true && answer.kind === 'joined' && answer.manifest === id);

/** It had not joined, and cannot in that turn any more. */
function foldNotThere(manifest: Manifest): void {
  delete manifest.isUnsure;
  manifest.turn += 1;
}

/** Which form a parcel will be on, or is on already. */
function foldJoined(state: OrderState, parcel: Package, { answer, at }: { answer: Joined; at: number }): void {
  const { manifest } = parcel;
  const { manifest: id, date, closesAt, form } = answer;
  Object.assign(manifest, { status: form === undefined ? 'joined' : 'formed', id, date });
  // Asked again, it must be asked in the same way: what it is after is part of where it stands.
  if (state.edition < 6) delete manifest.after;
  delete manifest.isLeaving;
  delete manifest.askAt;
  if (form !== undefined) {
    manifest.form = form;
    return;
  }
  manifest.askAt =
    answer.untold === true ? at + TELL_SOON_MS : Math.max(closesAt + ASK_AFTER_CUTOFF_MS, at + ASK_AGAIN_MS);
  if (state.edition >= 6 && !belongsOnForm(state, parcel)) manifest.isUnwanted = true;
}

/** It is off the list, and joining again makes it another member; or it came too late and is on the form. */
export function foldLeft({ manifest }: Package, stays: boolean): void {
  delete manifest.isLeaving;
  if (manifest.status !== 'joined') return;
  delete manifest.isUnwanted;
  if (stays) {
    // What became of the form is for the manifest to say.
    manifest.status = 'stays';
    return;
  }
  manifest.status = 'none';
  manifest.turn += 1;
  delete manifest.after;
  delete manifest.askAt;
}

/** A date within a manifest's id. */
const DATE = /\d{4}-\d{2}-\d{2}/;

/**
 * Whether a notice is of the parcel's own manifest. One that comes before the joining is answered is of it, too, and the parcel is a
 * member; but for the repeated word of the form that went without it.
 */
function isOfItsManifest({ manifest }: Package, id: string): boolean {
  if (manifest.isUnsure !== true || manifest.status !== 'none') return manifest.id === id;
  const [date] = DATE.exec(id) ?? [];
  if (manifest.id === id && manifest.after === date) return false;
  Object.assign(manifest, { status: 'joined', id }, date === undefined ? {} : { date });
  delete manifest.isUnsure;
  return true;
}

/** Folds in what the manifest says of a parcel. Another manifest's word, or one about an order that is over, changes nothing. */
export function foldManifest(state: OrderState, notice: ManifestNotice): void {
  // The name comes from a message: `__proto__` is no parcel.
  const parcel = Object.hasOwn(state.packages, notice.package) ? state.packages[notice.package] : undefined;
  if (parcel === undefined || !isOfItsManifest(parcel, notice.manifest)) return;
  // An order that the platform cancelled may still have a case; any other that is over has no more to do with a form.
  if (isTerminal(state.phase) && state.facts?.status !== 'cancelled' && !isOutcomeOfJoining(state, parcel, notice))
    return;
  delete parcel.manifest.askAt;
  delete parcel.manifest.isLeaving;
  NOTICES[notice.what](state, parcel, notice);
  const { at, what, form } = notice;
  remember(state, { at, what: `manifest.${what}`, ...(form === undefined ? {} : { about: form }) });
}

/** An order that is over waits for nothing but what became of the form that it is on the list of. */
const isOutcomeOfJoining = ({ edition }: OrderState, { manifest }: Package, { what }: ManifestNotice): boolean =>
  edition >= 4 && manifest.status === 'joined' && (what === 'formed' || what === 'leftOff');

type Fold = (state: OrderState, parcel: Package, notice: ManifestNotice) => void;

const NOTICES: Record<ManifestNotice['what'], Fold> = {
  late: (state, { manifest }) => {
    // A person may bring the form long after it was given up: who is not on it after all goes on.
    const isGivenUp = state.edition >= 5 && manifest.status === 'leftOff';
    if (manifest.status !== 'joined' && manifest.status !== 'stays' && !isGivenUp) return;
    if (isGivenUp) settle(state, 'leftOffForm');
    manifest.status = 'none';
    if (manifest.date !== undefined) manifest.after = manifest.date;
  },
  formed: (state, { manifest }, { form }) => {
    manifest.status = 'formed';
    if (form !== undefined) manifest.form = form;
    settle(state, 'leftOffForm');
  },
  scanned: (state, parcel, { at }) => {
    const { label, packedAt } = parcel;
    if (state.heldBy !== undefined || packedAt === undefined || label.status !== 'bought') {
      // On the form, and kept back: whether it was with the others at the counter is for a person to say.
      return raise(state, { kind: 'scannedWithoutIt', at, about: label.trackingNumber ?? '' });
    }
    // Form and parcels are handed over together; when a piece is accepted is for the carrier to say. A report is corrected once
    // in a while: what it had said goes with it.
    const isFromReport = parcel.handedOverAt === undefined || parcel.handedOverAt === parcel.manifest.scannedAt;
    if (isFromReport) parcel.handedOverAt = at;
    Object.assign(parcel.manifest, { status: 'scanned', scannedAt: at });
  },
  leftOff: (state, { manifest, label }, { at, reason }) => {
    manifest.status = 'leftOff';
    raise(state, { kind: 'leftOffForm', at, about: reason ?? label.trackingNumber ?? '' });
  },
};
