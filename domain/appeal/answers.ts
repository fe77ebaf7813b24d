import { closeWindow, pause, readTomorrow } from './agenda';
import type { AppealAnswer, AppealEvent } from './event';
import { handOver, isNothingLost } from './claim';
import { close, enter, giveTask, remember, settleTasks } from './record';
import { commandId, type AppealCommand, type AppealState, type Untold } from './state';
import { windowOf, type FilingNumber } from './windows';

type Answered = Extract<AppealEvent, { kind: 'answered' }>;

/** Takes in what came of a command. An answer to a command that is not under way is nobody's. */
export function foldAnswer(state: AppealState, { command: id, answer, at }: Answered): void {
  const command = state.outstanding[id];
  if (command === undefined) return;
  state.outstanding = Object.fromEntries(Object.entries(state.outstanding).filter(([other]) => other !== id));
  FOLDS[command.kind](state, { command, answer, at });
}

type Folded = { command: AppealCommand; answer: AppealAnswer; at: number };

const FOLDS: Record<AppealCommand['kind'], (state: AppealState, folded: Folded) => void> = {
  gatherEvidence: foldEvidence,
  fileAppeal: foldFiling,
  readDecision: foldReading,
  tellOrder: foldTelling,
};

function foldEvidence(state: AppealState, { command, answer, at }: Folded): void {
  if (state.endedAt !== undefined || command.kind !== 'gatherEvidence') return;
  if (answer.kind !== 'gathered') return foldUngathered(state, command, at);
  const { key, sha256, complete, missing, scannedAt } = answer;
  state.evidence = { key, sha256, complete, missing, ...(scannedAt === undefined ? {} : { scannedAt }) };
  if (command.pack === state.nextPack) delete state.nextPack;
  remember(state, { at, what: complete ? 'gathered' : 'gatheredWeak', about: sha256 });
  if (state.status === 'gathering') enter(state, 'ready', at);
}

/** Without a first pack nothing can be filed. A later one is only better: a person's filing does not wait for it. */
function foldUngathered(state: AppealState, command: AppealCommand, at: number): void {
  if (state.evidence === undefined) return pause(state, commandId(command), at);
  delete state.nextPack;
  remember(state, { at, what: 'gatheringFailed' });
}

function foldFiling(state: AppealState, { command, answer, at }: Folded): void {
  if (command.kind !== 'fileAppeal' || state.endedAt !== undefined) return;
  if (answer.kind === 'filed') return foldFiled(state, command.number, { ...answer, at });
  // It is closed unfiled right after.
  if (isNothingLost(state)) return;
  if (answer.kind === 'windowClosed' || state.window?.isOver === true) return closeWindow(state, at);
  handOver(state, { filing: command.number, at });
  const reason = reasonOf(answer);
  if (reason !== undefined) remember(state, { at, what: 'filingFailed', about: reason });
}

function reasonOf(answer: AppealAnswer): string | undefined {
  if (answer.kind === 'refused') return answer.reason;
  return answer.kind === 'failed' ? answer.message : undefined;
}

function foldFiled(
  state: AppealState,
  number: FilingNumber,
  { caseNumber, status, decidedAt, at }: Extract<AppealAnswer, { kind: 'filed' }> & { at: number },
): void {
  state.filings.push({ number, caseNumber, filedAt: at, ...packOf(state) });
  delete state.window;
  delete state.byHand;
  settleTasks(state);
  remember(state, { at, what: 'filed', about: caseNumber });
  enter(state, 'filed', at);
  if (status === 'pending') readTomorrow(state, at);
  else foldDecision(state, { outcome: status, decidedAt: decidedAt ?? at, at });
}

/** The pack that a filing is made with. */
export const packOf = ({ evidence }: AppealState): { evidence?: { key: string; sha256: string } } =>
  evidence === undefined ? {} : { evidence: { key: evidence.key, sha256: evidence.sha256 } };

function foldReading(state: AppealState, { answer, at }: Folded): void {
  // A person may have said it first.
  if (state.status !== 'filed') return;
  if (answer.kind === 'read' && answer.status !== 'pending') {
    return foldDecision(state, { outcome: answer.status, decidedAt: answer.decidedAt ?? at, at });
  }
  const reason = reasonOf(answer);
  if (reason !== undefined) remember(state, { at, what: 'readingFailed', about: reason });
  readTomorrow(state, at);
}

type Decision = { outcome: 'won' | 'lost'; decidedAt: number; at: number };

/** The platform decided on the filing that was made last. Lost once is not the end; lost twice is. */
export function foldDecision(state: AppealState, { outcome, decidedAt, at }: Decision): void {
  const filing = state.filings.at(-1);
  if (filing === undefined) return;
  Object.assign(filing, { outcome, decidedAt });
  settleTasks(state);
  delete state.readAt;
  delete state.byHand;
  remember(state, { at: decidedAt, what: `decided.${outcome}`, about: filing.caseNumber });
  if (outcome === 'won') return close(state, 'won', at);
  if (filing.number === 2) return close(state, 'lost', at);
  state.window = windowOf(2, decidedAt);
  state.reminded = [];
  enter(state, 'lost', at);
  giveTask(state, { about: 'appealLost', filing: 2, at, detail: filing.caseNumber });
}

function foldTelling(state: AppealState, { command, answer, at }: Folded): void {
  if (command.kind !== 'tellOrder' || answer.kind === 'toldAll') return;
  const { notices, raise, settle } = command;
  state.untold = joined({ notices, raise, settle }, state.untold);
  pause(state, commandId(command), at);
}

const joined = (first: Untold, then: Untold): Untold => ({
  notices: [...first.notices, ...then.notices],
  raise: [...first.raise, ...then.raise],
  settle: [...first.settle, ...then.settle],
});
