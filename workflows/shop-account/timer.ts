import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { nextWake } from '../../domain/account/agenda';
import { accountSummaries } from '../../words/account';
import { tell, type Account } from './account';

/** A timer of the server's has its limits, and a refresh token may live for years: further ahead it wakes and looks again. */
const MOST_AHEAD_MS = 30 * 24 * 3_600_000;

/** Callers come in bursts: by then most of those that came together have their answers. */
const REST_MS = 1_000;

/** Wakes it soon, once: a run that is too long and hears of nothing but callers would have no moment to end in. */
export function rest(account: Account): void {
  if (account.isResting) return;
  account.isResting = true;
  void sleep(REST_MS, { summary: accountSummaries.rest }).then(() => {
    account.isResting = false;
    tell(account, { kind: 'woke', at: Date.now() });
  });
}

/** Keeps one timer armed, for the next thing on the agenda; it is touched only when that changes. */
export function armTimer(account: Account): void {
  const wake = nextWake(account.state);
  if (account.timer?.at === wake?.at) return;
  account.timer?.cancel();
  account.timer = undefined;
  if (wake === undefined) return;
  const scope = new CancellationScope({ cancellable: true });
  account.timer = { at: wake.at, cancel: () => scope.cancel() };
  const forMs = Math.min(Math.max(1, wake.at - Date.now()), MOST_AHEAD_MS);
  void scope
    .run(() => sleep(forMs, { summary: accountSummaries[wake.kind] }))
    .then(() => {
      account.timer = undefined;
      tell(account, { kind: 'woke', at: Date.now() });
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}
