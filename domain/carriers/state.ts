/** Why a look did not come to its end. */
export type WatchHindrance = 'unknownShop' | 'stepFailed';

/** What one look at a shop's carrier accounts came to. */
export type WatchAnswer = {
  accounts: number;
  /** Those of them that are paused now. */
  paused: number;
  /** Parcels whose carriers were asked, and orders that were told something by it. */
  polled: number;
  told: number;
  hindered?: WatchHindrance;
};

/** All that the watch over a shop's accounts knows. Plain values only: it crosses a continue-as-new. Epoch milliseconds. */
export type WatchState = {
  shopId: string;
  /** A look is under way. */
  isLooking: boolean;
  /** When the next look begins by itself. */
  nextAt: number;
  /** Somebody wants a look at once. */
  isAsked: boolean;
  /** When a look last came to its end, and to what. */
  looked?: { at: number } & WatchAnswer;
  hindered?: { since: number; why: WatchHindrance };
  /** Since the watch was begun. */
  polled: number;
  told: number;
  /** Messages that were not understood. */
  unreadable: number;
  isCancelAsked: boolean;
};

export const newWatch = (shopId: string, at: number): WatchState => ({
  shopId,
  isLooking: false,
  nextAt: at,
  isAsked: false,
  polled: 0,
  told: 0,
  unreadable: 0,
  isCancelAsked: false,
});
