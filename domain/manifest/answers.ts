import type { ManifestCommand } from './command';
import type { ManifestAnswer, ManifestEvent } from './event';
import { isSameMember } from './manifest';
import { raise } from './record';
import { membersOf, type ManifestState } from './state';

type Answered = ManifestEvent & { kind: 'answered' };
type Of<Kind extends ManifestCommand['kind']> = Extract<ManifestCommand, { kind: Kind }>;

/** Folds in what came of a command. One that failed for good is answered too: nothing is begun for ever. */
export function foldAnswer(state: ManifestState, answered: Answered): void {
  const { at, command: id, answer } = answered;
  const command = state.outstanding[id];
  if (command === undefined) return;
  state.outstanding = Object.fromEntries(Object.entries(state.outstanding).filter(([other]) => other !== id));
  if (answer.kind === 'failed') raise(state, { kind: 'commandFailed', at, about: `${id}: ${answer.type}` });
  switch (command.kind) {
    case 'answerLate':
      state.waiting = state.waiting.filter((member) => !command.to.some((told) => isSameMember(told, member)));
      break;
    case 'tellDesk':
      state.onDesk = command.tasks;
      break;
    // Done, or failed for good: a person sees it, and it is not begun for ever.
    case 'keepScan':
    case 'tellMembers':
      state.done.push(id);
      break;
    default:
      foldOutcome(state, command, answered);
  }
}

/** What a manifest learns from outside: its list, its forms, and what is missing. */
function foldOutcome(
  state: ManifestState,
  command: Of<'makeForm' | 'settleList' | 'keepForm' | 'lookForOrphans' | 'lookForSilent'>,
  { answer, at }: Answered,
): void {
  switch (command.kind) {
    case 'makeForm':
      foldForm(state, answer);
      break;
    case 'settleList':
      foldList(state, answer);
      break;
    case 'keepForm':
      foldBrought(state, { number: command.brought.number, at }, answer);
      break;
    case 'lookForOrphans':
      state.orphans = answer.kind === 'orphans' ? countsIn(answer) : { count: 0, waiting: 0 };
      break;
    case 'lookForSilent':
      delete state.look;
      if (answer.kind === 'silent') state.silent = (state.silent ?? 0) + answer.count;
      break;
  }
}

const countsIn = ({ count, waiting }: { count: number; waiting: number }): { count: number; waiting: number } => ({
  count,
  waiting,
});

/** Nobody to make a form for: it is over. A form that was brought all the same is compared first. */
function foldList(state: ManifestState, answer: ManifestAnswer): void {
  state.listed = answer.kind === 'listed' ? answer.members : membersOf(state);
  if (state.listed === 0 && state.brought === undefined) state.phase = 'empty';
}

/** A form that is not taken in may be brought again, put right. */
function foldBrought(state: ManifestState, about: { number: string; at: number }, answer: ManifestAnswer): void {
  delete state.brought;
  if (answer.kind === 'formed') {
    // What was to be put right is.
    state.attention = state.attention.filter(({ kind }) => kind !== 'formNotTaken');
    return foldForm(state, answer);
  }
  if (state.listed === 0) state.phase = 'empty';
  if (answer.kind !== 'refused') return;
  raise(state, { kind: 'formNotTaken', at: about.at, about: `${about.number}: ${answer.reason}` });
}

function foldForm(state: ManifestState, answer: ManifestAnswer): void {
  switch (answer.kind) {
    case 'formed':
      state.phase = 'formed';
      state.forms = [answer.form, ...(answer.more ?? [])];
      state.leftOff = answer.leftOff;
      if (answer.late !== undefined) state.late = answer.late;
      if (answer.strangers !== undefined) state.strangers = answer.strangers;
      break;
    case 'empty':
      state.phase = 'empty';
      break;
    case 'refused':
    case 'failed':
      state.phase = 'failed';
      state.reason = answer.kind === 'refused' ? answer.reason : answer.message;
      break;
    default:
      break;
  }
}
