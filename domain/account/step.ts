import type { AccountNews } from './account';
import { alertsOf, fireDue, LEAST_APART_MS } from './agenda';
import { commandId, type AccountCommand } from './command';
import type { AccountAnswer, AccountEvent, AccountVerdict, RenewalAnswer, RenewVerdict } from './event';
import { foldOrder } from './persons';
import type { AccountState } from './state';

/** One turn of an account: its next state, the commands to begin, and the answers to orders, in order. */
export type AccountStep = {
  state: AccountState;
  start: { id: string; command: AccountCommand }[];
  verdicts: AccountVerdict[];
};

const MOST_ATTENTION_LINES = 20;
const SECOND_MS = 1_000;

// State is plain data by contract, so this copies all of it; the workflow sandbox has no structuredClone.
const copy = (state: AccountState): AccountState => JSON.parse(JSON.stringify(state)) as AccountState;

/** Decides, and does nothing else: callers, people, the platform, the clock and the answers of commands all speak through here. */
export function step(before: AccountState, events: readonly AccountEvent[]): AccountStep {
  const state = copy(before);
  const verdicts: AccountVerdict[] = [];
  for (const event of events) {
    if (event.kind === 'ordered') verdicts.push(foldOrder(state, event.order, event.at));
    else fold(state, event);
    fireDue(state, event.at);
  }
  const start = wantedOf(state)
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined);
  for (const { id, command } of start) begin(state, id, command);
  return { state, start, verdicts };
}

function begin(state: AccountState, id: string, command: AccountCommand): void {
  state.outstanding[id] = command;
  if (command.kind === 'renewTokens') state.renewal.isWanted = false;
  // Whatever changes from here on has to be told anew.
  if (command.kind === 'tellShop') delete state.ordersToTell;
}

/** What is answered to somebody whose call was refused with the pair of `seenVersion`; undefined while it is being tried. */
export function renewVerdictOf(state: AccountState, seenVersion: number): RenewVerdict | undefined {
  const { connection, tokens, renewal, outstanding } = state;
  if (connection !== 'connected') return { isNewer: false, version: tokens.version, reason: connection };
  if (tokens.version > seenVersion) return { isNewer: true, version: tokens.version };
  if (renewal.isWanted || outstanding['renewTokens'] !== undefined) return undefined;
  return { isNewer: false, version: tokens.version, reason: 'notNow' };
}

function fold(state: AccountState, event: Exclude<AccountEvent, { kind: 'ordered' }>): void {
  switch (event.kind) {
    case 'loaded':
      load(state, event);
      break;
    case 'renewAsked':
      foldAsked(state, event);
      break;
    case 'news':
      foldNews(state, event.news);
      break;
    case 'answered':
      foldAnswer(state, event);
      break;
    case 'badMessage':
      raise(state, { kind: 'badMessage', at: event.at, about: event.handler });
      break;
    case 'workflowCancelled':
      raise(state, { kind: 'workflowCancelled', at: event.at, about: state.shopId });
      break;
    case 'woke':
      break;
  }
}

/** Takes up what was kept by an earlier workflow of this shop, or by whoever gave it tokens. */
function load(state: AccountState, { standing, mode, tokens }: AccountEvent & { kind: 'loaded' }): void {
  if (mode !== undefined) state.mode = mode;
  if (standing !== undefined) {
    state.mode = standing.mode;
    state.writes = standing.writes;
    state.connection = standing.connection;
    state.revision = state.keptRevision = Math.max(1, standing.revision);
    if (standing.connectedAt !== undefined) state.connectedAt = standing.connectedAt;
  }
  if (tokens !== undefined) state.tokens = tokens;
}

function foldAsked(state: AccountState, { at, seenVersion }: AccountEvent & { kind: 'renewAsked' }): void {
  const { tokens, renewal, connection } = state;
  if (connection !== 'connected' || tokens.version > seenVersion) return;
  if (state.outstanding['renewTokens'] !== undefined) return;
  const lastAt = Math.max(renewal.doneAt ?? -Infinity, renewal.failedAt ?? -Infinity);
  if (at < lastAt + LEAST_APART_MS) return;
  renewal.isWanted = true;
  renewal.seenVersion = Math.max(renewal.seenVersion, seenVersion);
}

