import type { SweepAnswer, SweepRound, SweepState } from './state';

/** Everything that can happen to a sweep. `at` is its own time, epoch milliseconds. */
export type SweepEvent =
  | { kind: 'opened'; at: number }
  | { kind: 'woke'; at: number }
  | { kind: 'asked'; at: number }
  | { kind: 'answered'; at: number; answer: SweepAnswer }
  /** The activity was given up by Temporal. */
  | { kind: 'failed'; at: number }
  | { kind: 'badMessage'; at: number }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Longer than an order may wait untouched: 60 days until a pre-order's date (Partner Center, pre_sale.release_date), and what follows. */
const FIRST_LOOK_MS = 75 * DAY_MS;

/** What changed a moment ago is left to its webhook, which may be on its way, and to the next round. */
const GRACE_MS = MINUTE_MS;

/** Where nobody could say when the next round is due. */
const FALLBACK_MS = 15 * MINUTE_MS;

/** Folds the events in; a round that is due is in `state.round` from then on, and in `start` for its activity. */
export function step(before: SweepState, events: readonly SweepEvent[]): { state: SweepState; start?: SweepRound } {
  const state = structuredCopy(before);
  for (const event of events) fold(state, event);
  const at = Math.max(0, ...events.map((event) => event.at));
  if (state.round !== undefined || events.length === 0 || !isDue(state, at)) return { state };
  state.round = roundAt(state, at);
  state.isAsked = false;
  return { state, start: state.round };
}

const structuredCopy = (state: SweepState): SweepState => ({ ...state, today: { ...state.today } });

const isDue = ({ nextAt, isAsked }: SweepState, at: number): boolean => isAsked || nextAt <= at;

function roundAt({ cursor, unfinished, isAsked, isCaughtUp }: SweepState, at: number): SweepRound {
  const since = unfinished ?? cursor ?? at - FIRST_LOOK_MS;
  const until = Math.max(since, isAsked ? at : at - GRACE_MS);
  return { since, until, at, first: !isCaughtUp, ...(isAsked ? { asked: true } : {}) };
}

function fold(state: SweepState, event: SweepEvent): void {
  switch (event.kind) {
    case 'opened':
    case 'woke':
      break;
    case 'asked':
      state.isAsked = true;
      break;
    case 'answered':
      foldAnswer(state, event.answer, event.at);
      break;
    case 'failed':
      delete state.round;
      state.nextAt = event.at + FALLBACK_MS;
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

function foldAnswer(state: SweepState, answer: SweepAnswer, at: number): void {
  const { round } = state;
  delete state.round;
  delete state.unfinished;
  if (answer.until !== undefined) state.cursor = Math.max(answer.until, state.cursor ?? 0);
  countRound(state, answer);
  state.nextAt = Math.max(answer.nextAt, at + MINUTE_MS);
  if (answer.hindered !== undefined) {
    state.hindered = { since: state.hindered?.since ?? at, why: answer.hindered };
    return;
  }
  delete state.hindered;
  if (answer.more === true) {
    goOn(state, round, at);
    return;
  }
  state.isCaughtUp = true;
  state.lookedAt = at;
}

/** What is left of a round follows at once, from where that one began; somebody who wanted it wants the rest, too. */
function goOn(state: SweepState, round: SweepRound | undefined, at: number): void {
  if (round !== undefined) state.unfinished = round.since;
  state.isAsked ||= round?.asked === true;
  state.nextAt = at;
}

function countRound(state: SweepState, { day, found, missed }: SweepAnswer): void {
  if (state.today.day !== day) state.today = { day, rounds: 0, found: 0, missed: 0 };
  state.today.rounds += 1;
  state.today.found += found;
  state.today.missed += missed;
  state.found += found;
  state.missed += missed;
}
