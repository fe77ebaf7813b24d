import type { ShopConnection, ShopMode, TokenLife } from './account';
import type { AccountAlert, AccountCommand } from './command';
import type { AccountVerdict } from './event';

/** Who switched something, and when. */
export type Switched = { by: string; at: number };

/** All that a shop's account knows. No token ever enters it. Instants are epoch milliseconds by the wall clock. */
export type AccountState = {
  shopId: string;
  mode: ShopMode;
  writes: 'on' | 'off';
  connection: ShopConnection;
  /** When the owner consented last, where we heard of it. */
  connectedAt?: number;
  /** When the owner took the consent back, until they consent again. */
  deauthorisedAt?: number;
  tokens: TokenLife;
  /** When the consent ends, as the platform announced it. */
  consentEndsAt?: number;
  switched: { mode?: Switched; writes?: Switched };
  /** Counts changes of what the documents keep of it; `keptRevision` is what they have. */
  revision: number;
  keptRevision: number;
  renewal: Renewal;
  /** The tokens are to be removed where they are kept. */
  mustPurge: boolean;
  /** The end of the consent is near enough to be told. */
  isEndNear: boolean;
  /** Since when open orders have to be told that something is different. */
  ordersToTell?: number;
  /** Alerts that stand at the desk, as it was told last. */
  onDesk: AccountAlert[];
  attention: { kind: string; at: number; about: string }[];
  outstanding: Record<string, AccountCommand>;
  /** The latest verdicts, by the id of their update: callers who repeat themselves hear the same. */
  answered: { id: string; verdict: AccountVerdict }[];
};

/** How it stands with getting a new pair. */
type Renewal = {
  isWanted: boolean;
  /** The newest version that somebody was refused with. */
  seenVersion: number;
  doneAt?: number;
  failedAt?: number;
  /** In a row. */
  failures: number;
};

/** An account of which nothing was kept. What it may do then is told when it is loaded: a live shop only watches. */
export const newAccount = (shopId: string): AccountState => ({
  shopId,
  mode: 'auto',
  writes: 'on',
  connection: 'connected',
  tokens: { version: 0 },
  switched: {},
  revision: 0,
  keptRevision: 0,
  renewal: { isWanted: false, seenVersion: 0, failures: 0 },
  mustPurge: false,
  isEndNear: false,
  onDesk: [],
  attention: [],
  outstanding: {},
  answered: [],
});
