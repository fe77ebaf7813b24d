import type { MemberRef } from './manifest';
import type { TaskName } from './state';

/**
 * What a manifest wants done outside. A command is derived from the state, so it may be issued again after a crash, a reset or
 * a continue-as-new: each one reads back first, or repeats what is harmless to repeat.
 */
export type ManifestCommand =
  | { kind: 'makeForm'; at: number }
  /** `number`: which report, from 1. */
  | { kind: 'keepScan'; number: number }
  /** `number`: which instant of the scan, from 1; a later one corrects it. */
  | { kind: 'tellMembers'; what: 'formed' | 'scanned' | 'leftOff'; at: number; number?: number }
  | { kind: 'answerLate'; to: MemberRef[] }
  | { kind: 'tellDesk'; tasks: TaskName[]; raise: TaskName[]; settle: TaskName[] };

/** One command of a kind is under way at a time; its id says which. */
export function commandId(command: ManifestCommand): string {
  const { kind } = command;
  if (kind === 'tellMembers') return `${kind}:${command.what}${numbered(command.number)}`;
  return kind === 'keepScan' ? `${kind}${numbered(command.number)}` : kind;
}

const numbered = (number = 1): string => (number === 1 ? '' : `:${number}`);
