import type { ManifestNotice } from '../manifest/manifest';
import { isTerminal } from './phase';
import { raise, remember, settle } from './record';
import type { Answer } from './event';
import type { OrderState, Package } from './state';

const HOUR_MS = 3_600_000;
/** A form is made within minutes of its cut-off; a manifest that says nothing by then is asked. */
const ASK_AFTER_CUTOFF_MS = 2 * HOUR_MS;
const ASK_AGAIN_MS = 6 * HOUR_MS;
/** Nobody makes a form for a parcel of which no manifest knows. */
const TELL_SOON_MS = HOUR_MS / 4;

/** Takes in what came of joining, or of asking whether it had joined. */
export function foldJoinAnswer(parcel: Package, answer: Answer, at: number): void {
  if (answer.kind === 'joined') foldJoined(parcel, answer, at);
  if (answer.kind === 'noForm') parcel.manifest.status = 'noForm';
  if (JOIN_ANSWERS.includes(answer.kind)) delete parcel.manifest.isUnsure;
}

const JOIN_ANSWERS: readonly Answer['kind'][] = ['joined', 'noForm', 'left'];

/** Which form a parcel will be on, or is on already. */
function foldJoined({ manifest }: Package, answer: Extract<Answer, { kind: 'joined' }>, at: number): void {
  const { manifest: id, date, closesAt, form } = answer;
  Object.assign(manifest, { status: form === undefined ? 'joined' : 'formed', id, date });
  delete manifest.after;
  delete manifest.askAt;
  const askAt = Math.max(closesAt + ASK_AFTER_CUTOFF_MS, at + ASK_AGAIN_MS);
  if (form === undefined) manifest.askAt = answer.untold === true ? at + TELL_SOON_MS : askAt;
  else manifest.form = form;
}

/** It is off the list, and joining again makes it another member; or it came too late and is on the form. */
export function foldLeft({ manifest }: Package, stays: boolean): void {
  if (manifest.status !== 'joined') return;
  if (stays) {
    // What became of the form is for the manifest to say.
    manifest.status = 'stays';
    return;
  }
  manifest.status = 'none';
  manifest.turn += 1;
  delete manifest.askAt;
}

/** Folds in what the manifest says of a parcel. Another manifest's word, or one about an order that is over, changes nothing. */
export function foldManifest(state: OrderState, notice: ManifestNotice): void {
  // The name comes from a message: `__proto__` is no parcel.
  const parcel = Object.hasOwn(state.packages, notice.package) ? state.packages[notice.package] : undefined;
  if (parcel === undefined || parcel.manifest.id !== notice.manifest) return;
  // An order that the platform cancelled may still have a case; any other that is over has no more to do with a form.
  if (isTerminal(state.phase) && state.facts?.status !== 'cancelled' && !isOutcomeOfJoining(state, parcel, notice))
    return;
  delete parcel.manifest.askAt;
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
