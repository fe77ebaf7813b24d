import { watchPage } from '../../words/carriers';
import type { WatchHindrance, WatchState } from './state';

/** The watch as people and programs read it: instants as ISO 8601 in UTC, but for `nextWakeAt`. */
export type WatchView = {
  shopId: string;
  /** The next instant at which it acts by itself, epoch milliseconds; null while it looks. */
  nextWakeAt: number | null;
  lookedAt: string | null;
  accounts: number;
  paused: number;
  /** Since it was begun: parcels whose carriers were asked, and orders that were told something by it. */
  polled: number;
  told: number;
  hindered: { since: string; why: WatchHindrance } | null;
  unreadable: number;
};

export const viewOf = ({ looked, hindered, ...state }: WatchState): WatchView => ({
  shopId: state.shopId,
  nextWakeAt: state.isLooking ? null : state.nextAt,
  lookedAt: looked === undefined ? null : new Date(looked.at).toISOString(),
  accounts: looked?.accounts ?? 0,
  paused: looked?.paused ?? 0,
  polled: state.polled,
  told: state.told,
  hindered: hindered === undefined ? null : { since: new Date(hindered.since).toISOString(), why: hindered.why },
  unreadable: state.unreadable,
});

/** The watch as a page of Markdown. */
export function pageOf({ shopId, looked, hindered, isLooking, ...state }: WatchState): string {
  return [
    watchPage.title(shopId),
    looked === undefined ? watchPage.neverLooked : watchPage.looked(looked),
    ...(hindered === undefined ? [] : [watchPage.hindered(hindered.why, hindered.since)]),
    isLooking ? watchPage.looking : watchPage.next(state.nextAt),
    ...(state.unreadable === 0 ? [] : [watchPage.unreadable(state.unreadable)]),
    ...(state.isCancelAsked ? [watchPage.cancelAsked] : []),
  ].join('\n\n');
}
