import { allowsWriting, type ParcelScope } from './gate';
import { rankOf } from './milestones';
import { isTerminal, leastAdvanced, mayFollow, type Phase } from './phase';
import { raise, remember, settle } from './record';
import type { OrderState, Package, TimelineLine } from './state';
import type { PlatformStatus } from './facts';

const PHASE_OF_STATUS: Record<PlatformStatus, Phase> = {
  unpaid: 'onHold',
  onHold: 'onHold',
  awaitingShipment: 'toPack',
  awaitingCollection: 'awaitingHandover',
  inTransit: 'inTransit',
  delivered: 'delivered',
  completed: 'closed',
  cancelled: 'cancelled',
};

function phaseOfPackage(parcel: Package): Phase {
  if (parcel.tracking.meaning === 'delivered') return 'delivered';
  if (parcel.tracking.acceptedAt !== undefined) return 'inTransit';
  if (parcel.handedOverAt !== undefined) return 'handedOver';
  return parcel.upload.status === 'done' ? 'awaitingHandover' : 'toPack';
}

/** The platform closes a parcel that came back or was lost by cancelling. */
function phaseTold({ facts, phase }: OrderState): Phase {
  const told = PHASE_OF_STATUS[facts?.status ?? 'unpaid'];
  const reason = facts?.cancelledFor;
  return told === 'cancelled' && reason !== undefined && mayFollow(phase, reason) ? reason : told;
}

/** A notice says that the platform cancelled; that the parcel came back or was lost stands only in the order itself. */
const isReasonUnread = ({ facts, phase, edition }: OrderState): boolean =>
  edition >= 3 &&
  facts?.status === 'cancelled' &&
  facts.cancelledBy === undefined &&
  (phase === 'handedOver' || phase === 'inTransit');

/** The phase that the facts add up to: the platform's word or the least advanced parcel, whichever is further. */
function phaseOf(state: OrderState): Phase {
  if (state.facts === undefined) return state.phase;
  if (isReasonUnread(state)) return state.phase;
  const told = phaseTold(state);
  if (isTerminal(told) || told === 'onHold') return told;
  const filled = Object.values(state.packages).filter(({ itemIds }) => itemIds.length > 0);
  const seen = leastAdvanced(filled.map(phaseOfPackage)) ?? told;
  return mayFollow(told, seen) ? seen : told;
}

/** Moves the order to the phase that its facts add up to; a move that the table does not allow is refused and said. */
export function advancePhase(state: OrderState, at: number): void {
  if (state.facts === undefined) return;
  const next = phaseOf(state);
  if (next === state.phase) {
    if (state.phases.length === 0) enterPhase(state, next, at);
    return;
  }
  if (isTerminal(state.phase)) return;
  // A fact that would lead back is kept as a fact; the phase stands.
  if (mayFollow(state.phase, next)) enterPhase(state, next, at);
  else refuseOnce(state, { at, what: 'phaseRefused', about: `${state.phase} -> ${next}` });
}

function refuseOnce(state: OrderState, line: TimelineLine): void {
  const isSaid = state.timeline.some(({ what, about }) => what === line.what && about === line.about);
  if (!isSaid) remember(state, line);
}

export function enterPhase(state: OrderState, phase: Phase, at: number): void {
  state.phase = phase;
  state.phases.push({ phase, at });
  if (phase === 'delivered') state.deliveredAt ??= at;
  // No deadline of an order that is over can still be met.
  if (isTerminal(phase) && state.edition >= 2)
    settle(state, 'deadlineNear', 'deadlinePassed', 'stalled', 'handoverTooLate', 'awaitsApproval');
  noteEnd(state, at);
}

/** What an end leaves to a person. */
function noteEnd(state: OrderState, at: number): void {
  const parcels = Object.values(state.packages);
  if (state.phase === 'returned')
    raise(state, { kind: 'returnedToSender', at, about: parcels[0]?.label.trackingNumber ?? '' });
  if (state.phase !== 'closed' || state.facts?.refunded !== true) return;
  const onTheWay = parcels.find(
    ({ handedOverAt, tracking }) => handedOverAt !== undefined || tracking.acceptedAt !== undefined,
  );
  if (onTheWay !== undefined)
    raise(state, { kind: 'refundedOnTheWay', at, about: onTheWay.label.trackingNumber ?? '' });
}

/** Whether a label may be bought and a number uploaded now for a parcel. The buyer's hold is a hard gate. */
export const isWritable = (state: OrderState, scope: ParcelScope = {}): boolean =>
  state.facts !== undefined &&
  (state.edition >= 2 || state.facts.shippingType === 'seller') &&
  allowsWriting(state.facts, scope) &&
  isLetGo(state) &&
  !isStopped(state);

/** Whether its shop lets us act on it: by itself, or by a person's word for this order. */
export const isLetGo = ({ mode, approvedBy }: OrderState): boolean =>
  mode === undefined || (mode === 'assist' && approvedBy !== undefined);

/** Which items a parcel is of, where not all of its order, and which numbers its label takes the place of. */
export const scopeOf = ({ packages }: OrderState, { itemIds, label: { former } }: Package): ParcelScope => ({
  ...(Object.keys(packages).length > 1 ? { itemIds } : {}),
  ...(former === undefined ? {} : { former }),
});

/** Whether a person, the buyer or the platform has said stop. */
export const isStopped = (state: OrderState): boolean =>
  state.heldBy !== undefined ||
  state.cancelAskedBy !== undefined ||
  state.facts?.cancelRequested === true ||
  state.facts?.afterSale !== undefined ||
  state.facts === undefined ||
  rankOf(state.facts.status) <= rankOf('onHold') ||
  isTerminal(state.phase);
