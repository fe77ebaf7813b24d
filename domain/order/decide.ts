import { mustAskAfterSale, wantsCancelAnswer } from './after-sale';
import { wishOf } from './choose';
import { commandId, type Command } from './command';
import type { ParcelScope } from './gate';
import { hasReached } from './milestones';
import { isOfNeighbours } from './neighbour-answers';
import { isOnOpenForm, isOnOpenList, joinOf, mayBeOnList, wantedOfNeighbours } from './neighbours';
import { trackingOf } from './facts';
import { isTerminal } from './phase';
import { isMoneyUnknown, isUnrefunded } from './possession';
import { isWithCarrier } from './replace';
import { changedBasis } from './replan';
import { doubtedIn, stallsAt } from './stall';
import { isLetGo, isStopped, isWritable, scopeOf } from './standing';
import type { OrderState, Outcome, Package } from './state';

/** Writes that must not go on once somebody has said stop, or another tool has shipped the order. */
const ABANDONED_ON_STOP: readonly Command['kind'][] = ['prepareLabel', 'buyLabel', 'uploadTracking', 'correctTracking'];

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
    ...wantsReading(state),
    ...parcels.flatMap(([key, parcel]) => wantedForLabel(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedForUpload(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedFile(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedRefunds(state, key, parcel)),
    ...wantsCancel(state),
    ...(isReading(state) ? [] : wantsCancelAnswer(state)),
  ];
}

function wantsReading(state: OrderState): Command[] {
  if (!state.mustReread) return [];
  const heard = doubtedIn(state);
  return [
    {
      kind: 'loadOrder',
      first: false,
      plan: state.plan === undefined,
      ...(mustAskAfterSale(state) ? { afterSale: true } : {}),
      ...(heard.length === 0 ? {} : { heard }),
    },
  ];
}

/** While the order is being read, or a write has just found it changed, what we know may be old. */
const isReading = (state: OrderState): boolean =>
  state.isPaused || state.mustReread || Object.values(state.outstanding).some(({ kind }) => kind === 'loadOrder');

function wantedForLabel(state: OrderState, key: string, parcel: Package): Command[] {
  if (isGivenUp(state) || isShippedOtherwise(state, parcel)) return wantedVoid(state, key, parcel);
  if (parcel.label.replace !== undefined) return isOnItsList(parcel) ? [] : wantedVoid(state, key, parcel);
  const scope = scopeOf(state, parcel);
  return isWritable(state, scope) && !isReading(state) ? wantedPurchase(key, parcel, scope) : [];
}

function wantedPurchase(key: string, parcel: Package, scope: ParcelScope): Command[] {
  const { status, attempt, handle, alone, members } = parcel.label;
  const about = { package: key, attempt, ...scope };
  const wish = wishOf(parcel);
  if (parcel.itemIds.length === 0) return [];
  if (status === 'none') return [{ kind: 'prepareLabel', ...about, ...wish, ...(alone === true ? { alone } : {}) }];
  return isBuyable(parcel) && handle !== undefined
    ? [{ kind: 'buyLabel', ...about, handle, ...(members === undefined ? {} : { members }) }]
    : [];
}

/** The platform counts an order whose label it sold as ready: its label is bought when the parcel is packed. */
const isBuyable = ({ label: { status, reason, handle }, packedAt }: Package): boolean =>
  (handle?.from !== 'platform' || packedAt !== undefined) &&
  (status === 'prepared' || (status === 'unknown' && reason === undefined));

/** A full refund before the carrier had it is as good as a cancellation. */
const isGivenUp = ({ phase, facts }: OrderState): boolean =>
  phase === 'cancelled' || phase === 'returned' || phase === 'lost' || (phase === 'closed' && facts?.refunded === true);

/** On the list of a form that is not made yet: it leaves that first. */
const isOnItsList = ({ manifest }: Package): boolean => mayBeOnList(manifest);

/**
 * Money that is or may be spent is asked back, unless the parcel was given to the carrier. A purchase that is still being made is
 * waited for: a void that reads before it commits would find nothing to void.
 */
function wantedVoid(state: OrderState, key: string, parcel: Package): Command[] {
  // Where nothing may be written the money is asked back later.
  return state.mode === 'watch' ? [] : voidOf(state, key, parcel);
}

/** What nobody could read back is asked back by its reference all the same. */
const mayBeBought = ({ status, objection }: Package['label']): boolean =>
  status === 'bought' || status === 'unknown' || (status === 'refused' && objection === 'unclear');

function voidOf(state: OrderState, key: string, parcel: Package): Command[] {
  // It leaves its form first: a label that is voided while the form is being asked for may stand on it all the same.
  return isOnOpenList(state, parcel) ? [] : voidOfFree(state, key, parcel);
}

function voidOfFree(state: OrderState, key: string, { label, tracking, handedOverAt }: Package): Command[] {
  const { attempt, handle } = label;
  // Its own label the platform takes back by itself, with the order.
  if (handle === undefined || handle.from === 'platform') return [];
  const isScanned = tracking.acceptedAt !== undefined || tracking.originAt !== undefined;
  const isGone = isScanned || (state.edition >= 2 && handedOverAt !== undefined);
  if (state.isPaused || !mayBeBought(label) || isGone) return [];
  const isBeingBought = state.outstanding[commandId({ kind: 'buyLabel', package: key, attempt, handle })] !== undefined;
  return isBeingBought ? [] : [{ kind: 'voidLabel', package: key, attempt, shipmentId: handle.shipmentId }];
}

/** Labels that others took the place of: their money is asked back once more when a person says so. */
const wantedRefunds = (state: OrderState, key: string, { unrefunded = [] }: Package): Command[] =>
  state.mode === 'watch'
    ? []
    : unrefunded.flatMap(({ shipmentId, attempt, again }) =>
        again === true ? [{ kind: 'voidLabel', package: key, attempt, shipmentId } as const] : [],
      );

/** Another label's number stands on the order before ours was uploaded: ours, if there is one, is money to be had back. */
const isShippedOtherwise = (state: OrderState, { label, upload, handedOverAt, itemIds }: Package): boolean =>
  label.handle?.from !== 'platform' &&
  isOthers(state, itemIds, label) &&
  upload.status !== 'done' &&
  handedOverAt === undefined;

function isOthers(
  { facts }: OrderState,
  itemIds: string[],
  { trackingNumber, former = [] }: Package['label'],
): boolean {
  const number = facts && trackingOf(facts, itemIds)?.number;
  return number !== undefined && number !== trackingNumber && !former.includes(number);
}

function wantedForUpload(state: OrderState, key: string, parcel: Package): Command[] {
  const scope = scopeOf(state, parcel);
  const { label, upload, itemIds } = parcel;
  const { trackingNumber, carrier } = label;
  if (!isUploadable(state, parcel) || trackingNumber === undefined || carrier === undefined) return [];
  if (!isWritable(state, scope) || isReading(state)) return [];
  const isSplit = scope.itemIds === undefined ? {} : { isSplit: true as const };
  const shipment = { package: key, itemIds, trackingNumber, carrier, ...isSplit };
  if (upload.status === 'none') return [{ kind: 'uploadTracking', ...shipment, ...joinOf(state, parcel) }];
  return isOutdated(parcel) ? [{ kind: 'correctTracking', ...shipment }] : [];
}

const isUploadable = (state: OrderState, { label, packedAt }: Package): boolean =>
  HAS_NUMBER.includes(label.status) &&
  label.replace === undefined &&
  (packedAt !== undefined || state.plan?.uploadOn === 'bought');

const HAS_NUMBER: readonly Package['label']['status'][] = ['bought', 'shared'];

/** The platform has the number of a label that another took the place of. */
const isOutdated = ({ label, upload }: Package): boolean =>
  upload.status === 'done' &&
  upload.isUncorrected !== true &&
  upload.number !== undefined &&
  upload.number !== label.trackingNumber &&
  label.former?.includes(upload.number) === true;

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
  state.cancelAskedBy !== undefined &&
  state.mode !== 'watch' &&
  state.cancelSentAt === undefined &&
  !isTerminal(state.phase) &&
  !isReading(state)
    ? [{ kind: 'cancelOnPlatform' }]
    : [];

/** Ends the order once its phase is terminal and nothing is left to do or to learn. */
export function endWhenDone(state: OrderState, at: number): void {
  if (state.ended !== undefined || !isTerminal(state.phase)) return;
  if (Object.keys(state.outstanding).length > 0 || wantedOf(state).length > 0 || isWaitedFor(state)) return;
  state.ended = { outcome: outcomeOf(state), at, dossierSaved: false };
}

/** A case that is opened by the carrier's silence is opened by nobody else. */
const isStallOpen = (state: OrderState): boolean =>
  state.edition >= 2 && Object.values(state.packages).some((parcel) => stallsAt(state, parcel) !== undefined);

/** Money that may not be asked back now is asked back when that is allowed again; a pause ends by itself, with the next look. */
function isMoneyHeld(state: OrderState): boolean {
  const isPause = state.edition >= 6 && state.isPaused && state.look.fruitless < MOST_LOOKS_FOR_MONEY;
  if (state.mode !== 'watch' && !isPause) return false;
  const going = isPause ? { ...state, isPaused: false } : state;
  return Object.entries(state.packages).some(([key, parcel]) => voidOf(going, key, parcel).length > 0);
}

/** What an order that is over still waits for; neither is waited for for ever. */
function isWaitedFor(state: OrderState): boolean {
  const { facts, look } = state;
  // It leaves the form first; the manifest's answer is what shows that it did.
  if (isOnOpenForm(state) || Object.keys(state.tellAgain).length > 0) return true;
  if (isStallOpen(state)) return true;
  if (isMoneyHeld(state)) return true;
  // A purchase that was lost sight of may still be made.
  const isUnknown = Object.values(state.packages).some(isMoneyUnknown);
  // Money that could not be had back is a person's matter: the order stays where people look, for a while.
  const isMoneyOut = Object.values(state.packages).some(isUnrefunded);
  if (isUnknown || isMoneyOut) return look.fruitless < MOST_LOOKS_FOR_MONEY;
  // Who cancelled stands in the order itself, which may lag behind its notice.
  const isUnnamed = facts?.status === 'cancelled' && facts.cancelledBy === undefined;
  return isUnnamed && look.fruitless < MOST_LOOKS_FOR_INITIATOR;
}

function outcomeOf(state: OrderState): Outcome {
  if (state.phase === 'returned' || state.phase === 'lost') return state.phase;
  if (state.phase !== 'cancelled') return state.facts?.refunded === true ? 'refunded' : 'delivered';
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
 * Neighbours are told one after the other, so that they hear things in the order in which they became so. (Up to edition 5 this was
 * needed besides: two local activities at once come back in one activation when they are replayed and in two when they are not.)
 */
function oneBeside(state: OrderState, wanted: Command[]): Command[] {
  const isBusy = Object.values(state.outstanding).some(isOfNeighbours);
  const next = isBusy ? undefined : wanted.find(isOfNeighbours);
  return wanted.filter((command) => command === next || !isOfNeighbours(command));
}

/** What is done with a label that is replaced: its number is not to be uploaded, and with the carrier it is not to be voided. */
function isOvertaken(state: OrderState, command: Command): boolean {
  if (command.kind !== 'uploadTracking' && command.kind !== 'voidLabel') return false;
  const parcel = state.packages[command.package];
  if (parcel === undefined) return false;
  return command.kind === 'uploadTracking' ? parcel.label.replace !== undefined : isKeptAfterAll(state, parcel);
}

const isKeptAfterAll = (state: OrderState, parcel: Package): boolean =>
  !isTerminal(state.phase) && isWithCarrier(state, parcel);

/** A label that the platform sells makes the order ready: that it is so is no reason to give its purchase up. */
function mustStop(state: OrderState, command: Command): boolean {
  if (isOvertaken(state, command)) return true;
  if (!ABANDONED_ON_STOP.includes(command.kind)) return false;
  if (isStopped(state) || !isLetGo(state)) return true;
  // What takes the place of another may do so until the carrier has the parcel.
  const until = 'former' in command || command.kind === 'correctTracking' ? 'inTransit' : 'awaitingCollection';
  return !makesItReady(state, command) && hasReached(state, until);
}

/** By its own doing the order is ready, then: that is no reason to give it up. An upload reads before it writes. */
const makesItReady = ({ edition }: OrderState, command: Command): boolean =>
  (command.kind === 'buyLabel' && command.handle.from === 'platform') ||
  (command.kind === 'uploadTracking' && edition >= 6);

/** Which commands to begin and which of those under way to give up. */
export function decide(state: OrderState): { start: { id: string; command: Command }[]; abandon: string[] } {
  const start = oneBeside(state, wantedOf(state))
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined);
  const abandon = Object.entries(state.outstanding).flatMap(([id, command]) => (mustStop(state, command) ? [id] : []));
  return { start, abandon };
}
