import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { sweepSummaries } from '../../words/sweep';
import { tell, type Sweep } from './sweep';

/** Keeps one timer armed, for the next round; none while a round is under way. It is touched only when that changes. */
export function armTimer(sweep: Sweep): void {
  const at = sweep.state.round === undefined ? sweep.state.nextAt : undefined;
  if (sweep.timer?.at === at) return;
  sweep.timer?.cancel();
  sweep.timer = undefined;
  if (at === undefined) return;
  const scope = new CancellationScope({ cancellable: true });
  sweep.timer = { at, cancel: () => scope.cancel() };
  void scope
    .run(() => sleep(Math.max(1, at - Date.now()), { summary: sweepSummaries.wait }))
    .then(() => {
      sweep.timer = undefined;
      tell(sweep, { kind: 'woke', at: Math.max(at, Date.now()) });
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}
