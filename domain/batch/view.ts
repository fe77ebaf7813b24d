import { batchPage } from '../../words/batch';
import type { BatchCounts, BatchState } from './state';

/** One batch as the query `batchState` tells it: instants as ISO 8601 in UTC. */
export type BatchView = BatchCounts & {
  shopId: string;
  batchId: string;
  status: 'running' | 'done' | 'broken';
  total: number;
  begunAt: string;
  endedAt: string | null;
};

const iso = (at: number): string => new Date(at).toISOString();

export const viewOf = ({ shopId, batchId, total, settled, failed, pieces, ...state }: BatchState): BatchView => ({
  ...{ shopId, batchId, total, settled, failed, pieces },
  status: statusOf(state),
  begunAt: iso(state.begunAt),
  endedAt: state.endedAt === undefined ? null : iso(state.endedAt),
});

function statusOf({ endedAt, isBroken }: Pick<BatchState, 'endedAt' | 'isBroken'>): BatchView['status'] {
  if (endedAt === undefined) return 'running';
  return isBroken === true ? 'broken' : 'done';
}

/** The batch as a page of Markdown. */
export function pageOf(state: BatchState): string {
  return [
    batchPage.title(state.batchId, state.shopId),
    batchPage.progress(state),
    batchPage[statusOf(state)],
    ...(state.unreadable === 0 ? [] : [batchPage.unreadable(state.unreadable)]),
    ...(state.isCancelAsked ? [batchPage.cancelAsked] : []),
  ].join('\n\n');
}
