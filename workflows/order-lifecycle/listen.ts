import {
  ApplicationFailure,
  currentUpdateInfo,
  setDefaultSignalHandler,
  setDefaultUpdateHandler,
  setHandler,
} from '@temporalio/workflow';
import type { PersonsVerb } from '../../domain/order/event';
import { objectionTo } from '../../domain/order/persons';
import type { Verdict } from '../../domain/order/state';
import { viewOf } from '../../domain/order/view';
import { refusals } from '../../words/order';
import {
  appealChanged,
  manifestChanged,
  orderChanged,
  orderState,
  parcelAsked,
  parcelShared,
  personsUpdates,
  REFUSED,
  trackingChanged,
  type PersonsOrderInput,
} from '../messages';
import {
  readAppealNotice,
  readManifestNotice,
  readMember,
  readOrderNotice,
  readParcelNotice,
  readPersonsOrder,
  readTrackingNotice,
} from './guards';
import { tell, type Order } from './order';

/** Answers kept for callers who repeat themselves after a continue-as-new; the server remembers those of this run. */
const MOST_ANSWERS_KEPT = 200;

/** Puts every handler in place. A handler only puts an event into the inbox: deciding is the step's, one event at a time. */
export function listen(order: Order): void {
  setHandler(orderState, () => viewOf(order.state));
  setHandler(orderChanged, (message: unknown) => {
    const notice = readOrderNotice(message);
    if (notice === undefined) return noteBadMessage(order, orderChanged.name);
    tell(order, { kind: 'noticed', at: Date.now(), notice });
  });
  setHandler(trackingChanged, (message: unknown) => {
    const notice = readTrackingNotice(message);
    if (notice === undefined) return noteBadMessage(order, trackingChanged.name);
    tell(order, { kind: 'tracked', at: Date.now(), notice });
  });
  setHandler(manifestChanged, (message: unknown) => {
    const notice = readManifestNotice(message);
    if (notice === undefined) return noteBadMessage(order, manifestChanged.name);
    tell(order, { kind: 'manifested', at: Date.now(), notice });
  });
  setHandler(appealChanged, (message: unknown) => {
    const notice = readAppealNotice(message);
    if (notice === undefined) return noteBadMessage(order, appealChanged.name);
    tell(order, { kind: 'appealed', at: Date.now(), notice });
  });
  setHandler(parcelShared, (message: unknown) => {
    const notice = readParcelNotice(message);
    if (notice === undefined) return noteBadMessage(order, parcelShared.name);
    tell(order, { kind: 'shared', at: Date.now(), notice });
  });
  setHandler(parcelAsked, (message: unknown) => {
    const member = readMember(message);
    if (member === undefined) return noteBadMessage(order, parcelAsked.name);
    tell(order, { kind: 'asked', at: Date.now(), member });
  });
  for (const verb of Object.keys(personsUpdates) as PersonsVerb[]) listenToPersons(order, verb);
  // The last: what came in with the first task goes to them if nobody else listens yet.
  setDefaultSignalHandler((name) => noteBadMessage(order, name));
  setDefaultUpdateHandler((name) => Promise.reject(refusalOf(refusals.unknownOrder(name))));
}

function noteBadMessage(order: Order, handler: string): void {
  tell(order, { kind: 'badMessage', at: Date.now(), handler: handler.slice(0, 64) });
}

const refusalOf = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, REFUSED);

function listenToPersons(order: Order, verb: PersonsVerb): void {
  setHandler(personsUpdates[verb], (input) => follow(order, verb, input), {
    // Advisory: it sees the state before the messages that are still queued. The verdict of the step is what counts.
    validator: (message: unknown) => {
      const input = readPersonsOrder(message);
      if (typeof input === 'string') throw refusalOf(refusals.malformed(input));
      // Not even under a key: what is refused here is not remembered, and the order will be read in a moment.
      if (order.state.facts === undefined) throw refusalOf(refusals.notReadYet);
      if (input.key !== undefined || answeredBefore(order)) return;
      const objection = objectionTo(order.state, verb, input);
      if (objection !== undefined) throw refusalOf(objection);
    },
  });
}

const answeredBefore = (order: Order): Verdict | undefined =>
  order.state.answered.find(({ id }) => id === currentUpdateInfo()?.id)?.verdict;

async function follow(order: Order, verb: PersonsVerb, input: PersonsOrderInput): Promise<Verdict> {
  const earlier = answeredBefore(order);
  if (earlier !== undefined) return earlier;
  const id = currentUpdateInfo()?.id ?? '';
  const verdict = await new Promise<Verdict>((resolve) => {
    order.waiting.push(resolve);
    tell(order, { kind: 'ordered', at: Date.now(), order: { ...input, verb } });
  });
  if (!verdict.accepted && input.key === undefined) throw refusalOf(verdict.reason ?? verb);
  // A refusal under a key is an answer too: the same key hears it again.
  if (input.key !== undefined) {
    order.state.answered = [...order.state.answered, { id, verdict }].slice(-MOST_ANSWERS_KEPT);
  }
  return verdict;
}
