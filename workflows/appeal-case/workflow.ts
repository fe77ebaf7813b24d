import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import type { AppealEvent } from '../../domain/appeal/event';
import { step, type AppealStep } from '../../domain/appeal/step';
import { appealView } from '../../domain/appeal/view';
import type { AppealInput, AppealResult } from '../messages-appeal';
import { openCase, tell, type Case } from './case';
import { abandonCommand, startCommand } from './commands';
import { listen } from './listen';
import { show } from './shown';
import { armTimer } from './timer';

/** A run is continued as a new one at this many events, far below the server's limits. */
const MOST_EVENTS = 1_500;

/**
 * Cases that were begun before it filed with any evidence. It is asked only where a filing is held back, so that others have
 * no events of it. It can go when no case is open that filed so.
 */
const HOLDS_BACK = 'appeal-holds-back-a-doubtful-filing';

/**
 * The appeal of one parcel that stalled, or of all parcels of a form that did, from its opening to the platform's last word. It waits for nothing but its inbox and
 * its one timer, as an order does; what it does outside runs in the background.
 */
export async function appealCase(input: AppealInput): Promise<AppealResult> {
  const appeal = openCase(input);
  listen(appeal);
  // Temporal's own cancel would let a window pass that nobody watches.
  CancellationScope.current().cancelRequested.catch(() => tell(appeal, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(appeal));
}

async function live(appeal: Case): Promise<AppealResult> {
  for (const [id, command] of Object.entries(appeal.state.outstanding)) startCommand(appeal, id, command);
  while (!isDone(appeal)) {
    await condition(() => appeal.inbox.length > 0 || isDone(appeal));
    advance(appeal);
    armTimer(appeal);
    show(appeal);
    if (isTooLong(appeal)) await goOnAsNew(appeal);
  }
  const { status, filings, evidence } = appealView(appeal.state);
  return { status, filings, evidence };
}

/** Takes the inbox in, decides, and sets going what was decided. */
function advance(appeal: Case): void {
  const { state, start, abandon, verdicts } = turnOf(appeal, appeal.inbox.splice(0));
  appeal.state = state;
  for (const verdict of verdicts) appeal.waiting.shift()?.(verdict);
  for (const { id, command } of start) startCommand(appeal, id, command);
  // After the beginnings: one turn may begin what its next event makes moot.
  for (const id of abandon) abandonCommand(appeal, id);
}

function turnOf({ state }: Case, events: AppealEvent[]): AppealStep {
  const turn = step(state, events);
  if (!turn.isHeldBack || state.edition === 2) return turn;
  return !patched(HOLDS_BACK) ? step({ ...state, filesAll: true }, events) : turn;
}

/** Over, and everybody who should know of it has been told. */
const isOver = ({ state }: Case): boolean =>
  state.endedAt !== undefined &&
  Object.keys(state.outstanding).length === 0 &&
  Object.values(state.untold).every((items) => items.length === 0) &&
  isCounted(state);

/** Kept, and nobody has joined whom it has not seen. */
const isCounted = ({ edition, isKept, mustSurvey, mustSettle }: Case['state']): boolean =>
  edition !== 2 || (isKept === true && mustSurvey !== true && mustSettle !== true);

/** Nobody who asked leaves without an answer. */
const isDone = (appeal: Case): boolean => isOver(appeal) && appeal.inbox.length === 0 && allHandlersFinished();

const isTooLong = (appeal: Case): boolean =>
  !isOver(appeal) && (workflowInfo().historyLength > MOST_EVENTS || workflowInfo().continueAsNewSuggested);

/** Hands everything to a new run. What came in meanwhile is folded in first, and callers get their answers first. */
async function goOnAsNew(appeal: Case): Promise<void> {
  await condition(() => allHandlersFinished() || appeal.inbox.length > 0);
  if (appeal.inbox.length > 0) return;
  const { shopId, orderId, caseKey, edition } = appeal.state;
  await continueAsNew<typeof appealCase>({
    ...{ shopId, orderId, caseKey },
    ...(edition === undefined ? {} : { edition }),
    carried: appeal.state,
  });
}
