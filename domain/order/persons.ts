import { refusals } from '../../words/order';
import type { PersonsOrder, PersonsVerb } from './event';
import { earliestOf, type Milestone } from './facts';
import { unmeet } from './milestones';
import { isTerminal, type Phase } from './phase';
import { raise, remember, settle } from './record';
import type { OrderState, Package, Verdict } from './state';

const CANCELLABLE: readonly Phase[] = ['onHold', 'toPack', 'awaitingHandover'];
const HOLDABLE: readonly Phase[] = ['onHold', 'toPack', 'awaitingHandover'];
/** Unpacked again, an order that the platform counts as ready stays where it is and is packed once more. */
const PACKABLE: readonly Phase[] = ['toPack', 'awaitingHandover'];

/** Why a person's order cannot be followed now, as a sentence; undefined when it can. */
type Objection = (state: OrderState, wish: Wish) => string | undefined;

/** What an order says beyond its verb. */
type Wish = Pick<PersonsOrder, 'handoverAt'>;

const OBJECTIONS: Record<PersonsVerb, Objection> = {
  markPacked: (state) => {
    if (state.heldBy !== undefined) return refusals.held(state.heldBy);
    if (state.facts?.cancelRequested === true) return refusals.cancelRequested;
    if (state.phase === 'onHold') return refusals.buyersHold;
    if (parcels(state).every(({ packedAt }) => packedAt !== undefined)) return refusals.alreadyPacked;
    return packable(state).includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  undoPacked: (state) => {
    if (!parcels(state).some(({ packedAt }) => packedAt !== undefined)) return refusals.notPacked;
    if (parcels(state).some(isOnForm)) return refusals.onForm;
    if (parcels(state).some(({ label }) => label.handle?.from === 'platform')) return refusals.platformCountsIt;
    return PACKABLE.includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  markHandedOver: (state, { handoverAt = Infinity }) => {
    if (state.phase !== 'awaitingHandover') return refusals.notHandable(state.phase);
    const isUnpacked = parcels(state).some(
      ({ packedAt, label }) => packedAt === undefined && label.status === 'bought',
    );
    if (isUnpacked && state.edition >= 2) return refusals.notPacked;
    const isTooEarly = parcels(state).some(({ packedAt = 0 }) => handoverAt < packedAt);
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
    if (state.cancelAskedBy !== undefined) return refusals.alreadyCancelling;
    return CANCELLABLE.includes(state.phase) ? undefined : refusals.notCancellable(state.phase);
  },
};

const packable = ({ edition }: OrderState): readonly Phase[] => (edition >= 2 ? PACKABLE : ['toPack']);

const isOnForm = ({ manifest }: Package): boolean => ['stays', 'formed', 'scanned'].includes(manifest.status);

const parcels = (state: OrderState): Package[] => Object.values(state.packages);

/** A step of the parcel was refused or failed, and is tried again only when a person says so. */
const isStuck = ({ label, upload, manifest }: Package): boolean =>
  manifest.status === 'leftOff' ||
  label.reason !== undefined ||
  label.status === 'voidRefused' ||
  upload.status === 'refused';

function tryAgain({ label, upload, manifest }: Package): void {
  if (manifest.status === 'leftOff') {
    // The next form, as another member: what kept it off this one may be put right.
    manifest.status = 'none';
    manifest.turn += 1;
    if (manifest.date !== undefined) manifest.after = manifest.date;
  }
  if (label.status === 'refused') {
    // Nothing was bought: the next purchase gets a reference of its own.
    label.status = 'none';
    label.attempt += 1;
    delete label.handle;
  }
  if (label.status === 'voidRefused') label.status = 'bought';
  delete label.reason;
  if (upload.status === 'refused') upload.status = 'none';
}

/** Advisory when a validator asks (messages may still be queued); binding when the step itself asks. */
export function objectionTo(state: OrderState, verb: PersonsVerb, wish: Wish = {}): string | undefined {
  if (state.facts === undefined) return refusals.notReadYet;
  if (state.edition >= 2 && state.facts.fulfilledBy === 'platform') return refusals.watchedOnly;
  const isMoneyOut = verb === 'releaseOrder' && parcels(state).some(({ label }) => label.status === 'voidRefused');
  if (isTerminal(state.phase) && !isMoneyOut) return refusals.ended(state.phase);
  return OBJECTIONS[verb](state, wish);
}

const EFFECTS: Record<PersonsVerb, (state: OrderState, order: PersonsOrder, at: number) => void> = {
  markPacked: (state, _order, at) => {
    for (const parcel of parcels(state)) parcel.packedAt ??= at;
  },
  undoPacked: (state) => {
    for (const parcel of parcels(state)) delete parcel.packedAt;
    unmeet(state);
  },
  markHandedOver: (state, { method, handoverAt }, at) => {
    for (const parcel of parcels(state)) parcel.handedOverAt ??= Math.min(handoverAt ?? at, at);
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
    delete state.heldBy;
    parcels(state).forEach(tryAgain);
    settle(state, 'labelRefused', 'uploadRefused', 'voidRefused', 'commandFailed', 'leftOffForm');
  },
  cancelOrder: (state, order) => {
    state.cancelAskedBy = order.actor;
  },
};

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
