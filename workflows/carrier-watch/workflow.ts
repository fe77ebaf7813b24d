import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { CarrierActivities } from '../../activities/carrier-activities';
import { step } from '../../domain/carriers/step';
import { pageOf } from '../../domain/carriers/view';
import { watchSummaries } from '../../words/carriers';
import type { CarrierWatchInput } from '../messages-carriers';
import { listen } from './listen';
import { armTimer } from './timer';
import { openWatch, tell, type Watch } from './watch';

const DAY_MS = 24 * 3_600_000;

/** A day has some 300 events; somebody who keeps asking makes more. */
const MOST_EVENTS = 2_000;

/**
 * Looks every hour at the carrier accounts of a shop, for ever: an account that runs dry, a pause that is over, a parcel of which
 * nobody has heard. A day costs 49 of Temporal's actions: 24 looks, each one timer and one activity, and one new run.
 */
export async function carrierWatch(input: CarrierWatchInput): Promise<never> {
  const watch = openWatch(input);
  listen(watch);
  // Without it an account would run dry unseen: Temporal's own cancel is noted, and not followed.
  CancellationScope.current().cancelRequested.catch(() => tell(watch, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(watch));
}

async function live(watch: Watch): Promise<never> {
  for (;;) {
    advance(watch);
    armTimer(watch);
    setCurrentDetails(pageOf(watch.state));
    if (isLong(watch)) await continueAsNew<typeof carrierWatch>({ shopId: watch.state.shopId, carried: watch.state });
    await condition(() => watch.inbox.length > 0);
  }
}

/** Takes the inbox in, and begins the look that is due. */
function advance(watch: Watch): void {
  const { state, startAt } = step(watch.state, watch.inbox.splice(0));
  watch.state = state;
  if (startAt !== undefined) startLook(watch, startAt);
}

/** One look in the background; what comes of it enters the inbox like any other event. */
function startLook(watch: Watch, at: number): void {
  const { watchCarriers } = proxyActivities<CarrierActivities>({
    startToCloseTimeout: '10 min',
    heartbeatTimeout: '90 s',
    // What a provider does not answer is an answer of its own; this is for a worker that dies.
    retry: { initialInterval: '10 s', backoffCoefficient: 2, maximumAttempts: 3 },
    summary: watchSummaries.look,
  });
  void watchCarriers({ shopId: watch.state.shopId, at })
    .then((answer) => tell(watch, { kind: 'answered', at: Date.now(), answer }))
    .catch(() => tell(watch, { kind: 'failed', at: Date.now() }));
}

/** A new run each day, between two looks: what a run has begun it also takes in. */
function isLong({ state, inbox, begunAt }: Watch): boolean {
  if (state.isLooking || inbox.length > 0) return false;
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return Date.now() - begunAt >= DAY_MS || historyLength > MOST_EVENTS || continueAsNewSuggested;
}
