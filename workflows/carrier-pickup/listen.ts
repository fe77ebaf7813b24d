import {
  ApplicationFailure,
  currentUpdateInfo,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import type { PickupOrder } from '../../domain/pickup/event';
import type { PickupVerdict } from '../../domain/pickup/state';
import { objectionTo } from '../../domain/pickup/step';
import { viewOf } from '../../domain/pickup/view';
import { pickupRefusals } from '../../words/pickup';
import { REFUSED } from '../messages';
import {
  bookPickup,
  cancelPickup,
  carrierPickupState,
  changePickup,
  type BookPickupInput,
  type CancelPickupInput,
} from '../messages-pickup';
import { readBookInput, readCancelInput } from './guards';
import { tell, type Pickup } from './pickup';

/** Nobody orders more of one day than this. */
const MOST_ANSWERS_KEPT = 50;

/** Puts every handler in place. A handler only puts an event into the inbox: deciding is the step's, one event at a time. */
export function listen(pickup: Pickup): void {
  setHandler(carrierPickupState, () => viewOf(pickup.state));
  for (const update of [bookPickup, changePickup]) {
    const orderOf = wishing(update === bookPickup ? 'bookPickup' : 'changePickup');
    setHandler(update, (input) => follow(pickup, input, orderOf(input)), {
      validator: (message: unknown) => validate(pickup, readBookInput(message), orderOf),
    });
  }
  setHandler(cancelPickup, (input) => follow(pickup, input, cancelOrder(input)), {
    validator: (message: unknown) => validate(pickup, readCancelInput(message), cancelOrder),
  });
  setDefaultSignalHandler(() => tell(pickup, { kind: 'badMessage', at: Date.now() }));
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(pickupRefusals.unknownOrder(name))));
}

/** Only what the guard has let through is kept, and nothing else that came with it. */
const wishing =
  (verb: 'bookPickup' | 'changePickup') =>
  ({ actor, from, until, parcels }: BookPickupInput): PickupOrder => ({
    verb,
    actor,
    wish: { from, until, ...(parcels === undefined ? {} : { parcels }) },
  });

const cancelOrder = ({ actor }: CancelPickupInput): PickupOrder => ({ verb: 'cancelPickup', actor });

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);

/** Advisory: it sees the state before the messages that are still queued. The verdict of the step is what counts. */
function validate<Input extends CancelPickupInput>(
  pickup: Pickup,
  input: Input | string,
  orderOf: (input: Input) => PickupOrder,
): void {
  if (typeof input === 'string') throw refusalOf(pickupRefusals.malformed(input));
  if (input.key !== undefined || answeredBefore(pickup)) return;
  const objection = objectionTo(pickup.state, orderOf(input), Date.now());
  if (objection !== undefined) throw refusalOf(objection);
}

const answeredBefore = (pickup: Pickup): PickupVerdict | undefined =>
  pickup.state.answered.find(({ id }) => id === currentUpdateInfo()?.id)?.verdict;

async function follow(
  pickup: Pickup,
  { key, bodyHash }: CancelPickupInput,
  order: PickupOrder,
): Promise<PickupVerdict> {
  const earlier = answeredBefore(pickup);
  if (earlier !== undefined) return earlier;
  const id = currentUpdateInfo()?.id ?? '';
  const decided = await new Promise<PickupVerdict>((resolve) => {
    pickup.waiting.push(resolve);
    tell(pickup, { kind: 'ordered', at: Date.now(), order });
  });
  if (!decided.accepted && key === undefined) throw refusalOf(decided.reason ?? order.verb);
  const verdict = { ...decided, ...(bodyHash === undefined ? {} : { bodyHash }) };
  // A refusal under a key is an answer too: the same key hears it again.
  if (key !== undefined) pickup.state.answered = [...pickup.state.answered, { id, verdict }].slice(-MOST_ANSWERS_KEPT);
  return verdict;
}
