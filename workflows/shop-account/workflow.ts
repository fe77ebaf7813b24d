import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { AccountEvent } from '../../domain/account/event';
import { renewVerdictOf, step } from '../../domain/account/step';
import { pageOf } from '../../domain/account/view';
import type { AccountInput } from '../messages-account';
import { openAccount, tell, type Account } from './account';
import { load, startCommand } from './commands';
import { listen } from './listen';
import { armTimer, rest } from './timer';

/** A run is continued as a new one at this many events, far below the server's limits; it takes 2,000 updates at most. */
const MOST_EVENTS = 1_500;

/** Runs from before it waited for an event without a caller and armed no timer. It can go when the last of them has been continued. */
const RESTS = 'account-rests-before-it-goes-on';

/**
 * The account of one shop, for ever: whether the platform takes our word for it, what may be done in it, and the only one who
 * renews its tokens. It waits for nothing but its inbox and its one timer; what it does outside runs in the background.
 */
export async function shopAccount(input: AccountInput): Promise<never> {
  const account = openAccount(input);
  listen(account);
  // Without it the tokens would die unrenewed: Temporal's own cancel is noted, and not followed.
  CancellationScope.current().cancelRequested.catch(() => tell(account, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(account));
}

async function live(account: Account): Promise<never> {
  resume(account);
  for (;;) {
    await condition(() => hasNews(account));
    const events = takeInbox(account);
    advance(account, events);
    armTimer(account);
    setCurrentDetails(pageOf(account.state));
    // A signal that comes during a task which ends the run makes the server drop that task, and a caller's update with it.
    const hasCaller = events.some(({ kind }) => kind === 'ordered' || kind === 'renewAsked');
    if (!isTooLong(account)) continue;
    if (!hasCaller) await goOnAsNew(account);
    else if (patched(RESTS)) rest(account);
  }
}

/** Before it is known what was kept, only that is taken in; all else waits in the order it came. */
const hasNews = ({ inbox, isLoaded }: Account): boolean =>
  isLoaded ? inbox.length > 0 : inbox.some(({ kind }) => kind === 'loaded');

function takeInbox(account: Account): AccountEvent[] {
  const events = account.inbox.splice(0);
  if (account.isLoaded) return events;
  account.isLoaded = true;
  return [...events.filter(({ kind }) => kind === 'loaded'), ...events.filter(({ kind }) => kind !== 'loaded')];
}

/** Takes the inbox in, decides, sets going what was decided, and answers whoever can be answered. */
function advance(account: Account, events: readonly AccountEvent[]): void {
  const { state, start, verdicts } = step(account.state, events);
  account.state = state;
  for (const verdict of verdicts) account.waiting.shift()?.(verdict);
  for (const { id, command } of start) startCommand(account, id, command);
  account.renewing = account.renewing.filter(({ seenVersion, answer }) => {
    const verdict = renewVerdictOf(state, seenVersion);
    if (verdict !== undefined) answer(verdict);
    return verdict === undefined;
  });
}

/** A run that was continued begins again what was under way: every command reads back, or may be repeated. */
function resume(account: Account): void {
  if (!account.isLoaded) void load(account).then((event) => tell(account, event));
  for (const [id, command] of Object.entries(account.state.outstanding)) startCommand(account, id, command);
}

/** What is under way ends first: a pair that is being renewed is not renewed by two runs at once. */
const isTooLong = ({ state, isLoaded }: Account): boolean =>
  isLoaded &&
  state.outstanding['renewTokens'] === undefined &&
  (workflowInfo().historyLength > MOST_EVENTS || workflowInfo().continueAsNewSuggested);

/** Hands everything to a new run. What came in meanwhile is folded in first, and callers get their answers first. */
async function goOnAsNew(account: Account): Promise<void> {
  await condition(() => allHandlersFinished() || account.inbox.length > 0);
  if (account.inbox.length > 0) return;
  await continueAsNew<typeof shopAccount>({ shopId: account.state.shopId, carried: account.state });
}
