import type { AccountNews, Connected, KeptStanding, ShopMode, TokenLife } from './account';

/** What people and the connection order of an account. */
export type AccountOrder =
  | { verb: 'switchMode'; mode: ShopMode; actor: string }
  | { verb: 'switchWrites'; writes: 'on' | 'off'; actor: string }
  | ({ verb: 'connected' } & Connected);

/** Everything that can happen to an account. `at` is the wall clock, epoch milliseconds: tokens live by it in every shop. */
export type AccountEvent =
  /** What was kept before this workflow began; the first event of all. `mode`: what holds where no standing was kept. */
  | { kind: 'loaded'; at: number; standing?: KeptStanding; mode?: ShopMode; tokens?: TokenLife }
  | { kind: 'woke'; at: number }
  /** Somebody's call was refused with the pair of this version. */
  | { kind: 'renewAsked'; at: number; seenVersion: number }
  | { kind: 'news'; at: number; news: AccountNews }
  | { kind: 'ordered'; at: number; order: AccountOrder }
  | { kind: 'badMessage'; at: number; handler: string }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number }
  | { kind: 'answered'; at: number; command: string; answer: AccountAnswer };

/** What came of asking for a new pair. `version`: the pair that it was about. */
export type RenewalAnswer =
  | { kind: 'renewed'; life: TokenLife }
  /** The platform does not take the refresh token any more, or there is none. */
  | { kind: 'dead'; version: number; reason: string };

/** What came back from a command. */
export type AccountAnswer =
  | RenewalAnswer
  | { kind: 'done' }
  /** The documents keep a later standing than ours: ours is written again above it. */
  | { kind: 'behind'; revision: number }
  | { kind: 'failed'; type: string; message: string };

/** The answer to an order. `revision`: the standing that must be kept before anybody is told so. */
export type AccountVerdict = {
  accepted: boolean;
  reason?: string;
  at: number;
  revision: number;
  mode: ShopMode;
  writes: 'on' | 'off';
  bodyHash?: string;
};

/** The answer to somebody whose call was refused. `isNewer`: there is a newer pair than the one that they used. */
export type RenewVerdict = {
  isNewer: boolean;
  version: number;
  /** Why there is none. `notNow`: it was tried a moment ago. */
  reason?: 'notNow' | 'reconnectNeeded' | 'deauthorised';
};
