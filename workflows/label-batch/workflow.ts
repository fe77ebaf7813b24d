import { CancellationScope, condition, proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { BatchActivities } from '../../activities/batch-activities';
import { fold } from '../../domain/batch/state';
import { pageOf, viewOf, type BatchView } from '../../domain/batch/view';
import { batchSummaries } from '../../words/batch';
import type { BatchInput } from '../messages-batch';
import { openBatch, tell, type Batch } from './batch';
import { listen } from './listen';

/**
 * Gathers the labels of many orders in files for the printer. It buys nothing: each order buys its own label, once, whatever becomes
 * of the batch; so a worker may be killed at any moment, and the one activity goes on from the documents.
 */
export async function labelBatch(input: BatchInput): Promise<BatchView> {
  const batch = openBatch(input);
  listen(batch);
  CancellationScope.current().cancelRequested.catch(() => tell(batch, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(batch, input));
}

async function live(batch: Batch, input: BatchInput): Promise<BatchView> {
  start(batch, input);
  while (batch.state.endedAt === undefined) {
    setCurrentDetails(pageOf(batch.state));
    await condition(() => batch.inbox.length > 0);
    for (const event of batch.inbox.splice(0)) batch.state = fold(batch.state, event);
  }
  setCurrentDetails(pageOf(batch.state));
  return viewOf(batch.state);
}

/** The one activity, in the background; what comes of it enters the inbox like any other event. */
function start(batch: Batch, { shopId, batchId, total }: BatchInput): void {
  const { runBatch } = proxyActivities<Pick<BatchActivities, 'runBatch'>>({
    startToCloseTimeout: '1 hour',
    // How long the bench waits after a worker was killed.
    heartbeatTimeout: '10 s',
    // Each attempt goes on where the last one was; one that gets nowhere gives up after its own deadline.
    retry: { initialInterval: '1 s', maximumInterval: '5 s', maximumAttempts: 500 },
    summary: batchSummaries.run(total),
  });
  void runBatch({ shopId, batchId })
    .then((counts) => tell(batch, { kind: 'answered', at: Date.now(), counts }))
    .catch(() => tell(batch, { kind: 'failed', at: Date.now() }));
}
