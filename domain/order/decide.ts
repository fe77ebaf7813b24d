import { stallsAt } from './appeal';
import { commandId, type Command } from './command';
import { hasReached } from './milestones';
import { isOfNeighbours } from './neighbour-answers';
import { isOnOpenForm, wantedOfNeighbours } from './neighbours';
import { isTerminal, type Phase } from './phase';
import { isMoneyUnknown } from './possession';
import { changedBasis } from './replan';
import { isStopped, isWritable } from './standing';
import type { OrderState, Outcome, Package } from './state';

/** Writes that must not go on once somebody has said stop, or another tool has shipped the order. */
const ABANDONED_ON_STOP: readonly Command['kind'][] = ['prepareLabel', 'buyLabel', 'uploadTracking'];

/** About two weeks. */
const MOST_LOOKS_FOR_MONEY = 60;
/** About six hours. */
const MOST_LOOKS_FOR_INITIATOR = 6;

/**
 * What the order wants done now. It is derived from the state alone, so the same state always wants the same: an order that
 * lost its commands in a crash issues them again.
 */
function wantedOf(state: OrderState): Command[] {
  if (state.ended !== undefined) return state.ended.dossierSaved ? [] : [{ kind: 'saveDossier' }];
  if (state.facts === undefined) return state.mustReread ? [{ kind: 'loadOrder', first: true, plan: true }] : [];
  const parcels = Object.entries(state.packages);
  return [
    ...wantsPlan(state),
    ...wantedOfNeighbours(state),
    ...(state.mustReread ? [{ kind: 'loadOrder', first: false, plan: state.plan === undefined } as const] : []),
    ...parcels.flatMap(([key, parcel]) => wantedForLabel(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedForUpload(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedFile(state, key, parcel)),
    ...wantsCancel(state),
  ];
}

/** While the order is being read, or a write has just found it changed, what we know may be old. */
const isReading = (state: OrderState): boolean =>
  state.isPaused || state.mustReread || Object.values(state.outstanding).some(({ kind }) => kind === 'loadOrder');

function wantedForLabel(state: OrderState, key: string, parcel: Package): Command[] {
  if (isGivenUp(state.phase) || isShippedOtherwise(state, parcel)) return wantedVoid(state, key, parcel);
  if (!isWritable(state) || isReading(state)) return [];
  const { status, attempt, handle } = parcel.label;
  if (status === 'none') return [{ kind: 'prepareLabel', package: key, attempt }];
  return isBuyable(parcel) && handle !== undefined ? [{ kind: 'buyLabel', package: key, attempt, handle }] : [];
}

/** The platform counts an order whose label it sold as ready: its label is bought when the parcel is packed. */
const isBuyable = ({ label: { status, reason, handle }, packedAt }: Package): boolean =>
  (handle?.from !== 'platform' || packedAt !== undefined) &&
  (status === 'prepared' || (status === 'unknown' && reason === undefined));

const isGivenUp = (phase: Phase): boolean => phase === 'cancelled' || phase === 'returned' || phase === 'lost';

/**
 * Money that is or may be spent is asked back, unless the parcel was given to the carrier. A purchase that is still being made is
 * waited for: a void that reads before it commits would find nothing to void.
 */
function wantedVoid(state: OrderState, key: string, { label, tracking, handedOverAt }: Package): Command[] {
  const { status, attempt, handle } = label;
  const mayBeBought = status === 'bought' || status === 'unknown';
  // Its own label the platform takes back by itself, with the order.
  if (handle === undefined || handle.from === 'platform') return [];
  const isGone = tracking.acceptedAt !== undefined || (state.edition >= 2 && handedOverAt !== undefined);
  if (state.isPaused || !mayBeBought || isGone) return [];
  const isBeingBought = state.outstanding[commandId({ kind: 'buyLabel', package: key, attempt, handle })] !== undefined;
  return isBeingBought ? [] : [{ kind: 'voidLabel', package: key, attempt, shipmentId: handle.shipmentId }];
}

/** Another label's number stands on the order before ours was uploaded: ours, if there is one, is money to be had back. */
const isShippedOtherwise = (state: OrderState, { label, upload, handedOverAt }: Package): boolean =>
  label.handle?.from !== 'platform' &&
  state.facts?.tracking !== undefined &&
  state.facts.tracking.number !== label.trackingNumber &&
  upload.status !== 'done' &&
  handedOverAt === undefined;

function wantedForUpload(state: OrderState, key: string, { label, upload, packedAt, itemIds }: Package): Command[] {
  const { trackingNumber, carrier } = label;
  if (!isWritable(state) || isReading(state) || packedAt === undefined || upload.status !== 'none') return [];
  if (label.status !== 'bought' || trackingNumber === undefined || carrier === undefined) return [];
  return [{ kind: 'uploadTracking', package: key, itemIds, trackingNumber, carrier }];
}

const wantedFile = (state: OrderState, key: string, { label }: Package): Command[] =>
  label.fileMissing === true && label.handle !== undefined && !isTerminal(state.phase)
    ? [{ kind: 'keepLabelFile', package: key, attempt: label.attempt, shipmentId: label.handle.shipmentId }]
    : [];

const wantsPlan = (state: OrderState): Command[] => {
  const mayPlan = state.edition >= 2 && state.tellAgain.planOrder === undefined;
  const basis = mayPlan ? changedBasis(state) : undefined;
  return basis === undefined ? [] : [{ kind: 'planOrder', basis }];
};

const wantsCancel = (state: OrderState): Command[] =>
  state.cancelAskedBy !== undefined && state.cancelSentAt === undefined && !isTerminal(state.phase) && !isReading(state)
    ? [{ kind: 'cancelOnPlatform' }]
    : [];

/** Ends the order once its phase is terminal and nothing is left to do or to learn. */
export function endWhenDone(state: OrderState, at: number): void {
  if (state.ended !== undefined || !isTerminal(state.phase)) return;
  if (Object.keys(state.outstanding).length > 0 || wantedOf(state).length > 0 || isWaitedFor(state)) return;
  state.ended = { outcome: outcomeOf(state), at, dossierSaved: false };
}

/** What an order that is over still waits for; neither is waited for for ever. */
function isWaitedFor(state: OrderState): boolean {
  const { facts, look } = state;
  // It leaves the form first; the manifest's answer is what shows that it did.
  if (isOnOpenForm(state) || Object.keys(state.tellAgain).length > 0) return true;
  // A case that is opened by the carrier's silence is opened by nobody else.
  if (state.edition >= 2 && Object.values(state.packages).some((parcel) => stallsAt(state, parcel) !== undefined))
    return true;
  // A purchase that was lost sight of may still be made.
  const isUnknown = Object.values(state.packages).some(isMoneyUnknown);
  // Money that could not be had back is a person's matter: the order stays where people look, for a while.
  const isMoneyOut = Object.values(state.packages).some(({ label }) => label.status === 'voidRefused');
  if (isUnknown || isMoneyOut) return look.fruitless < MOST_LOOKS_FOR_MONEY;
  // Who cancelled stands in the order itself, which may lag behind its notice.
  const isUnnamed = facts?.status === 'cancelled' && facts.cancelledBy === undefined;
  return isUnnamed && look.fruitless < MOST_LOOKS_FOR_INITIATOR;
}

function outcomeOf(state: OrderState): Outcome {
  if (state.phase === 'returned' || state.phase === 'lost') return state.phase;
  if (state.phase !== 'cancelled') return 'delivered';
  switch (state.facts?.cancelledBy) {
    case 'buyer':
      return 'buyerCancelled';
    case 'seller':
      return 'sellerCancelled';
    default:
      return 'platformCancelled';
  }
}

/**
 * Neighbours are told one after the other. Two local activities at once come back in one activation when they are replayed and
 * in two when they are not: the loop would decide once here and twice there, and the history would not fit.
 */
function oneBeside(state: OrderState, wanted: Command[]): Command[] {
  const isBusy = Object.values(state.outstanding).some(isOfNeighbours);
  const next = isBusy ? undefined : wanted.find(isOfNeighbours);
  return wanted.filter((command) => command === next || !isOfNeighbours(command));
}

/** A label that the platform sells makes the order ready: that it is so is no reason to give its purchase up. */
function mustStop(state: OrderState, command: Command): boolean {
  if (!ABANDONED_ON_STOP.includes(command.kind)) return false;
  const isPlatformLabel = command.kind === 'buyLabel' && command.handle.from === 'platform';
  return isStopped(state) || (!isPlatformLabel && hasReached(state, 'awaitingCollection'));
}

/** Which commands to begin and which of those under way to give up. */
export function decide(state: OrderState): { start: { id: string; command: Command }[]; abandon: string[] } {
  const start = oneBeside(state, wantedOf(state))
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined);
  const abandon = Object.entries(state.outstanding).flatMap(([id, command]) => (mustStop(state, command) ? [id] : []));
  return { start, abandon };
}
