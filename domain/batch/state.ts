/** How far a batch is. Counts only: who its members are stands in its documents. */
export type BatchCounts = {
  /** Members whose labels are in a file, or that have none and a reason. */
  settled: number;
  /** Those that have none. */
  failed: number;
  /** Files that can be printed. */
  pieces: number;
};

/** All that a batch knows. Plain values only. Instants are epoch milliseconds. */
export type BatchState = BatchCounts & {
  shopId: string;
  batchId: string;
  total: number;
  begunAt: number;
  endedAt?: number;
  /** It was given up after many attempts: what is in its files can be printed. */
  isBroken?: true;
  isCancelAsked: boolean;
  /** Messages that were not understood. */
  unreadable: number;
};

export type BatchEvent =
  | { kind: 'progressed'; at: number; counts: BatchCounts }
  | { kind: 'answered'; at: number; counts: BatchCounts }
  /** The activity was given up by Temporal. */
  | { kind: 'failed'; at: number }
  | { kind: 'badMessage'; at: number }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number };

type About = Pick<BatchState, 'shopId' | 'batchId' | 'total'>;

export const newBatch = (about: About, at: number): BatchState => ({
  ...about,
  ...{ settled: 0, failed: 0, pieces: 0 },
  begunAt: at,
  isCancelAsked: false,
  unreadable: 0,
});

/** Folds one event in. */
export function fold(state: BatchState, event: BatchEvent): BatchState {
  switch (event.kind) {
    case 'progressed':
      return { ...state, ...further(state, event.counts) };
    case 'answered':
      return { ...state, ...event.counts, endedAt: event.at };
    case 'failed':
      return { ...state, endedAt: event.at, isBroken: true };
    case 'badMessage':
      return { ...state, unreadable: state.unreadable + 1 };
    case 'workflowCancelled':
      return { ...state, isCancelAsked: true };
  }
}

/** An attempt that was thought dead may still speak: what is behind what is known already says nothing. */
const further = (state: BatchState, counts: BatchCounts): BatchCounts =>
  counts.settled < state.settled || counts.pieces < state.pieces ? countsOf(state) : counts;

const countsOf = ({ settled, failed, pieces }: BatchState): BatchCounts => ({ settled, failed, pieces });
