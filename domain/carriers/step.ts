import type { WatchAnswer, WatchState } from './state';

/** Everything that can happen to the watch over a shop's accounts. `at` is its own time, epoch milliseconds. */
export type WatchEvent =
  | { kind: 'opened'; at: number }
  | { kind: 'woke'; at: number }
  | { kind: 'asked'; at: number }
  | { kind: 'answered'; at: number; answer: WatchAnswer }
  /** The activity was given up by Temporal. */
  | { kind: 'failed'; at: number }
  | { kind: 'badMessage'; at: number }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number };

/** Balances and silent parcels change by the hour; what cannot wait is told by the orders themselves. */
export const LOOK_EVERY_MS = 3_600_000;

/** Folds the events in; `startAt` says that a look is to begin, and when. */
export function step(before: WatchState, events: readonly WatchEvent[]): { state: WatchState; startAt?: number } {
  const state = { ...before };
  for (const event of events) fold(state, event);
  const at = Math.max(0, ...events.map((event) => event.at));
  const isDue = state.isAsked || state.nextAt <= at;
  if (state.isLooking || events.length === 0 || !isDue) return { state };
  state.isLooking = true;
  state.isAsked = false;
  return { state, startAt: at };
}

function fold(state: WatchState, event: WatchEvent): void {
  switch (event.kind) {
    case 'opened':
    case 'woke':
      break;
    case 'asked':
      state.isAsked = true;
      break;
    case 'answered':
      foldAnswer(state, event);
      break;
    case 'failed':
      state.isLooking = false;
      state.nextAt = event.at + LOOK_EVERY_MS;
      state.hindered ??= { since: event.at, why: 'stepFailed' };
      break;
    case 'badMessage':
      state.unreadable += 1;
      break;
    case 'workflowCancelled':
      state.isCancelAsked = true;
      break;
  }
}

function foldAnswer(state: WatchState, { at, answer }: { at: number; answer: WatchAnswer }): void {
  state.isLooking = false;
  state.nextAt = at + LOOK_EVERY_MS;
  state.polled += answer.polled;
  state.told += answer.told;
  if (answer.hindered === undefined) {
    delete state.hindered;
    state.looked = { at, ...answer };
  } else {
    state.hindered = { since: state.hindered?.since ?? at, why: answer.hindered };
  }
}
