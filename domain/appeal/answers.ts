import { closeWindow, pause, readTomorrow } from './agenda';
import type { Recovered } from './appeal';
import type { AppealAnswer, AppealEvent } from './event';
import { handOver, isNothingLost } from './claim';
import { mayPackAgain, wantPack } from './packs';
import { close, enter, giveTask, remember, settleTasks } from './record';
import { commandId, type AppealCommand, type AppealState, type Untold } from './state';
import { foldNewEvidence, foldSettled, foldSurvey } from './survey';
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
  tellCase: foldTelling,
  surveyCase: foldSurvey,
  settleClaim: foldSettled,
  saveCaseResult: foldKept,
};

function foldEvidence(state: AppealState, { command, answer, at }: Folded): void {
  if (state.endedAt !== undefined || command.kind !== 'gatherEvidence') return;
  if (answer.kind !== 'gathered') return foldUngathered(state, command, at);
  const { key, sha256, complete, missing, scannedAt, responsibility, pdf } = answer;
  state.evidence = {
    ...{ key, sha256, complete, missing },
    ...(scannedAt === undefined ? {} : { scannedAt }),
    ...(responsibility === undefined ? {} : { responsibility }),
    ...(pdf === undefined ? {} : { pdf }),
  };
  if (command.pack === state.nextPack) delete state.nextPack;
  remember(state, { at, what: complete ? 'gathered' : 'gatheredWeak', about: sha256 });
  foldNewEvidence(state);
  if (state.status === 'gathering') enter(state, 'ready', at);
}

/** Without a first pack nothing can be filed. A later one is only better: a person's filing does not wait for it. */
function foldUngathered(state: AppealState, command: AppealCommand, at: number): void {
  // The first pack of a case that counts its parcels is not that of its claim: nothing is filed with it.
  const isForClaim = state.edition === 2 && state.filings.length === 0;
  if (state.evidence === undefined || isForClaim) return pause(state, commandId(command), at);
  delete state.nextPack;
  remember(state, { at, what: 'gatheringFailed' });
}

function foldFiling(state: AppealState, { command, answer, at }: Folded): void {
  if (command.kind !== 'fileAppeal' || state.endedAt !== undefined) return;
  if (answer.kind === 'filed') return foldFiled(state, command.number, { ...answer, at });
  // It is closed unfiled right after.
  if (isNothingLost(state)) return;
  if (answer.kind === 'windowClosed' || state.window?.isOver === true) return closeWindow(state, at);
  if (isRepacked(state, answer, at)) return;
  handOver(state, { filing: command.number, at });
  const reason = reasonOf(answer);
  if (reason !== undefined) remember(state, { at, what: 'filingFailed', about: reason });
}

/** Whether another pack is on its way: it is filed with that one. */
function isRepacked(state: AppealState, answer: AppealAnswer, at: number): boolean {
  if (state.edition !== 2 || state.filings.length > 0) return false;
  if (state.nextPack === undefined && answer.kind === 'claimChanged' && mayPackAgain(state)) {
    remember(state, { at, what: 'claimChanged' });
    wantPack(state);
    // What was counted last is old: the case may claim nobody any more.
    state.mustSurvey = true;
  }
  return state.nextPack !== undefined;
}

function reasonOf(answer: AppealAnswer): string | undefined {
  if (answer.kind === 'refused') return answer.reason;
  return answer.kind === 'failed' ? answer.message : undefined;
}

function foldFiled(
  state: AppealState,
  number: FilingNumber,
  { caseNumber, status, decidedAt, recovered, at }: Extract<AppealAnswer, { kind: 'filed' }> & { at: number },
): void {
  keepFiling(state, { number, caseNumber, filedAt: at }, at);
  if (status === 'pending') readTomorrow(state, at);
  else foldDecision(state, { outcome: status, decidedAt: decidedAt ?? at, at, ...recoveredOf(recovered) });
}

type Made = Pick<AppealState['filings'][number], 'number' | 'caseNumber' | 'filedAt' | 'byHand'>;

/** It is filed: what was asked of people for it is done. */
export function keepFiling(state: AppealState, made: Made, at: number): void {
  state.filings.push({ ...made, ...packOf(state) });
  delete state.window;
  delete state.graceUntil;
  delete state.nextPack;
  delete state.byHand;
  settleTasks(state);
  remember(state, { at: made.filedAt, what: made.byHand === true ? 'filedByHand' : 'filed', about: made.caseNumber });
  enter(state, 'filed', at);
}

const recoveredOf = (recovered: Recovered | undefined): { recovered?: Recovered } =>
  recovered === undefined ? {} : { recovered };

/** The pack that a filing is made with. */
export const packOf = ({ evidence }: AppealState): { evidence?: { key: string; sha256: string } } =>
  evidence === undefined ? {} : { evidence: { key: evidence.key, sha256: evidence.sha256 } };

function foldReading(state: AppealState, { answer, at }: Folded): void {
  // A person may have said it first.
  if (state.status !== 'filed') return;
  if (answer.kind === 'read' && answer.status !== 'pending') {
    const { status, decidedAt, recovered } = answer;
    return foldDecision(state, { outcome: status, decidedAt: decidedAt ?? at, at, ...recoveredOf(recovered) });
  }
  const reason = reasonOf(answer);
  if (reason !== undefined) remember(state, { at, what: 'readingFailed', about: reason });
  readTomorrow(state, at);
}

type Decision = { outcome: 'won' | 'lost'; decidedAt: number; at: number; recovered?: Recovered };

/** The platform decided on the filing that was made last. Lost once is not the end; lost twice is. */
export function foldDecision(state: AppealState, { outcome, decidedAt, at, recovered }: Decision): void {
  const filing = state.filings.at(-1);
  if (filing === undefined) return;
  Object.assign(filing, { outcome, decidedAt, ...recoveredOf(recovered) });
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
  if ((command.kind !== 'tellOrder' && command.kind !== 'tellCase') || answer.kind === 'toldAll') return;
  const { notices, raise, settle } = command;
  state.untold = joined({ notices, raise, settle }, state.untold);
  pause(state, commandId(command), at);
}

function foldKept(state: AppealState, { command, answer, at }: Folded): void {
  if (answer.kind === 'kept') state.isKept = true;
  else pause(state, commandId(command), at);
}

const joined = (first: Untold, then: Untold): Untold => ({
  notices: [...first.notices, ...then.notices],
  raise: [...first.raise, ...then.raise],
  settle: [...first.settle, ...then.settle],
});
