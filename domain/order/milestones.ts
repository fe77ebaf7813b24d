import type { Milestone, PlatformStatus } from './facts';
import type { OrderState, Package } from './state';

const RANK: readonly PlatformStatus[] = [
  'unpaid',
  'onHold',
  'awaitingShipment',
  'awaitingCollection',
  'inTransit',
  'delivered',
  'completed',
  'cancelled',
];

export const rankOf = (status: PlatformStatus): number => RANK.indexOf(status);

/** Whether the platform has moved at least as far as `status`, on the way to the buyer and not by cancelling. */
export const hasReached = (state: OrderState, status: PlatformStatus): boolean =>
  state.facts !== undefined && state.facts.status !== 'cancelled' && rankOf(state.facts.status) >= rankOf(status);

export const latestOf = (packages: Package[], instant: (parcel: Package) => number | undefined): number | undefined => {
  const instants = packages.map(instant);
  return instants.length > 0 && instants.every((at) => at !== undefined) ? Math.max(...instants) : undefined;
};

const platformReached = (state: OrderState, status: PlatformStatus): number | undefined =>
  hasReached(state, status) ? state.facts?.statusAt : undefined;

type Proof = {
  /** When one parcel reached it. */
  of: (parcel: Package) => number | undefined;
  /** The platform's status that proves it too: its notices get lost, so a later one is proof of every earlier step. */
  status: PlatformStatus;
};

const PROOFS: Record<Milestone, Proof> = {
  packed: { of: (parcel) => parcel.packedAt, status: 'awaitingCollection' },
  trackingUploaded: { of: (parcel) => parcel.upload.at, status: 'awaitingCollection' },
  readyAtPlatform: { of: (parcel) => parcel.upload.at, status: 'awaitingCollection' },
  handedOver: { of: (parcel) => parcel.handedOverAt ?? parcel.tracking.acceptedAt, status: 'inTransit' },
  acceptanceScan: { of: (parcel) => parcel.tracking.acceptedAt, status: 'inTransit' },
  // The request is gone from the agenda once it is answered.
  cancelAnswered: { of: () => undefined, status: 'completed' },
  delivered: {
    of: ({ tracking }) => (tracking.meaning === 'delivered' ? tracking.at : undefined),
    status: 'delivered',
  },
};

/** When a milestone was reached, by the time of the fact itself and not of its arrival; undefined while it is not. */
function milestoneAt(state: OrderState, milestone: Milestone): number | undefined {
  const { of, status } = PROOFS[milestone];
  return latestOf(Object.values(state.packages), of) ?? platformReached(state, status);
}

/** Writes down each deadline that the facts now meet, by the earliest fact: an earlier one may be heard of later. */
export function recordMet(state: OrderState): void {
  for (const deadline of state.plan?.deadlines ?? []) {
    const at = milestoneAt(state, deadline.metBy);
    if (at === undefined || at >= (state.met[deadline.name] ?? Infinity)) continue;
    state.met[deadline.name] = at;
    state.attention = state.attention.filter((line) => line.about !== deadline.name);
  }
}

/** Takes back what the facts no longer show: a person undid a step that nobody outside has seen. */
export function unmeet(state: OrderState): void {
  for (const { name, metBy } of state.plan?.deadlines ?? []) {
    if (milestoneAt(state, metBy) === undefined) state.met = omit(state.met, name);
  }
}

const omit = (met: OrderState['met'], name: string): OrderState['met'] =>
  Object.fromEntries(Object.entries(met).filter(([other]) => other !== name));
