import { z } from 'zod';

/** One carrier account of one shop, by the name that the shop's owner gave it. */
export type AccountId = { shopId: string; account: string };

/** Why nothing is done through an account: its credentials are not taken, its money is gone, its provider does not answer. */
export const PauseCause = z.enum(['credentials', 'balance', 'outage']);
export type PauseCause = z.infer<typeof PauseCause>;

/** What keeps an account from being used. Instants are epoch milliseconds. */
export const AccountPause = z.object({
  cause: PauseCause,
  since: z.number(),
  /** The provider's own code. */
  code: z.string(),
  /** How often in a row it was met. */
  failures: z.int(),
  /** A provider that failed once or twice is no outage yet. */
  isPaused: z.boolean(),
  /** An outage that calls which spend money have met: that something free is answered does not end it. */
  isOfSpending: z.literal(true).exactOptional(),
  /** How long the account is left alone before one trial is made, and until when. */
  spanMs: z.number(),
  nextTryAt: z.number(),
});
export type AccountPause = z.infer<typeof AccountPause>;

/** What is known of an account: written by each look at it, read where people ask. Money is integer cents. */
export const AccountStatus = z.object({
  provider: z.string(),
  enabled: z.boolean(),
  can: z.object({
    rates: z.boolean(),
    labels: z.boolean(),
    voids: z.boolean(),
    forms: z
      .object({ carriers: z.array(z.string()), cutoffTime: z.string(), most: z.number().nullable() })
      .exactOptional(),
    pickups: z.boolean(),
    tracking: z.enum(['webhooks', 'polls', 'both']).exactOptional(),
    addressCheck: z.boolean(),
    balance: z.boolean(),
    labelFormats: z.array(z.string()),
    reconcile: z.enum(['read', 'repeat', 'none']),
  }),
  readAt: z.number(),
  balanceCents: z.int().exactOptional(),
  /** What was spent through it in the last 24 h. */
  spentCents: z.int(),
  /** Since when its balance is below that. */
  lowSince: z.number().exactOptional(),
});
export type AccountStatus = z.infer<typeof AccountStatus>;

/** All accounts that a shop had since it is watched, and since when one is gone that something still needs. */
export const KnownAccounts = z.record(z.string(), z.object({ missingSince: z.number().exactOptional() }));
export type KnownAccounts = z.infer<typeof KnownAccounts>;

const folderOf = ({ shopId, account }: AccountId): string => `carriers/${shopId}/${account}`;

/** Under which keys what is known of an account is kept. */
export const accountKeys = {
  pause: (id: AccountId): string => `${folderOf(id)}/pause`,
  status: (id: AccountId): string => `${folderOf(id)}/status`,
  /** The orders that wait for it to go on, one document each. */
  waiting: (id: AccountId): string => `${folderOf(id)}/waiting`,
  /** Who makes the one trial of a window. */
  trials: (id: AccountId): string => `${folderOf(id)}/trials`,
  /** The tasks of pauses that are over, until the desk was told: one document each. */
  over: (id: AccountId): string => `${folderOf(id)}/over`,
  /** What each purchase cost, and when: as it was told first. */
  spent: (id: AccountId): string => `${folderOf(id)}/spent`,
  /** What was spent on one day of UTC, as YYYY-MM-DD: a purchase each, its instant and its price at the end of its name. */
  spend: (id: AccountId, day: string): string => `${folderOf(id)}/spend/${day}`,
  known: (shopId: string): string => `carriers/${shopId}/known`,
} as const;
