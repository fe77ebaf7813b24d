import { refusals } from '../../words/order';
import type { PersonsOrder, PersonsVerb } from './event';
import { isTerminal, type Phase } from './phase';
import { remember, settle } from './record';
import type { OrderState, Package, Verdict } from './state';

const CANCELLABLE: readonly Phase[] = ['onHold', 'toPack', 'awaitingHandover'];
const HOLDABLE: readonly Phase[] = ['onHold', 'toPack', 'awaitingHandover'];

/** Why a person's order cannot be followed now, as a sentence; undefined when it can. */
type Objection = (state: OrderState) => string | undefined;

const OBJECTIONS: Record<PersonsVerb, Objection> = {
  markPacked: (state) => {
    if (state.heldBy !== undefined) return refusals.held(state.heldBy);
    if (state.facts?.cancelRequested === true) return refusals.cancelRequested;
    if (state.phase === 'onHold') return refusals.buyersHold;
    if (Object.values(state.packages).every(({ packedAt }) => packedAt !== undefined)) return refusals.alreadyPacked;
    return state.phase === 'toPack' ? undefined : refusals.notIn(state.phase);
  },
  markHandedOver: (state) => (state.phase === 'awaitingHandover' ? undefined : refusals.notHandable(state.phase)),
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
  const isMoneyOut = verb === 'releaseOrder' && parcels(state).some(({ label }) => label.status === 'voidRefused');
  if (isTerminal(state.phase) && !isMoneyOut) return refusals.ended(state.phase);
  return OBJECTIONS[verb](state);
}

const EFFECTS: Record<PersonsVerb, (state: OrderState, order: PersonsOrder, at: number) => void> = {
  markPacked: (state, _order, at) => {
    for (const parcel of parcels(state)) parcel.packedAt ??= at;
  },
  markHandedOver: (state, _order, at) => {
    for (const parcel of parcels(state)) parcel.handedOverAt ??= at;
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

/** Follows or refuses a person's order; the verdict is what the caller is told. */
export function foldOrder(state: OrderState, order: PersonsOrder, at: number): Omit<Verdict, 'phase'> {
  const reason = objectionTo(state, order.verb);
  if (reason !== undefined) return { accepted: false, reason, at, bodyHash: order.bodyHash };
  EFFECTS[order.verb](state, order, at);
  remember(state, { at, what: `person.${order.verb}`, about: order.actor });
  return { accepted: true, at, bodyHash: order.bodyHash };
}
