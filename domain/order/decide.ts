import { commandId, type Command } from './command';
import { hasReached } from './milestones';
import { isTerminal, type Phase } from './phase';
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
    ...(state.mustReread ? [{ kind: 'loadOrder', first: false, plan: state.plan === undefined } as const] : []),
    ...parcels.flatMap(([key, parcel]) => wantedForLabel(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedForUpload(state, key, parcel)),
    ...wantsCancel(state),
  ];
}

/** While the order is being read, or a write has just found it changed, what we know may be old. */
const isReading = (state: OrderState): boolean =>
  state.isPaused || state.mustReread || Object.values(state.outstanding).some(({ kind }) => kind === 'loadOrder');

function wantedForLabel(state: OrderState, key: string, parcel: Package): Command[] {
  if (isGivenUp(state.phase) || isShippedOtherwise(state, parcel)) return wantedVoid(state, key, parcel);
  if (!isWritable(state) || isReading(state)) return [];
  const { status, attempt, handle, reason } = parcel.label;
  if (status === 'none') return [{ kind: 'prepareLabel', package: key, attempt }];
  const isBuyable = status === 'prepared' || (status === 'unknown' && reason === undefined);
  return isBuyable && handle !== undefined ? [{ kind: 'buyLabel', package: key, attempt, handle }] : [];
}

const isGivenUp = (phase: Phase): boolean => phase === 'cancelled' || phase === 'returned' || phase === 'lost';

/**
 * Money that is or may be spent is asked back, unless the carrier has the parcel. A purchase that is still being made is
 * waited for: a void that reads before it commits would find nothing to void.
 */
function wantedVoid(state: OrderState, key: string, { label, tracking }: Package): Command[] {
  const { status, attempt, handle } = label;
  const mayBeBought = status === 'bought' || status === 'unknown';
  if (state.isPaused || !mayBeBought || handle === undefined || tracking.acceptedAt !== undefined) return [];
  const isBeingBought = state.outstanding[commandId({ kind: 'buyLabel', package: key, attempt, handle })] !== undefined;
  return isBeingBought ? [] : [{ kind: 'voidLabel', package: key, attempt, shipmentId: handle.shipmentId }];
}

/** Another label's number stands on the order before ours was uploaded: ours, if there is one, is money to be had back. */
const isShippedOtherwise = (state: OrderState, { label, upload, handedOverAt }: Package): boolean =>
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
  // A purchase that was lost sight of may still be made.
  const isUnknown = Object.values(state.packages).some(({ label }) => label.status === 'unknown');
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

/** Which commands to begin and which of those under way to give up. */
export function decide(state: OrderState): { start: { id: string; command: Command }[]; abandon: string[] } {
  const start = wantedOf(state)
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined);
  const mustStop = isStopped(state) || hasReached(state, 'awaitingCollection');
  const abandon = mustStop
    ? Object.entries(state.outstanding).flatMap(([id, { kind }]) => (ABANDONED_ON_STOP.includes(kind) ? [id] : []))
    : [];
  return { start, abandon };
}
