import { appealRefusals } from '../../words/appeal';
import { foldDecision } from './answers';
import type { PersonsAppeal } from './event';
import { remember, settleTasks } from './record';
import type { AppealAnswered, AppealState } from './state';

/** Why a person's order does not fit the state of the case, if it does not. */
export function objectionTo(state: AppealState, order: PersonsAppeal, now: number): string | undefined {
  if (state.endedAt !== undefined) return appealRefusals.over(state.status);
  return order.verb === 'appealAgain' ? objectionToAgain(state, now) : objectionToDecision(state, order);
}

function objectionToAgain({ status, window }: AppealState, now: number): string | undefined {
  if (status !== 'lost') return appealRefusals.notLost(status);
  return window === undefined || window.endsAt <= now ? appealRefusals.tooLate : undefined;
}

function objectionToDecision(
  { status, byHand, filings }: AppealState,
  { decidedAt }: Extract<PersonsAppeal, { verb: 'recordDecision' }>,
): string | undefined {
  if (status === 'filing') return appealRefusals.beingFiled;
  if (status !== 'filed' && byHand === undefined) return appealRefusals.notFiled;
  const filedAt = byHand?.at ?? filings.at(-1)?.filedAt ?? 0;
  return decidedAt !== undefined && decidedAt < filedAt ? appealRefusals.decidedTooEarly : undefined;
}

/** Under which number a filing stands that a person made elsewhere. */
const BY_HAND = 'byHand';

/** Follows a person's order, or says why not. */
export function foldOrder(state: AppealState, order: PersonsAppeal, at: number): Omit<AppealAnswered, 'status'> {
  const reason = objectionTo(state, order, at);
  if (reason !== undefined) return { accepted: false, reason, at };
  if (order.verb === 'appealAgain') {
    state.again = { actor: order.actor, note: order.note };
    settleTasks(state);
    remember(state, { at, what: 'person.appealAgain', about: order.actor });
    return { accepted: true, at };
  }
  remember(state, { at, what: 'person.recordDecision', about: order.actor });
  if (state.byHand !== undefined) {
    state.filings.push({ number: state.byHand.filing, caseNumber: BY_HAND, filedAt: state.byHand.at });
  }
  foldDecision(state, { outcome: order.outcome, decidedAt: order.decidedAt ?? at, at });
  return { accepted: true, at };
}
