import type { AccountEvent, AccountVerdict, RenewVerdict } from '../../domain/account/event';
import { newAccount, type AccountState } from '../../domain/account/state';
import type { AccountInput } from '../messages-account';

/** Somebody whose call was refused with a pair, and waits for a newer one. */
type Waiter = { seenVersion: number; answer: (verdict: RenewVerdict) => void };

/** One account while it runs: its state, and what is waiting to be folded in. Only `state` outlives the run. */
export type Account = {
  state: AccountState;
  /** What was kept before this workflow began is known; before that nothing is decided. */
  isLoaded: boolean;
  inbox: AccountEvent[];
  /** Callers who wait for the verdict on what they put into the inbox, in the same order. */
  waiting: ((verdict: AccountVerdict) => void)[];
  renewing: Waiter[];
  timer: { at: number; cancel: () => void } | undefined;
  /** A wake is on its way in which nobody waits for an answer: a run ends in such a one only. */
  isResting: boolean;
};

export function openAccount({ shopId, carried }: AccountInput): Account {
  return {
    // What an earlier build carried lacks what was added since.
    state: { ...newAccount(shopId), ...(carried as AccountState | undefined) },
    isLoaded: carried !== undefined,
    inbox: carried === undefined ? [] : [{ kind: 'woke', at: Date.now() }],
    waiting: [],
    renewing: [],
    timer: undefined,
    isResting: false,
  };
}

export const tell = (account: Account, event: AccountEvent): void => {
  account.inbox.push(event);
};
