import { appealRefusals } from '../../words/appeal';
import { foldDecision, packOf } from './answers';
import type { NoteRef, PersonsAppeal } from './event';
import { enter, remember, settleTasks } from './record';
import type { AppealAnswered, AppealState } from './state';

/** Why a person's order does not fit the state of the case, if it does not. */
export function objectionTo(state: AppealState, order: PersonsAppeal, now: number): string | undefined {
  if (state.endedAt !== undefined) return appealRefusals.over(state.status);
  switch (order.verb) {
    case 'appealAgain':
      return objectionToAgain(state, now);
    case 'fileAppeal':
      return objectionToFile(state, now);
    case 'recordDecision':
      return objectionToDecision(state, order);
  }
}

function objectionToFile({ status, filings, limitBroken, window }: AppealState, now: number): string | undefined {
  if (status === 'filing') return appealRefusals.beingFiled;
  if (filings.length > 0) return appealRefusals.filedAlready(status);
  if (limitBroken === undefined) return appealRefusals.nothingBroke;
  return window === undefined || window.endsAt <= now ? appealRefusals.tooLateToFile : undefined;
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
  remember(state, { at, what: `person.${order.verb}`, about: order.actor });
  if (order.verb === 'fileAppeal') fileAsItIs(state, order, at);
  else if (order.verb === 'appealAgain') fileAgain(state, order, at);
  else foldRecorded(state, order, at);
  return { accepted: true, at };
}

const noteRefOf = ({ note, noteHash }: NoteRef): NoteRef => ({
  ...(note === undefined ? {} : { note }),
  ...(noteHash === undefined ? {} : { noteHash }),
});

type Ordered<Verb extends PersonsAppeal['verb']> = Extract<PersonsAppeal, { verb: Verb }>;

/** The evidence is gathered again first. The task stays until it is filed: the desk may refuse. */
function fileAsItIs(state: AppealState, order: Ordered<'fileAppeal'>, at: number): void {
  const times = (state.fileIt?.times ?? 0) + 1;
  state.fileIt = { actor: order.actor, times, ...noteRefOf(order) };
  state.nextPack = times === 1 ? '1' : `1-${times}`;
  delete state.byHand;
  enter(state, 'filing', at);
}

function fileAgain(state: AppealState, order: Ordered<'appealAgain'>, at: number): void {
  state.again = { actor: order.actor, ...noteRefOf(order) };
  settleTasks(state);
  // An order that has its note in itself is an old one: it was filed with the first pack.
  if (order.noteHash === undefined) return;
  state.nextPack = '2';
  enter(state, 'filing', at);
}

function foldRecorded(state: AppealState, { outcome, decidedAt }: Ordered<'recordDecision'>, at: number): void {
  if (state.byHand !== undefined) {
    const { filing, at: filedAt } = state.byHand;
    state.filings.push({ number: filing, caseNumber: BY_HAND, filedAt, ...packOf(state) });
  }
  foldDecision(state, { outcome, decidedAt: decidedAt ?? at, at });
}
