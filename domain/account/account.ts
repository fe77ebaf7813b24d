import type { ShopConnection, ShopMode, ShopStanding } from '../../contracts/standing';

/** What may be said between a shop's account and those who ask it. Instants are epoch milliseconds; no token is among them. */

export type { ShopConnection, ShopMode };

/** A pair of tokens as the account knows it: which one it is and how long it lives, never the tokens. */
export type TokenLife = {
  /** Counts the pairs that the shop has had. */
  version: number;
  /** When we got it, where we know. */
  obtainedAt?: number;
  accessExpiresAt?: number;
  refreshExpiresAt?: number;
};

/** The platform's word about the owner's consent: dated, signed, possibly late or repeated. */
export type AccountNews = { kind: 'deauthorised'; at: number } | { kind: 'expiring'; at: number; expiresAt: number };

/** That the owner consented and the pair is kept. Without a mode a shop keeps the one that it had; a new one only watches. */
export type Connected = {
  tokenVersion: number;
  accessExpiresAt: number;
  refreshExpiresAt: number;
  mode?: ShopMode;
  at: number;
};

/** The standing as it is kept in the documents, whatever becomes of the workflow. */
export type KeptStanding = ShopStanding & {
  /** Counts its changes: an earlier one that is written late stands behind. */
  revision: number;
  /** When its owner consented last. */
  connectedAt?: number;
};
