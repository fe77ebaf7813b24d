import { commandId, type Command } from './command';
import { hasReached } from './milestones';
import { isTerminal } from './phase';
import { isStopped, isWritable } from './standing';
import type { Label, OrderState, Outcome, Package } from './state';

/** Writes that must not go on once somebody has said stop, or another tool has shipped the order. */
const ABANDONED_ON_STOP: readonly Command['kind'][] = ['prepareLabel', 'buyLabel', 'uploadTracking'];

/**
 * What the order wants done now. It is derived from the state alone, so the same state always wants the same: an order that
 * lost its commands in a crash issues them again.
 */
function wantedOf(state: OrderState): Command[] {
  if (state.ended !== undefined) return state.ended.dossierSaved ? [] : [{ kind: 'saveDossier' }];
  if (state.facts === undefined) return [{ kind: 'loadOrder', first: true }];
  const parcels = Object.entries(state.packages);
  return [
    ...(state.mustReread ? [{ kind: 'loadOrder', first: false } as const] : []),
    ...parcels.flatMap(([key, parcel]) => wantedForLabel(state, key, parcel)),
    ...parcels.flatMap(([key, parcel]) => wantedForUpload(state, key, parcel)),
    ...wantsCancel(state),
  ];
}

const isReading = (state: OrderState): boolean =>
  state.mustReread || Object.values(state.outstanding).some(({ kind }) => kind === 'loadOrder');

function wantedForLabel(state: OrderState, key: string, parcel: Package): Command[] {
  if (state.phase === 'cancelled' || isShippedOtherwise(state, parcel.label)) return wantedVoid(key, parcel);
  // While the order is being read again, nothing new is bought on what may be old.
  if (!isWritable(state) || isReading(state)) return [];
  const { status, attempt, handle, reason } = parcel.label;
  if (status === 'none') return [{ kind: 'prepareLabel', package: key, attempt }];
  const isBuyable = status === 'prepared' || (status === 'unknown' && reason === undefined);
  return isBuyable && handle !== undefined ? [{ kind: 'buyLabel', package: key, attempt, handle }] : [];
}

/** Money that is or may be spent is asked back, unless the carrier has the parcel. */
function wantedVoid(key: string, { label, tracking }: Package): Command[] {
  const mayBeBought = label.status === 'bought' || label.status === 'unknown';
  if (!mayBeBought || label.handle === undefined || tracking.acceptedAt !== undefined) return [];
  return [{ kind: 'voidLabel', package: key, attempt: label.attempt, shipmentId: label.handle.shipmentId }];
}

/** Another label's number stands on the order at the platform: ours, if there is one, is money to be had back. */
const isShippedOtherwise = (state: OrderState, label: Label): boolean =>
  state.facts?.tracking !== undefined && state.facts.tracking.number !== label.trackingNumber;

function wantedForUpload(state: OrderState, key: string, { label, upload, packedAt, itemIds }: Package): Command[] {
  const { trackingNumber, carrier } = label;
  if (!isWritable(state) || isReading(state) || packedAt === undefined || upload.status !== 'none') return [];
  if (label.status !== 'bought' || trackingNumber === undefined || carrier === undefined) return [];
  return [{ kind: 'uploadTracking', package: key, itemIds, trackingNumber, carrier }];
}

const wantsCancel = (state: OrderState): Command[] =>
  state.cancelAskedBy !== undefined && !state.isCancelSent && !isTerminal(state.phase) && !isReading(state)
    ? [{ kind: 'cancelOnPlatform' }]
    : [];

/** Ends the order once its phase is terminal and nothing is left to do or to learn. */
export function endWhenDone(state: OrderState, at: number): void {
  if (state.ended !== undefined || !isTerminal(state.phase)) return;
  if (Object.keys(state.outstanding).length > 0 || wantedOf(state).length > 0) return;
  state.ended = { outcome: outcomeOf(state), at, dossierSaved: false };
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
