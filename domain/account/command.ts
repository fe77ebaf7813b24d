import type { KeptStanding } from './account';

/**
 * What an account wants done outside. A command is derived from the state, so it may be issued again after a crash, a reset or a
 * continue-as-new: each one reads back first, or repeats what is harmless to repeat.
 */
export type AccountCommand =
  | { kind: 'keepStanding'; standing: KeptStanding }
  | { kind: 'renewTokens'; seenVersion: number }
  /** `version`: the newest pair that may be removed; one that came with a later consent stays. */
  | { kind: 'purgeTokens'; version: number }
  /** Lets every open order read itself again. */
  | { kind: 'tellShop'; at: number }
  | { kind: 'tellDesk'; alerts: AccountAlert[]; raise: AccountAlert[]; settle: string[] };

/** What people should know of an account. Its key names the occasion: one that was settled can be raised again by another. */
export type AccountAlert = { key: string; about: AccountTask; detail: string };

type AccountTask = 'reconnectNeeded' | 'deauthorised' | 'consentExpiring';

/** One command of a kind is under way at a time. */
export const commandId = ({ kind }: AccountCommand): string => kind;
