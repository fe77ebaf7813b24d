import type { MemberRef } from './manifest';
import type { TaskName } from './state';

/**
 * What a manifest wants done outside. A command is derived from the state, so it may be issued again after a crash, a reset or
 * a continue-as-new: each one reads back first, or repeats what is harmless to repeat.
 */
export type ManifestCommand =
  | { kind: 'makeForm'; at: number }
  | { kind: 'keepScan' }
  | { kind: 'tellMembers'; what: 'formed' | 'scanned' | 'leftOff'; at: number }
  | { kind: 'answerLate'; to: MemberRef[] }
  | { kind: 'tellDesk'; tasks: TaskName[]; raise: TaskName[]; settle: TaskName[] };

/** One command of a kind is under way at a time; its id says which. */
export const commandId = (command: ManifestCommand): string =>
  command.kind === 'tellMembers' ? `${command.kind}:${command.what}` : command.kind;
