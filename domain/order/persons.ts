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
type Objection = (state: OrderState) => string | undefined;

const OBJECTIONS: Record<PersonsVerb, Objection> = {
  markPacked: (state) => {
    if (state.heldBy !== undefined) return refusals.held(state.heldBy);
    if (state.facts?.cancelRequested === true) return refusals.cancelRequested;
    if (state.phase === 'onHold') return refusals.buyersHold;
    if (parcels(state).every(({ packedAt }) => packedAt !== undefined)) return refusals.alreadyPacked;
    return PACKABLE.includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  undoPacked: (state) => {
    if (!parcels(state).some(({ packedAt }) => packedAt !== undefined)) return refusals.notPacked;
    if (parcels(state).some(isOnForm)) return refusals.onForm;
    return PACKABLE.includes(state.phase) ? undefined : refusals.notIn(state.phase);
  },
  markHandedOver: (state) => (state.phase === 'awaitingHandover' ? undefined : refusals.notHandable(state.phase)),
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

const isOnForm = ({ manifest }: Package): boolean => manifest.status === 'formed' || manifest.status === 'scanned';

const parcels = (state: OrderState): Package[] => Object.values(state.packages);

/** A step of the parcel was refused or failed, and is tried again only when a person says so. */
const isStuck = ({ label, upload }: Package): boolean =>
  label.reason !== undefined || label.status === 'voidRefused' || upload.status === 'refused';

function tryAgain({ label, upload }: Package): void {
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
export function objectionTo(state: OrderState, verb: PersonsVerb): string | undefined {
  if (state.facts === undefined) return refusals.notReadYet;
  if (state.facts.fulfilledBy === 'platform') return refusals.watchedOnly;
  const isMoneyOut = verb === 'releaseOrder' && parcels(state).some(({ label }) => label.status === 'voidRefused');
  if (isTerminal(state.phase) && !isMoneyOut) return refusals.ended(state.phase);
  return OBJECTIONS[verb](state);
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
    const first = missedBy(state, handoverAt);
    if (first !== undefined) raise(state, { kind: 'handoverTooLate', at, about: first });
  },
  holdOrder: (state, order) => {
    state.heldBy = order.actor;
  },
  releaseOrder: (state) => {
    delete state.heldBy;
    parcels(state).forEach(tryAgain);
    settle(state, 'labelRefused', 'uploadRefused', 'voidRefused', 'commandFailed');
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
  const reason = objectionTo(state, order.verb);
  if (reason !== undefined) return { accepted: false, reason, at, bodyHash: order.bodyHash };
  EFFECTS[order.verb](state, order, at);
  remember(state, { at, what: `person.${order.verb}`, about: order.actor });
  return { accepted: true, at, bodyHash: order.bodyHash };
}
