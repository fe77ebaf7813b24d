import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import { acknowledge, carriedOf, fold, openDesk, type Acknowledged, type CarriedDesk } from '../../domain/alerts/desk';
import { pageOf, viewOf } from '../../domain/alerts/view';
import type { AcknowledgeVerdict, AlertDeskInput } from '../messages-alerts';
import { listen, type DeskEvent, type RunningDesk } from './listen';

/** A run is continued as a new one at this many events, far below the server's limits. */
const MOST_EVENTS = 1_500;

/**
 * The server ends a workflow whose input for the next run is larger than 2 MB. A desk with so many open alerts, some 8,000,
 * stays in its run until some of them are settled; there are 50,000 events to do so.
 */
const MOST_CARRIED_CHARACTERS = 1_800_000;

/** The alerts of one shop and what people have to do, for ever: told by orders, acknowledged by people. */
export async function alertDesk({ shopId, carried }: AlertDeskInput): Promise<never> {
  const running: RunningDesk = { desk: openDesk(shopId, carried), inbox: [] };
  listen(running);
  // Without its desk a shop would hear of nothing: Temporal's own cancel is noted, and not followed.
  CancellationScope.current().cancelRequested.catch(() => running.inbox.push({ kind: 'workflowCancelled' }));
  return CancellationScope.nonCancellable(() => serve(running));
}

async function serve(running: RunningDesk): Promise<never> {
  for (;;) {
    setCurrentDetails(pageOf(running.desk));
    await condition(() => running.inbox.length > 0);
    const events = running.inbox.splice(0);
    for (const event of events) takeIn(running, event);
    // A signal that comes during a task which ends the run makes the server drop that task, and a caller's update with it.
    const hasCaller = events.some(({ kind }) => kind === 'acknowledged');
    if (isTooLong() && !hasCaller) await goOnAsNew(running);
  }
}

function takeIn({ desk }: RunningDesk, event: DeskEvent): void {
  switch (event.kind) {
    case 'told':
      desk.unreadable += event.unreadable;
      fold(desk, event.news);
      break;
    case 'acknowledged':
      event.answer(verdictOf(acknowledge(desk, event.order, event.at)));
      break;
    case 'badMessage':
      desk.unreadable += 1;
      break;
    case 'workflowCancelled':
      desk.isCancelAsked = true;
      break;
  }
}

const verdictOf = ({ alert, ...verdict }: Acknowledged): AcknowledgeVerdict =>
  alert === undefined ? verdict : { ...verdict, alert: viewOf(alert) };

const isTooLong = (): boolean => workflowInfo().historyLength > MOST_EVENTS || workflowInfo().continueAsNewSuggested;

const isCarriable = (carried: CarriedDesk): boolean => JSON.stringify(carried).length <= MOST_CARRIED_CHARACTERS;

/** Hands everything to a new run. Callers get their answers first, and what came in meanwhile is taken in first. */
async function goOnAsNew({ desk, inbox }: RunningDesk): Promise<void> {
  await condition(() => allHandlersFinished() || inbox.length > 0);
  const carried = carriedOf(desk);
  if (inbox.length > 0 || !isCarriable(carried)) return;
  await continueAsNew<typeof alertDesk>({ shopId: desk.shopId, carried });
}
