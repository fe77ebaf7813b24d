import { refusals } from '../../words/order';
import type { PersonsOrder, PersonsVerb } from './event';
import { earliestOf, type Milestone } from './facts';
import { goAlone, isWaiting } from './group';
import { unmeet } from './milestones';
import { accept, chooseLabel, objectionToChoice } from './choose';
import { meant, objectionToSplit, split } from './parcels';
import { isTerminal, type Phase } from './phase';
import { isUnrefunded } from './possession';
import { raise, remember, settle } from './record';
import type { CancelAnswer, OrderState, Package, Verdict } from './state';

const CANCELLABLE: readonly Phase[] = ['onHold', 'toPack', 'awaitingHandover'];
const HOLDABLE: readonly Phase[] = ['onHold', 'toPack', 'awaitingHandover'];
/** Unpacked again, an order that the platform counts as ready stays where it is and is packed once more. */
const PACKABLE: readonly Phase[] = ['toPack', 'awaitingHandover'];

/** Why a person's order cannot be followed now, as a sentence; undefined when it can. */
type Objection = (state: OrderState, wish: Wish) => string | undefined;

/** What an order says beyond its verb. */
type Wish = Pick<PersonsOrder, 'handoverAt' | 'package' | 'parcels' | 'choice' | 'method'>;

