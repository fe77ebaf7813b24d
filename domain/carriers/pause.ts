/** Why nothing is done through an account: its credentials are not taken, its money is gone, its provider does not answer. */
type Cause = 'credentials' | 'balance' | 'outage';

/** What keeps an account from being used. Instants are epoch milliseconds. */
export type Pause = {
  cause: Cause;
  since: number;
  code: string;
  failures: number;
  isPaused: boolean;
  /** An outage that calls which spend money have met: that something free is answered does not end it. */
  isOfSpending?: true;
  spanMs: number;
  nextTryAt: number;
};

const FIRST_SPAN_MS = 5 * 60_000;
const MOST_SPAN_MS = 30 * 60_000;

/** One answer that was lost is none; a person puts credentials and money right, so the first of these is enough. */
const FAILURES_OF_OUTAGE = 3;

/** One failure of a call; `isSpending`: the call would have spent money. */
type Failure = { cause: Cause; code: string; at: number; isSpending?: true };

/** An account as it stands after one more failure. */
export function afterFailure(before: Pause | undefined, failure: Failure): Pause {
  const { cause, code, at } = failure;
  if (before === undefined) return newPause(failure);
  // Who has no credentials or no money is not served better where the provider is down too.
  if (before.cause !== cause) return before.isPaused && cause === 'outage' ? before : newPause(failure);
  const failures = before.failures + 1;
  if (!before.isPaused) {
    const isPaused = failures >= FAILURES_OF_OUTAGE;
    return { ...before, code, failures, isPaused, nextTryAt: at + FIRST_SPAN_MS, ...spendingOf(failure) };
  }
  // What was under way when it was paused says nothing new, but that what costs money fails too.
  if (at < before.nextTryAt) return isMore(before, failure) ? { ...before, ...spendingOf(failure) } : before;
  const spanMs = Math.min(before.spanMs * 2, MOST_SPAN_MS);
  return { ...before, code, failures, spanMs, nextTryAt: at + spanMs, ...spendingOf(failure) };
}

const spendingOf = ({ cause, isSpending }: Failure): { isOfSpending?: true } =>
  cause === 'outage' && isSpending === true ? { isOfSpending: true } : {};

const isMore = ({ isOfSpending }: Pause, failure: Failure): boolean =>
  isOfSpending !== true && spendingOf(failure).isOfSpending === true;

const newPause = ({ cause, code, at, ...more }: Failure): Pause => ({
  cause,
  since: at,
  code,
  failures: 1,
  isPaused: cause !== 'outage',
  spanMs: FIRST_SPAN_MS,
  nextTryAt: at + FIRST_SPAN_MS,
  ...spendingOf({ cause, code, at, ...more }),
});

/**
 * Whether a success shows that the cause of a pause is gone. That was free says nothing of the money; and a provider whose rates are
 * answered may still sell nothing. Credentials that are taken once are taken.
 */
export const isEndedBy = ({ cause, isOfSpending }: Pause, { isSpending }: { isSpending: boolean }): boolean =>
  isSpending || !(cause === 'balance' || isOfSpending === true);

/** Whether an outage is over for all that is known: its trials were open so long, and none failed. */
export const isQuiet = ({ cause, nextTryAt }: Pause, at: number): boolean =>
  cause === 'outage' && at - nextTryAt >= 2 * MOST_SPAN_MS;

/** Which of the windows after a pause's next trial it is: one trial is made in each, and one that died is followed by another. */
export const windowAt = ({ nextTryAt, spanMs }: Pause, at: number): number => Math.floor((at - nextTryAt) / spanMs);

/** The key of the one alert that a pause raises. */
export const pauseAlertKey = (account: string, { cause, since }: Pick<Pause, 'cause' | 'since'>): string =>
  `carrier:${account}:${cause}:${since}`;
