import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { nextWake, type ManifestWake } from '../../domain/manifest/agenda';
import { manifestSummaries } from '../../words/manifest';
import { tell, type Manifest } from './manifest';

/** Keeps one timer armed, for the next thing on the agenda; it is touched only when that changes. */
export function armTimer(manifest: Manifest): void {
  const wake = manifest.state.endedAt === undefined ? nextWake(manifest.state) : undefined;
  if (manifest.timer?.at === wake?.at) return;
  manifest.timer?.cancel();
  manifest.timer = undefined;
  if (wake === undefined) return;
  const scope = new CancellationScope({ cancellable: true });
  manifest.timer = { at: wake.at, cancel: () => scope.cancel() };
  void scope
    .run(() => sleep(Math.max(1, wake.at - Date.now()), { summary: summaryOf(manifest, wake) }))
    .then(() => {
      manifest.timer = undefined;
      tell(manifest, { kind: 'woke', at: Math.max(wake.at, Date.now()) });
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}

const summaryOf = ({ state }: Manifest, { kind }: ManifestWake): string =>
  kind === 'close' ? manifestSummaries.close(state.date) : manifestSummaries[kind];
