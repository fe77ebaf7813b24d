import type { Command } from './command';
import type { Answer } from './event';
import type { AfterSale, OrderFacts } from './facts';
import { isMoving } from './possession';
import { raise, remember, settle } from './record';
import { forgetWarnings } from './replan';
import type { CancelAnswer, OrderState } from './state';

/** A reading that did not look for the buyer's requests says nothing about them. */
export function keepAfterSale(known: OrderFacts | undefined, answer: Extract<Answer, { kind: 'loaded' }>): OrderFacts {
  const { facts, hasAskedAfterSale } = answer;
  if (hasAskedAfterSale === true || known?.afterSale === undefined || isOver(facts)) return facts;
  return { ...facts, afterSale: known.afterSale };
}

const isOver = ({ status }: OrderFacts): boolean => status === 'completed' || status === 'cancelled';

/** The buyer's request is a task while it is open; that to cancel has a last instant of its own, which is on the agenda. */
export function noteAfterSale(state: OrderState, at: number): void {
  const { cancelRequested = false, afterSale } = state.facts ?? {};
  if (cancelRequested || afterSale?.kind === 'cancel')
    raise(state, { kind: 'cancelRequested', at, about: state.orderId });
  else settle(state, 'cancelRequested', 'cancelAnswerRefused');
  noteOtherRequest(state, at);
  noteNewRequest(state, afterSale);
  if (state.cancelAnswer?.requestId !== afterSale?.id) delete state.cancelAnswer;
}

/** Another request has a last instant of its own. */
function noteNewRequest(state: OrderState, afterSale: AfterSale | undefined): void {
  if (afterSale?.kind !== 'cancel' || state.cancelRequest === afterSale.id) return;
  state.cancelRequest = afterSale.id;
  delete state.met['answerCancelBy'];
  forgetWarnings(state, 'answerCancelBy');
}

function noteOtherRequest(state: OrderState, at: number): void {
  const kind = state.facts?.afterSale?.kind ?? 'cancel';
  if (kind === 'cancel') settle(state, 'afterSaleOpen');
  else raise(state, { kind: 'afterSaleOpen', at, about: kind });
}

/** What only the platform's list of requests can tell: asked for while there is reason to think that one is open. */
export const mustAskAfterSale = ({ askAfterSale, facts }: OrderState): boolean =>
  askAfterSale === true || facts?.cancelRequested === true || facts?.afterSale !== undefined;

/** How the request to cancel is answered: as a person said; and no, once the parcel is with the carrier. */
export function wantsCancelAnswer(state: OrderState): Command[] {
  const answer = answerTo(state);
  if (answer === undefined || answer.outcome !== undefined || state.mode === 'watch') return [];
  return [{ kind: 'answerCancel', requestId: answer.requestId, decision: answer.decision }];
}

function answerTo(state: OrderState): CancelAnswer | undefined {
  const { afterSale } = state.facts ?? {};
  if (afterSale?.kind !== 'cancel') return undefined;
  if (state.cancelAnswer !== undefined) return state.cancelAnswer;
  if (state.mode === 'assist' && state.approvedBy === undefined) return undefined;
  const parcels = Object.values(state.packages);
  const isGone = parcels.some((parcel) => parcel.handedOverAt !== undefined || isMoving(state, parcel));
  return isGone ? { requestId: afterSale.id, decision: 'reject', by: 'shipclock' } : undefined;
}

export function foldCancelAnswer(
  state: OrderState,
  command: Extract<Command, { kind: 'answerCancel' }>,
  { answer, at }: { answer: Answer; at: number },
): void {
  const { requestId, decision } = command;
  const given = { by: 'shipclock', ...state.cancelAnswer, requestId, decision };
  if (answer.kind === 'answered') {
    state.cancelAnswer = { ...given, outcome: 'sent' };
    state.met['answerCancelBy'] ??= at;
    remember(state, { at, what: command.decision === 'approve' ? 'cancelApproved' : 'cancelRejected' });
    state.askAfterSale = true;
    state.mustReread = true;
    return;
  }
  if (answer.kind !== 'refused' && answer.kind !== 'failed') return;
  state.cancelAnswer = { ...given, outcome: 'refused' };
  raise(state, { kind: 'cancelAnswerRefused', at, about: answer.kind === 'refused' ? answer.reason : answer.message });
}