function foldNews(state: AccountState, news: AccountNews): void {
  // A webhook has whole seconds. One that is older than the last consent was meant for the one before.
  if (news.at < Math.floor((state.connectedAt ?? 0) / SECOND_MS) * SECOND_MS) return;
  if (news.kind === 'expiring') {
    state.consentEndsAt = news.expiresAt;
    return;
  }
  if (state.connection === 'deauthorised') return;
  state.connection = 'deauthorised';
  state.deauthorisedAt = news.at;
  state.mustPurge = true;
  state.renewal.isWanted = false;
  state.revision += 1;
}

/** One cause, one line: one that stands already is dated anew. */
function raise(state: AccountState, line: AccountState['attention'][number]): void {
  const others = state.attention.filter(({ kind, about }) => kind !== line.kind || about !== line.about);
  state.attention = [...others, line].slice(-MOST_ATTENTION_LINES);
}

function foldAnswer(state: AccountState, { at, command: id, answer }: AccountEvent & { kind: 'answered' }): void {
  const command = state.outstanding[id];
  if (command === undefined) return;
  state.outstanding = Object.fromEntries(Object.entries(state.outstanding).filter(([other]) => other !== id));
  if (answer.kind === 'failed') raise(state, { kind: 'commandFailed', at, about: `${id}: ${answer.type}` });
  switch (command.kind) {
    case 'keepStanding':
      if (answer.kind === 'done') state.keptRevision = Math.max(state.keptRevision, command.standing.revision);
      if (answer.kind === 'behind') state.revision = Math.max(state.revision, answer.revision) + 1;
      break;
    case 'renewTokens':
      foldRenewal(state, answer, at);
      break;
    case 'purgeTokens':
      foldPurged(state);
      break;
    case 'tellDesk':
      state.onDesk = command.alerts;
      break;
    case 'tellShop':
      break;
  }
}

/** Of tokens that are gone nothing is left to expire. */
function foldPurged(state: AccountState): void {
  state.mustPurge = false;
  if (state.connection === 'deauthorised') state.tokens = { version: state.tokens.version };
}

function foldRenewal(state: AccountState, answer: AccountAnswer, at: number): void {
  if (answer.kind === 'renewed') {
    if (answer.life.version >= state.tokens.version) state.tokens = answer.life;
    state.renewal = { isWanted: false, seenVersion: 0, failures: 0, doneAt: at };
    state.attention = state.attention.filter(({ about }) => !about.startsWith('renewTokens'));
    return;
  }
  state.renewal.failures += 1;
  state.renewal.failedAt = at;
  if (answer.kind === 'dead') foldDead(state, answer);
}

/** The consent may have been given anew while the old pair was still being asked with. */
function foldDead(state: AccountState, { version }: RenewalAnswer & { kind: 'dead' }): void {
  if (state.connection !== 'connected' || version < state.tokens.version) return;
  state.connection = 'reconnectNeeded';
  state.revision += 1;
}

/** What it wants done now, derived from the state alone: the same state always wants the same. */
function wantedOf(state: AccountState): AccountCommand[] {
  const { mode, writes, connection, connectedAt, revision } = state;
  const consent = connectedAt === undefined ? {} : { connectedAt };
  const isKept = state.keptRevision >= revision;
  return [
    ...(isKept
      ? []
      : [{ kind: 'keepStanding', standing: { mode, writes, connection, revision, ...consent } } as const]),
    ...wantedForTokens(state),
    // An order that is told reads the standing: it must be there.
    ...(isKept && state.ordersToTell !== undefined ? [{ kind: 'tellShop', at: state.ordersToTell } as const] : []),
    ...wantedForDesk(state),
  ];
}

function wantedForTokens({ connection, renewal, tokens, mustPurge, outstanding }: AccountState): AccountCommand[] {
  if (renewal.isWanted && connection === 'connected') {
    return [{ kind: 'renewTokens', seenVersion: Math.max(renewal.seenVersion, tokens.version) }];
  }
  // A pair that is just being fetched would come after the removal; the removal waits for it.
  const isFetching = outstanding['renewTokens'] !== undefined;
  return mustPurge && !isFetching ? [{ kind: 'purgeTokens', version: tokens.version }] : [];
}

function wantedForDesk(state: AccountState): AccountCommand[] {
  const alerts = alertsOf(state);
  const raised = alerts.filter(({ key }) => !state.onDesk.some((alert) => alert.key === key));
  const settled = state.onDesk.filter(({ key }) => !alerts.some((alert) => alert.key === key));
  if (raised.length + settled.length === 0) return [];
  return [{ kind: 'tellDesk', alerts, raise: raised, settle: settled.map(({ key }) => key) }];
}
