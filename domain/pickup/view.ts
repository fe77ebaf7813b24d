import { pickupPage } from '../../words/pickup';
import type { PickupState, PickupStatus } from './state';
import { isUnderWay } from './step';

/** A pickup as people and programs read it: instants as ISO 8601 in UTC, but for `nextWakeAt`. */
export type PickupView = {
  shopId: string;
  account: string;
  shipFrom: string;
  date: string;
  status: PickupStatus;
  /** The number that the driver and the carrier's desk go by. */
  confirmation: string | null;
  window: { from: string; until: string } | null;
  parcels: number | null;
  priceCents: number | null;
  confirmedAt: string | null;
  /** Why the last thing that was ordered was not done. */
  reason: string | null;
  history: { at: string; what: PickupStatus; by: string | null; about: string | null }[];
  isUnderWay: boolean;
  /** Epoch milliseconds; null once it is over. */
  nextWakeAt: number | null;
};

const iso = (at: number): string => new Date(at).toISOString();

export function viewOf(state: PickupState): PickupView {
  const { shopId, account, shipFrom, date, status, reason } = state;
  return {
    ...{ shopId, account, shipFrom, date, status },
    ...confirmedIn(state),
    reason: reason ?? null,
    history: state.history.map(({ at, what, by = null, about = null }) => ({ at: iso(at), what, by, about })),
    isUnderWay: isUnderWay(state),
    nextWakeAt: state.endedAt === undefined ? state.endsAt : null,
  };
}

const NOTHING = { confirmation: null, window: null, parcels: null, priceCents: null, confirmedAt: null } as const;

function confirmedIn({ confirmed, confirmedAt }: PickupState): Pick<PickupView, keyof typeof NOTHING> {
  if (confirmed === undefined) return NOTHING;
  const { confirmation, window, parcels, priceCents = null } = confirmed;
  return {
    ...{ confirmation, parcels, priceCents },
    window: { from: iso(window.from), until: iso(window.until) },
    confirmedAt: confirmedAt === undefined ? null : iso(confirmedAt),
  };
}

/** The pickup as a page of Markdown. */
export function pageOf(state: PickupState): string {
  const { confirmed, reason, unreadable, isCancelAsked } = state;
  return [
    pickupPage.title(state),
    pickupPage.status(state.status),
    ...(confirmed === undefined ? [] : [pickupPage.confirmed(confirmed)]),
    ...(reason === undefined ? [] : [pickupPage.reason(reason)]),
    ...(unreadable === 0 ? [] : [pickupPage.unreadable(unreadable)]),
    ...(isCancelAsked ? [pickupPage.cancelAsked] : []),
  ].join('\n\n');
}
