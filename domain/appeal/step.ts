import { beginFiling, fireDue } from './agenda';
import { closeUnclaimed, holdBack } from './claim';
import { foldAnswer } from './answers';
import { decide } from './decide';
import type { AppealEvent } from './event';
import { foldNews } from './news';
import { foldOrder } from './persons';
import { remember } from './record';
import { nothingUntold, type AppealAnswered, type AppealCommand, type AppealState } from './state';

/** One turn of a case: its next state, the commands to begin, those to give up, and the answers to people, in order. */
export type AppealStep = {
  state: AppealState;
  start: { id: string; command: AppealCommand }[];
  abandon: string[];
  verdicts: AppealAnswered[];
  /** The first filing was left to a person in this turn. */
  isHeldBack: boolean;
};

// State is plain data by contract, so this copies all of it; the workflow sandbox has no structuredClone.
const copy = (state: AppealState): AppealState => JSON.parse(JSON.stringify(state)) as AppealState;

/**
 * Decides, and does nothing else: facts in, commands out. It decides after every single event, so that what comes of a case does
 * not depend on which messages a worker happened to take in at once.
 */
export function step(before: AppealState, events: readonly AppealEvent[]): AppealStep {
  const state = copy(before);
  const turn: AppealStep = { state, start: [], abandon: [], verdicts: [], isHeldBack: false };
  for (const event of events) {
    const verdict = fold(state, event);
    closeUnclaimed(state, event.at);
    fireDue(state, event.at);
    if (holdBack(state, event.at)) turn.isHeldBack = true;
    const { start, abandon } = decide(state);
    for (const { id, command } of start) begin(state, { id, command, at: event.at });
    turn.start.push(...start);
    turn.abandon.push(...abandon.filter((id) => !turn.abandon.includes(id)));
    if (verdict !== undefined) turn.verdicts.push({ ...verdict, status: state.status });
  }
  return turn;
}

function begin(state: AppealState, { id, command, at }: { id: string; command: AppealCommand; at: number }): void {
  state.outstanding[id] = command;
  if (command.kind === 'fileAppeal') beginFiling(state, at);
  if (command.kind === 'readDecision') state.mustRead = false;
  if (command.kind === 'gatherEvidence' && state.edition === 2) state.gatheredAt = at;
  if (command.kind === 'tellOrder' || command.kind === 'tellCase') state.untold = nothingUntold();
  if (command.kind === 'surveyCase') state.mustSurvey = false;
  if (command.kind === 'settleClaim') state.mustSettle = false;
}

function fold(state: AppealState, event: AppealEvent): Omit<AppealAnswered, 'status'> | undefined {
  switch (event.kind) {
    case 'told':
      foldNews(state, event.news);
      break;
    case 'pinged':
      state.mustSurvey = true;
      break;
    case 'ordered':
      return foldOrder(state, event.order, event.at);
    case 'answered':
      foldAnswer(state, event);
      break;
    case 'badMessage':
      // Counted and not told one by one: whoever sends nonsense may send a lot of it.
      state.badMessages += 1;
      break;
    case 'workflowCancelled':
      remember(state, { at: event.at, what: 'workflowCancelled' });
      break;
    case 'woke':
      break;
  }
  return undefined;
}
