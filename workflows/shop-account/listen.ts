import {
  ApplicationFailure,
  condition,
  currentUpdateInfo,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import type { Connected } from '../../domain/account/account';
import type { AccountOrder, AccountVerdict, RenewVerdict } from '../../domain/account/event';
import { viewOf } from '../../domain/account/view';
import { accountRefusals } from '../../words/account';
import { REFUSED } from '../messages';
import {
  accountNews,
  accountState,
  connected,
  renewToken,
  switchMode,
  switchWrites,
  type SwitchModeInput,
  type SwitchWritesInput,
} from '../messages-account';
import { tell, type Account } from './account';
import { readAccountNews, readConnected, readModeInput, readRenewInput, readWritesInput } from './guards';

/** Answers kept for callers who repeat themselves after a continue-as-new; the server remembers those of this run. */
const MOST_ANSWERS_KEPT = 200;

/** Puts every handler in place. A handler only puts an event into the inbox: deciding is the step's, one event at a time. */
export function listen(account: Account): void {
  setHandler(accountState, () => viewOf(account.state));
  setHandler(accountNews, (message: unknown) => {
    const news = readAccountNews(message);
    if (news === undefined) return noteBadMessage(account, accountNews.name);
    tell(account, { kind: 'news', at: Date.now(), news });
  });
  setHandler(renewToken, ({ seenVersion }) => renew(account, seenVersion), {
    validator: (message: unknown) => assertReadable(readRenewInput(message)),
  });
  setHandler(switchMode, (input) => follow(account, input, modeOrder(input)), {
    validator: (message: unknown) => assertReadable(readModeInput(message)),
  });
  setHandler(switchWrites, (input) => follow(account, input, writesOrder(input)), {
    validator: (message: unknown) => assertReadable(readWritesInput(message)),
  });
  setHandler(connected, (input) => follow(account, {}, { verb: 'connected', ...pairOf(input) }), {
    validator: (message: unknown) => assertReadable(readConnected(message)),
  });
  // Last: what came with the start is given to the first handler that takes it.
  setDefaultSignalHandler((name) => noteBadMessage(account, name));
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(accountRefusals.unknownOrder(name))));
}

/** Only what the guard has let through is kept, and nothing else that came with it. */
const modeOrder = ({ mode, actor }: SwitchModeInput): AccountOrder => ({ verb: 'switchMode', mode, actor });
const writesOrder = ({ writes, actor }: SwitchWritesInput): AccountOrder => ({ verb: 'switchWrites', writes, actor });

const pairOf = ({ tokenVersion, accessExpiresAt, refreshExpiresAt, mode, at }: Connected): Connected => ({
  tokenVersion,
  accessExpiresAt,
  refreshExpiresAt,
  at,
  ...(mode === undefined ? {} : { mode }),
});

function noteBadMessage(account: Account, handler: string): void {
  tell(account, { kind: 'badMessage', at: Date.now(), handler: handler.slice(0, 64) });
}

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);

function assertReadable(read: unknown): void {
  if (typeof read === 'string') throw refusalOf(accountRefusals.malformed(read));
}

/** Answered as soon as there is a newer pair, or it is clear that there is none now. */
function renew(account: Account, seenVersion: number): Promise<RenewVerdict> {
  return new Promise((answer) => {
    account.renewing.push({ seenVersion, answer });
    tell(account, { kind: 'renewAsked', at: Date.now(), seenVersion });
  });
}

async function follow(
  account: Account,
  { key, bodyHash }: { key?: string; bodyHash?: string },
  order: AccountOrder,
): Promise<AccountVerdict> {
  const id = currentUpdateInfo()?.id ?? '';
  const earlier = account.state.answered.find((answered) => answered.id === id)?.verdict;
  if (earlier !== undefined) return earlier;
  const decided = await new Promise<AccountVerdict>((resolve) => {
    account.waiting.push(resolve);
    tell(account, { kind: 'ordered', at: Date.now(), order });
  });
  // Nobody hears that a switch is thrown before whoever acts outside can read it.
  await condition(() => account.state.keptRevision >= decided.revision);
  const verdict = { ...decided, ...(bodyHash === undefined ? {} : { bodyHash }) };
  if (key !== undefined) {
    account.state.answered = [...account.state.answered, { id, verdict }].slice(-MOST_ANSWERS_KEPT);
  }
  return verdict;
}
