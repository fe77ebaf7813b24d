import {
  CancellationScope,
  condition,
  continueAsNew,
  proxyActivities,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { SweepRound } from '../../domain/sweep/state';
import { step } from '../../domain/sweep/step';
import { pageOf } from '../../domain/sweep/view';
import { sweepSummaries } from '../../words/sweep';
import type { SweepInput } from '../messages-sweep';
import { listen } from './listen';
import { openSweep, tell, type Sweep } from './sweep';
import { armTimer } from './timer';

const DAY_MS = 24 * 3_600_000;

/** A day has some 3,000 events; somebody who keeps asking makes more. */
const MOST_EVENTS = 6_000;

/**
 * Looks every few minutes for what a shop's webhooks did not tell, for ever: a lost webhook is never a lost order.
 *
 * A day costs at most 577 of Temporal's actions, where somebody is at the ship-from around the clock: 288 rounds of 5 minutes, each
 * one timer and one activity, and one new run; with the usual eight hours 321. A webhook that was missed costs one more.
 */
export async function shopSweep(input: SweepInput): Promise<never> {
  const sweep = openSweep(input);
  listen(sweep);
  // Without its sweep a shop would lose what its webhooks lose: Temporal's own cancel is noted, and not followed.
  CancellationScope.current().cancelRequested.catch(() => tell(sweep, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(sweep));
}

async function live(sweep: Sweep): Promise<never> {
  for (;;) {
    advance(sweep);
    armTimer(sweep);
    setCurrentDetails(pageOf(sweep.state));
    if (isLong(sweep)) await continueAsNew<typeof shopSweep>({ shopId: sweep.state.shopId, carried: sweep.state });
    await condition(() => sweep.inbox.length > 0);
  }
}

/** Takes the inbox in, and begins the round that is due. */
function advance(sweep: Sweep): void {
  const { state, start } = step(sweep.state, sweep.inbox.splice(0));
  sweep.state = state;
  if (start !== undefined) startRound(sweep, start);
}

/** One look in the background; what comes of it enters the inbox like any other event. */
function startRound(sweep: Sweep, round: SweepRound): void {
  const { sweepShop } = proxyActivities<Activities>({
    startToCloseTimeout: '10 min',
    // A worker that dies in the middle must not blind the shop for the whole of that.
    heartbeatTimeout: '30 s',
    // What the platform does not answer is an answer of its own; this is for a worker that dies.
    retry: { initialInterval: '10 s', backoffCoefficient: 2, maximumAttempts: 3 },
    summary: sweepSummaries.round(round.first, round.since),
  });
  void sweepShop({ ...round, shopId: sweep.state.shopId })
    .then((answer) => tell(sweep, { kind: 'answered', at: Date.now(), answer }))
    .catch(() => tell(sweep, { kind: 'failed', at: Date.now() }));
}

/** A new run each day, between two rounds: what a run has begun it also takes in. */
function isLong({ state, inbox, begunAt }: Sweep): boolean {
  if (state.round !== undefined || inbox.length > 0) return false;
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return Date.now() - begunAt >= DAY_MS || historyLength > MOST_EVENTS || continueAsNewSuggested;
}
