import type { OrderNotice } from '../order/event';
import type { OrderFacts, PlatformStatus } from '../order/facts';
import { isTerminal, mayFollow, NEXT, type Phase } from '../order/phase';

/** A changed order: when the platform's list says that it changed, and what its reading says. Epoch milliseconds. */
export type Changed = {
  updatedAt: number;
  facts: Pick<OrderFacts, 'status' | 'statusAt' | 'cancelRequested' | 'afterSale'>;
};

/** What is known on our side: its phase as our lists show it, and the status that the sweep saw last. */
export type Known = { shownPhase?: string | undefined; lastStatus?: PlatformStatus | undefined };

/** `isMissed`: nobody had told what the lists would show by now. */
export type News = { notice: OrderNotice; isMissed: boolean };

/** The least phase that a status leads to, as lists show it. */
export const PHASE_OF_STATUS: Record<PlatformStatus, Phase> = {
  unpaid: 'onHold',
  onHold: 'onHold',
  awaitingShipment: 'toPack',
  awaitingCollection: 'awaitingHandover',
  inTransit: 'inTransit',
  delivered: 'delivered',
  completed: 'closed',
  cancelled: 'cancelled',
};

/** An order that is over by the platform and not open here is nobody's work. */
const OVER: readonly PlatformStatus[] = ['completed', 'cancelled'];

export const isOver = (status: PlatformStatus): boolean => OVER.includes(status);

/** Until the carrier has the parcel, an address, a split or a request of the buyer's changes what is to be done. */
const IN_OUR_HANDS: readonly PlatformStatus[] = ['awaitingShipment', 'awaitingCollection'];

export const isInOurHands = (status: PlatformStatus): boolean => IN_OUR_HANDS.includes(status);

/**
 * What an order is told of its change; undefined where it has heard it by webhook: the lists show its status's phase, or a
 * further one, and the status alone is what changed.
 */
export function newsOf({ updatedAt, facts }: Changed, { shownPhase, lastStatus }: Known): News | undefined {
  const { status, statusAt } = facts;
  const isMissed = !isShown(status, shownPhase);
  const isHidden = isAskedFor(facts) || statusAt < updatedAt || (isInOurHands(status) && lastStatus === status);
  if (!isMissed && !isHidden) return undefined;
  return {
    // A reading that is behind the list is dated by itself, so that its status does not count as the newer word.
    notice: { at: statusAt, status, via: 'sweep', ...(isHidden ? { about: 'afterSale' } : {}) },
    isMissed,
  };
}

const isAskedFor = ({ cancelRequested, afterSale }: Changed['facts']): boolean =>
  cancelRequested || afterSale !== undefined;

function isShown(status: PlatformStatus, shownPhase: string | undefined): boolean {
  if (shownPhase === undefined || !isPhase(shownPhase)) return false;
  const told = PHASE_OF_STATUS[status];
  return shownPhase === told || mayFollow(told, shownPhase) || (isTerminal(told) && isTerminal(shownPhase));
}

/** Lists show what was written to them, by whatever edition. */
const isPhase = (shown: string): shown is Phase => Object.hasOwn(NEXT, shown);
