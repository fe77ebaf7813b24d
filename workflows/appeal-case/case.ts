import type { CancellationScope } from '@temporalio/workflow';
import type { AppealEvent } from '../../domain/appeal/event';
import { newAppeal, type AppealAnswered, type AppealState } from '../../domain/appeal/state';
import type { AppealInput } from '../messages-appeal';
import type { ShownCase } from './shown';

/** One case while it runs: its state, what is waiting to be folded in, what is under way. Only `state` outlives the run. */
export type Case = {
  state: AppealState;
  inbox: AppealEvent[];
  /** Callers who wait for the verdict on what they put into the inbox, in the same order. */
  waiting: ((verdict: AppealAnswered) => void)[];
  underWay: Map<string, CancellationScope>;
  timer: { at: number; scope: CancellationScope } | undefined;
  shown: ShownCase | undefined;
};

export const openCase = (input: AppealInput): Case => ({
  state: (input.carried as AppealState | undefined) ?? newAppeal(input),
  inbox: [{ kind: 'woke', at: Date.now() }],
  waiting: [],
  underWay: new Map(),
  timer: undefined,
  shown: undefined,
});

export const tell = (appeal: Case, event: AppealEvent): void => {
  appeal.inbox.push(event);
};
