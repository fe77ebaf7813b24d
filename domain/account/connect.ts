import type { ShopMode } from './account';

/** How shops are connected: their owner consents at the platform, chooses among their shops, and each is set up. */

/** Where a connection stands. `waiting`: for the owner; `shops`: for the choice, or for what was chosen to be set up. */
export type ConnectStatus = 'waiting' | 'shops' | 'done' | 'failed' | 'expired';

/** Why it failed. `noApp`: our own app is not known; `refused`: the platform did not take the code. */
export type ConnectFailure = 'noApp' | 'refused' | 'stepFailed';

/** A shop that the owner consented to. `isKnown`: settings for it are here already. */
type OfferedShop = { id: string; name: string; region: string; isKnown: boolean };

/** What came of the code. */
export type ConsentAnswer = { kind: 'shops'; shops: OfferedShop[] } | { kind: 'refused' };

/** What came of setting up one shop. `needs`: settings that nobody gave. */
export type ShopConfigured =
  | { id: string; kind: 'connected'; webhooks: 'registered' | 'none' | 'refused' }
  | { id: string; kind: 'refused'; needs: string[] };

export type Choice = { shopIds: string[]; mode?: ShopMode; actor: string };

export type ConnectEvent =
  | { kind: 'opened'; at: number; consentUrl: string | undefined }
  | { kind: 'codeCame'; at: number }
  | { kind: 'chosen'; at: number; choice: Choice }
  | { kind: 'consented'; at: number; answer: ConsentAnswer }
  | { kind: 'configured'; at: number; shops: ShopConfigured[] }
  | { kind: 'failed'; at: number }
  | { kind: 'woke'; at: number };

/** What a connection wants done outside; one thing at a time. */
export type ConnectCommand =
  { kind: 'exchangeCode' } | { kind: 'configureShops'; shopIds: string[]; mode?: ShopMode; at: number };

export type ConnectState = {
  state: string;
  status: ConnectStatus;
  startedAt: number;
  consentUrl?: string;
  /** The owner came back; a second one who comes with this state is not heard. */
  hasCode: boolean;
  shops: OfferedShop[];
  results: ShopConfigured[];
  /** What is being set up. */
  choice?: { shopIds: string[]; mode?: ShopMode; at: number };
  failure?: ConnectFailure;
};

/** TikTok's codes live for 30 min, and so does the wish to connect. Source: TikTok Shop, "Authorization". */
export const CONNECT_WITHIN_MS = 30 * 60_000;

export const newConnect = (state: string, startedAt: number): ConnectState => ({
  state,
  status: 'waiting',
  startedAt,
  hasCode: false,
  shops: [],
  results: [],
});

export const expiresAt = ({ startedAt }: ConnectState): number => startedAt + CONNECT_WITHIN_MS;

export type ConnectObjection = 'notYet' | 'unknownShop' | 'busy' | 'over';

/** Why a choice cannot be followed now; undefined where it can. */
export function objectionTo(connect: ConnectState, { shopIds }: Choice): ConnectObjection | undefined {
  if (isOver(connect)) return 'over';
  if (connect.status === 'waiting') return 'notYet';
  if (connect.choice !== undefined) return 'busy';
  return shopIds.every((id) => connect.shops.some((shop) => shop.id === id)) ? undefined : 'unknownShop';
}

export const isOver = ({ status }: ConnectState): boolean => status !== 'waiting' && status !== 'shops';

type ConnectStep = { connect: ConnectState; start?: ConnectCommand; objection?: ConnectObjection };

/** Folds what happened in; the next state, and what is to be done now that was not to be done before. */
export function stepConnect(before: ConnectState, event: ConnectEvent): ConnectStep {
  if (event.kind === 'chosen') return choose(before, event);
  return isOver(before) ? { connect: before } : fold(before, event);
}

function fold(before: ConnectState, event: Exclude<ConnectEvent, { kind: 'chosen' }>): ConnectStep {
  switch (event.kind) {
    case 'opened':
      if (event.consentUrl === undefined) return failed(before, 'noApp');
      return { connect: { ...before, consentUrl: event.consentUrl } };
    case 'codeCame':
      // A state is used once.
      return before.hasCode
        ? { connect: before }
        : { connect: { ...before, hasCode: true }, start: { kind: 'exchangeCode' } };
    case 'consented':
      if (event.answer.kind === 'refused') return failed(before, 'refused');
      return { connect: { ...before, status: 'shops', shops: event.answer.shops } };
    case 'configured':
      return { connect: afterConfiguring(before, event.shops) };
    case 'failed':
      return failed(before, 'stepFailed');
    case 'woke':
      return { connect: expireAt(before, event.at) };
  }
}

const failed = (connect: ConnectState, failure: ConnectFailure): ConnectStep => ({
  connect: { ...connect, status: 'failed', failure },
});

function choose(before: ConnectState, { choice, at }: ConnectEvent & { kind: 'chosen' }): ConnectStep {
  const objection = objectionTo(before, choice);
  if (objection !== undefined) return { connect: before, objection };
  const { shopIds, mode } = choice;
  const chosen = { shopIds, ...(mode === undefined ? {} : { mode }), at };
  return { connect: { ...before, choice: chosen }, start: { kind: 'configureShops', ...chosen } };
}

/** A shop that lacks settings may be chosen again once they are there; with none left it is done. */
function afterConfiguring(before: ConnectState, shops: readonly ShopConfigured[]): ConnectState {
  const connect = { ...before };
  delete connect.choice;
  const results = [...before.results.filter(({ id }) => !shops.some((shop) => shop.id === id)), ...shops];
  return { ...connect, results, status: results.every(({ kind }) => kind === 'connected') ? 'done' : 'shops' };
}

/** What is being set up is not given up half-way; shops that are connected stay so. */
function expireAt(connect: ConnectState, now: number): ConnectState {
  if (now < expiresAt(connect) || connect.choice !== undefined) return connect;
  return { ...connect, status: connect.results.some(({ kind }) => kind === 'connected') ? 'done' : 'expired' };
}
