import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { nextWake } from '../../domain/appeal/agenda';
import { appealSummaries } from '../../words/appeal';
import { tell, type Case } from './case';

/** Keeps one timer armed, for the earliest entry of the agenda; it is touched only when the earliest changes. */
export function armTimer(appeal: Case): void {
  const wake = nextWake(appeal.state);
  if (appeal.timer?.at === wake?.at) return;
  appeal.timer?.scope.cancel();
  appeal.timer = undefined;
  if (wake === undefined) return;
  const scope = new CancellationScope({ cancellable: true });
  appeal.timer = { at: wake.at, scope };
  void scope
    .run(() => sleep(Math.max(1, wake.at - Date.now()), { summary: appealSummaries.wakes[wake.kind] }))
    .then(() => {
      appeal.timer = undefined;
      tell(appeal, { kind: 'woke', at: Math.max(wake.at, Date.now()) });
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}