const OBJECTIONS: Record<PersonsVerb, Objection> = {
  approveOrder: (state) =>
    state.mode === 'assist' && state.approvedBy === undefined ? undefined : refusals.nothingToApprove,
  splitOrder: (state, { parcels: wanted }) =>
    state.phase === 'toPack' || state.phase === 'onHold'
      ? objectionToSplit(state, wanted)
      : refusals.notIn(state.phase),
  chooseLabel: objectionToChoice,
  approveCancel: (state) => objectionToAnswer(state, 'approve'),
  rejectCancel: (state) => objectionToAnswer(state, 'reject'),
  markPacked: (state, { package: key }) => {
    if (state.heldBy !== undefined) return refusals.held(state.heldBy);
    if (state.facts?.cancelRequested === true) return refusals.cancelRequested;
    if (state.phase === 'onHold') return refusals.buyersHold;
    const unpacked = meant(state, key).filter(({ packedAt }) => packedAt === undefined);
    if (unpacked.length === 0 && !state.attention.some(({ kind }) => kind === 'reprintLabel'))
      return refusals.alreadyPacked;
    return packable(state).includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  undoPacked: (state, { package: key }) => {
    if (!meant(state, key).some(({ packedAt }) => packedAt !== undefined)) return refusals.notPacked;
    if (meant(state, key).some(isOnForm)) return refusals.onForm;
    if (parcels(state).some(({ label }) => label.handle?.from === 'platform')) return refusals.platformCountsIt;
    return PACKABLE.includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  markHandedOver: (state, { handoverAt = Infinity, package: key }) => {
    // One of several goes while another is still to be packed.
    const isReady = key !== undefined && meant(state, key).every(({ upload }) => upload.status === 'done');
    if (state.phase !== 'awaitingHandover' && !(state.phase === 'toPack' && isReady))
      return refusals.notHandable(state.phase);
    const isUnpacked = meant(state, key).some(
      ({ packedAt, label }) => packedAt === undefined && label.status === 'bought',
    );
    if (isUnpacked && state.edition >= 2) return refusals.notPacked;
    const isTooEarly = meant(state, key).some(({ packedAt = 0 }) => handoverAt < packedAt);
    return isTooEarly ? refusals.handedOverBeforePacked : undefined;
  },
  rescheduleHandover: (state) => (PACKABLE.includes(state.phase) ? undefined : refusals.notIn(state.phase)),
  holdOrder: (state) => {
    if (state.heldBy !== undefined) return refusals.held(state.heldBy);
    return HOLDABLE.includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  releaseOrder: (state) =>
    state.heldBy !== undefined || parcels(state).some(isStuck) ? undefined : refusals.nothingToRelease,
  cancelOrder: (state) => {
    if (state.mode === 'watch') return refusals.watching;
    if (state.cancelAskedBy !== undefined) return refusals.alreadyCancelling;
    return CANCELLABLE.includes(state.phase) ? undefined : refusals.notCancellable(state.phase);
  },
};

function objectionToAnswer(state: OrderState, decision: CancelAnswer['decision']): string | undefined {
  if (state.facts?.afterSale?.kind !== 'cancel') return refusals.nothingAsked;
  if (state.mode === 'watch') return refusals.watching;
  const underWay = Object.values(state.outstanding).find((command) => command.kind === 'answerCancel');
  const isOther = underWay?.kind === 'answerCancel' && underWay.decision !== decision;
  return isOther || state.cancelAnswer?.outcome === 'sent' ? refusals.answeredAlready : undefined;
}

const packable = ({ edition }: OrderState): readonly Phase[] => (edition >= 2 ? PACKABLE : ['toPack']);

const isOnForm = ({ manifest }: Package): boolean => ['stays', 'formed', 'scanned'].includes(manifest.status);

const parcels = (state: OrderState): Package[] => Object.values(state.packages);

/** A step of the parcel was refused or failed, and is tried again only when a person says so. */
const isStuck = (parcel: Package): boolean => {
  const { label, upload, manifest } = parcel;
  const isHeldUp = manifest.status === 'leftOff' || upload.status === 'refused' || upload.isUncorrected === true;
  return isHeldUp || isWaiting(label) || label.reason !== undefined || isUnrefunded(parcel);
};

function tryAgain(parcel: Package): void {
  if (isWaiting(parcel.label)) return goAlone(parcel);
  const { label, upload, manifest } = parcel;
  if (manifest.status === 'leftOff') {
    // The next form, as another member: what kept it off this one may be put right.
    manifest.status = 'none';
    manifest.turn += 1;
    if (manifest.date !== undefined) manifest.after = manifest.date;
  }
  if (label.status === 'refused') {
    // Nothing was bought: the next purchase gets a reference of its own.
    accept(parcel);
    label.status = 'none';
    label.attempt += 1;
    delete label.handle;
  }
  if (label.status === 'voidRefused') label.status = 'bought';
  delete label.reason;
  if (upload.status === 'refused') upload.status = 'none';
  delete upload.isUncorrected;
  for (const former of parcel.unrefunded ?? []) former.again = true;
}

/** Advisory when a validator asks (messages may still be queued); binding when the step itself asks. */
export function objectionTo(state: OrderState, verb: PersonsVerb, wish: Wish = {}): string | undefined {
  if (state.facts === undefined) return refusals.notReadYet;
  if (state.edition >= 2 && state.facts.fulfilledBy === 'platform') return refusals.watchedOnly;
  const isMoneyOut = verb === 'releaseOrder' && parcels(state).some(isUnrefunded);
  if (isTerminal(state.phase) && !isMoneyOut) return refusals.ended(state.phase);
  if (wish.package !== undefined && !Object.hasOwn(state.packages, wish.package))
    return refusals.noSuchParcel(wish.package);
  return OBJECTIONS[verb](state, wish);
}

const EFFECTS: Record<PersonsVerb, (state: OrderState, order: PersonsOrder, at: number) => void> = {
  approveOrder: (state, { actor }) => {
    state.approvedBy = actor;
    settle(state, 'awaitsApproval');
  },
  splitOrder: (state, { parcels: wanted = [] }, at) => split(state, wanted, at),
  chooseLabel,
  approveCancel: (state, { actor }) => answerCancel(state, { decision: 'approve', by: actor }),
  rejectCancel: (state, { actor }) => answerCancel(state, { decision: 'reject', by: actor }),
  markPacked: (state, { package: key }, at) => {
    for (const parcel of meant(state, key)) parcel.packedAt ??= at;
    settle(state, 'reprintLabel');
  },
  undoPacked: (state, { package: key }) => {
    for (const parcel of meant(state, key)) delete parcel.packedAt;
    unmeet(state);
  },
  markHandedOver: (state, { method, handoverAt, package: key }, at) => {
    settle(state, 'reprintLabel');
    for (const parcel of meant(state, key)) parcel.handedOverAt ??= Math.min(handoverAt ?? at, at);
    if (method !== undefined) state.handover = { ...state.handover, method };
  },
  rescheduleHandover: (state, { method, handoverAt }, at) => {
    state.handover = {
      ...state.handover,
      ...(method === undefined ? {} : { method }),
      ...(handoverAt === undefined ? {} : { at: handoverAt }),
    };
    settle(state, 'handoverTooLate');
    const first = missedBy(state, state.handover.at);
    if (first !== undefined) raise(state, { kind: 'handoverTooLate', at, about: first });
  },
  holdOrder: (state, order) => {
    state.heldBy = order.actor;
  },
  releaseOrder: (state) => {
    // Who lifts a hold has not looked at what stands against a label: that takes a word of its own.
    const isHold = state.heldBy !== undefined && state.edition >= 4;
    delete state.heldBy;
    parcels(state)
      .filter(({ label }) => !isHold || label.objection === undefined)
      .forEach(tryAgain);
    if (isHold && parcels(state).some(({ label }) => label.objection !== undefined)) return;
    settle(
      state,
      'waitsForParcel',
      'labelRefused',
      'purchaseUnclear',
      'uploadRefused',
      'voidRefused',
      'commandFailed',
      'leftOffForm',
    );
  },
  cancelOrder: (state, order) => {
    state.cancelAskedBy = order.actor;
  },
};

function answerCancel(state: OrderState, answer: Pick<CancelAnswer, 'decision' | 'by'>): void {
  const request = state.facts?.afterSale;
  if (request !== undefined) state.cancelAnswer = { ...answer, requestId: request.id };
}

/** The first deadline that a planned handover would miss: said, never refused. */
const missedBy = (state: OrderState, handoverAt = 0): string | undefined =>
  (state.plan?.deadlines ?? [])
    .filter((deadline) => HANDOVER_MEETS.includes(deadline.metBy) && state.met[deadline.name] === undefined)
    .filter((deadline) => earliestOf(deadline) <= handoverAt)
    .sort((a, b) => earliestOf(a) - earliestOf(b))[0]?.name;

const HANDOVER_MEETS: readonly Milestone[] = ['handedOver', 'acceptanceScan'];

/** Follows or refuses a person's order; the verdict is what the caller is told. */
export function foldOrder(state: OrderState, order: PersonsOrder, at: number): Omit<Verdict, 'phase'> {
  const reason = objectionTo(state, order.verb, order);
  if (reason !== undefined) return { accepted: false, reason, at, bodyHash: order.bodyHash };
  EFFECTS[order.verb](state, order, at);
  remember(state, { at, what: `person.${order.verb}`, about: order.actor });
  return { accepted: true, at, bodyHash: order.bodyHash };
}
