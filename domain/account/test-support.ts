import type { AccountNews, Connected, ShopMode } from './account';
import type { AccountCommand } from './command';
import type { AccountAnswer, AccountEvent } from './event';
import { newAccount, type AccountState } from './state';
import { step } from './step';

export const SHOP = '7000000000000000001';
export const T0 = Date.parse('2026-11-20T18:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An account whose commands are carried out by the test. */
export type TestedAccount = {
  tell: (event: AccountEvent) => TestedAccount;
  answer: (command: AccountCommand['kind'], answer: AccountAnswer, at?: number) => TestedAccount;
  done: (command: AccountCommand['kind'], at?: number) => TestedAccount;
  connect: (news?: Partial<Connected>) => TestedAccount;
  mode: (mode: ShopMode, at?: number) => TestedAccount;
  news: (news: AccountNews) => TestedAccount;
  ask: (seenVersion: number, at?: number) => TestedAccount;
  renewed: (version: number, at?: number) => TestedAccount;
  /** What the last event began. */
  readonly started: AccountCommand[];
  readonly kinds: AccountCommand['kind'][];
  readonly state: AccountState;
};

export function account(): TestedAccount {
  let state = newAccount(SHOP);
  let started: AccountCommand[] = [];
  const self: TestedAccount = {
    tell: (event: AccountEvent) => {
      const turn = step(state, [event]);
      state = turn.state;
      started = turn.start.map(({ command }) => command);
      return self;
    },
    answer: (command: AccountCommand['kind'], answer: AccountAnswer, at = T0) =>
      self.tell({ kind: 'answered', at, command, answer }),
    done: (command: AccountCommand['kind'], at = T0) => self.answer(command, { kind: 'done' }, at),
    connect: (news: Partial<Connected> = {}) =>
      self.tell({
        kind: 'ordered',
        at: news.at ?? T0,
        order: { verb: 'connected', ...PAIR, ...news },
      }),
    mode: (mode, at = T0) => self.tell({ kind: 'ordered', at, order: { verb: 'switchMode', mode, actor: 'Ada' } }),
    news: (news: AccountNews) => self.tell({ kind: 'news', at: news.at, news }),
    ask: (seenVersion: number, at = T0) => self.tell({ kind: 'renewAsked', at, seenVersion }),
    renewed: (version: number, at = T0) =>
      self.answer(
        'renewTokens',
        {
          kind: 'renewed',
          life: { version, obtainedAt: at, accessExpiresAt: at + 7 * DAY, refreshExpiresAt: T0 + 365 * DAY },
        },
        at,
      ),
    get started() {
      return started;
    },
    get kinds() {
      return started.map(({ kind }) => kind);
    },
    get state() {
      return state;
    },
  };
  return self;
}

export const PAIR: Connected = {
  tokenVersion: 1,
  accessExpiresAt: T0 + 7 * DAY,
  refreshExpiresAt: T0 + 365 * DAY,
  mode: 'watch',
  at: T0,
};

/** An account whose owner consented a moment ago, and of which all is kept and told. */
export const connected = (): TestedAccount => account().connect().done('keepStanding').done('tellShop');
