import { newBatch, type BatchEvent, type BatchState } from '../../domain/batch/state';
import type { BatchInput } from '../messages-batch';

/** One batch while it runs: its state, and what is waiting to be folded in. */
export type Batch = { state: BatchState; inbox: BatchEvent[] };

export const openBatch = ({ shopId, batchId, total }: BatchInput): Batch => ({
  state: newBatch({ shopId, batchId, total }, Date.now()),
  inbox: [],
});

export const tell = (batch: Batch, event: BatchEvent): void => {
  batch.inbox.push(event);
};
