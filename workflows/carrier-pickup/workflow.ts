import { allHandlersFinished, CancellationScope, condition, setCurrentDetails, sleep } from '@temporalio/workflow';
import { step } from '../../domain/pickup/step';
import { pageOf } from '../../domain/pickup/view';
import { pickupSummaries } from '../../words/pickup';
import type { PickupInput, PickupResult } from '../messages-pickup';
import { startCommand } from './commands';
import { listen } from './listen';
import { openPickup, tell, type Pickup } from './pickup';

/**
 * The carrier called to collect for one account, ship-from and day, until that day is over: nobody else calls it. It waits for
 * nothing but its inbox and its one timer; what it does outside runs in the background.
 */
export async function carrierPickup(input: PickupInput): Promise<PickupResult> {
  const pickup = openPickup(input);
  listen(pickup);
  // Temporal's own cancel would leave a booking of which nobody knows.
  CancellationScope.current().cancelRequested.catch(() => tell(pickup, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(pickup));
}

async function live(pickup: Pickup): Promise<PickupResult> {
  armTimer(pickup);
  while (!isDone(pickup)) {
    await condition(() => pickup.inbox.length > 0 || isDone(pickup));
    const { state, start, verdicts } = step(pickup.state, pickup.inbox.splice(0));
    pickup.state = state;
    for (const verdict of verdicts) pickup.waiting.shift()?.(verdict);
    for (const command of start) startCommand(pickup, command);
    setCurrentDetails(pageOf(state));
  }
  const { status, confirmed } = pickup.state;
  return { status, confirmation: confirmed?.confirmation ?? null };
}

/** The one timer: the end of the day, whatever happens before. */
function armTimer(pickup: Pickup): void {
  const { endsAt } = pickup.state;
  void sleep(Math.max(1, endsAt - Date.now()), { summary: pickupSummaries.wait }).then(() =>
    tell(pickup, { kind: 'woke', at: Math.max(endsAt, Date.now()) }),
  );
}

/** Nobody who asked leaves without an answer. */
const isDone = ({ state, inbox }: Pickup): boolean =>
  state.endedAt !== undefined && inbox.length === 0 && allHandlersFinished();
