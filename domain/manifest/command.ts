import type { BroughtForm, MemberRef } from './manifest';
import type { TaskName } from './state';

/**
 * What a manifest wants done outside. A command is derived from the state, so it may be issued again after a crash, a reset or
 * a continue-as-new: each one reads back first, or repeats what is harmless to repeat.
 */
export type ManifestCommand =
  | { kind: 'makeForm'; at: number }
  /** Settles who is on the list by which a person makes the form. */
  | { kind: 'settleList'; at: number }
  /** Takes in the form that a person made: who is on it, and who is not. */
  | { kind: 'keepForm'; at: number; brought: BroughtForm }
  | { kind: 'lookForOrphans' }
  /** `forms`: what was scanned since the look before. */
  | { kind: 'lookForSilent'; forms: string[] }
  /** `number`: which report, from 1. */
  | { kind: 'keepScan'; number: number }
  /** `number`: which instant of the scan, from 1; a later one corrects it. `form`: its members alone, where there are several. */
  | { kind: 'tellMembers'; what: 'formed' | 'scanned' | 'leftOff'; at: number; number?: number; form?: string }
  | { kind: 'answerLate'; to: MemberRef[] }
  | { kind: 'tellDesk'; tasks: TaskName[]; raise: TaskName[]; settle: TaskName[] };

/** One command of a kind is under way at a time; its id says which. */
export function commandId(command: ManifestCommand): string {
  const { kind } = command;
  if (kind === 'tellMembers') return `${kind}:${command.what}${numbered(command.number)}`;
  return kind === 'keepScan' ? `${kind}${numbered(command.number)}` : kind;
}

const numbered = (number = 1): string => (number === 1 ? '' : `:${number}`);
