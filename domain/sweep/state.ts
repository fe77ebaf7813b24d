/** What one activity is asked for: all changes in `[since, until)`. Epoch milliseconds. */
export type SweepRound = {
  since: number;
  until: number;
  /** The sweep's own now. */
  at: number;
  /** The shop was never looked at whole: what is over already is left alone. */
  first: boolean;
  /** Somebody wants it: it is done where the shop has no sweep, too. */
  asked?: true;
};

/** Why a round did not come to its end. It is nobody's mistake here: the next one looks from where the last good one ended. */
export type SweepHindrance = 'off' | 'notConnected' | 'platformSilent' | 'stepFailed';

export type SweepAnswer = {
  /** Up to where everything was looked at; absent where that is still where the round began. */
  until?: number;
  /** Orders that were told something, and those of them that no webhook had told. */
  found: number;
  missed: number;
  /** When the next round is due by the hours of the ship-from. */
  nextAt: number;
  /** The day there, as YYYY-MM-DD. */
  day: string;
  /** There is more than one activity does: the rest follows at once, as the same round. */
  more?: true;
  hindered?: SweepHindrance;
};

/** All that a sweep knows. Plain values only: it crosses a continue-as-new. Instants are epoch milliseconds. */
export type SweepState = {
  shopId: string;
  /** Up to where everything was looked at; absent before the first round. */
  cursor?: number;
  /** Where the round began whose rest is still to be looked at. */
  unfinished?: number;
  /** The first look, over all that may still be open, is through. */
  isCaughtUp: boolean;
  /** The round that is under way. */
  round?: SweepRound;
  /** When the next round begins by itself. */
  nextAt: number;
  /** Somebody wants a round at once. */
  isAsked: boolean;
  /** When a round last came to its end. */
  lookedAt?: number;
  /** Since when, and why, no round has. */
  hindered?: { since: number; why: SweepHindrance };
  /** Of one day at the ship-from. */
  today: { day: string; rounds: number; found: number; missed: number };
  /** Since the sweep was begun. */
  found: number;
  missed: number;
  /** Messages that were not understood. */
  unreadable: number;
  isCancelAsked: boolean;
};

export const newSweep = (shopId: string, at: number): SweepState => ({
  shopId,
  isCaughtUp: false,
  nextAt: at,
  isAsked: false,
  today: { day: '', rounds: 0, found: 0, missed: 0 },
  found: 0,
  missed: 0,
  unreadable: 0,
  isCancelAsked: false,
});
