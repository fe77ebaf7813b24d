import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { watchSummaries } from '../../words/carriers';
import { tell, type Watch } from './watch';

/** Keeps one timer armed, for the next look; none while a look is under way. It is touched only when that changes. */
export function armTimer(watch: Watch): void {
  const at = watch.state.isLooking ? undefined : watch.state.nextAt;
  if (watch.timer?.at === at) return;
  watch.timer?.cancel();
  watch.timer = undefined;
  if (at === undefined) return;
  const scope = new CancellationScope({ cancellable: true });
  watch.timer = { at, cancel: () => scope.cancel() };
  void scope
    .run(() => sleep(Math.max(1, at - Date.now()), { summary: watchSummaries.wait }))
    .then(() => {
      watch.timer = undefined;
      tell(watch, { kind: 'woke', at: Math.max(at, Date.now()) });
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}
