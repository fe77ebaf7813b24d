import { appealRefusals } from '../../words/appeal';
import { foldDecision, keepFiling, packOf } from './answers';
import type { NoteRef, PersonsAppeal } from './event';
import { wantPack } from './packs';
import { enter, remember, settleTasks } from './record';
import { commandId, type AppealAnswered, type AppealState } from './state';
import type { FilingNumber } from './windows';

/** Why a person's order does not fit the state of the case, if it does not. */
export function objectionTo(state: AppealState, order: PersonsAppeal, now: number): string | undefined {
  if (state.endedAt !== undefined) return appealRefusals.over(state.status);
  switch (order.verb) {
    case 'appealAgain':
      return objectionToAgain(state, now);
    case 'fileAppeal':
      return objectionToFile(state, now);
    case 'recordFiling':
      return objectionToFiling(state, order, now);
    case 'recordDecision':
      return objectionToDecision(state, order);
  }
}

function objectionToFile(state: AppealState, now: number): string | undefined {
  const { edition, status, filings, limitBroken, window } = state;
  if (status === 'filing') return appealRefusals.beingFiled;
  if (filings.length > 0) return appealRefusals.filedAlready(status);
  if (limitBroken === undefined) return appealRefusals.nothingBroke;
  // A case that still counts its parcels settles its claim for it.
  if (window === undefined && edition === 2) return undefined;
  return window === undefined || window.endsAt <= now ? appealRefusals.tooLateToFile : undefined;
}

/** The number that a filing has which a person made elsewhere; undefined where none is possible. */
const nextFiling = ({ filings }: AppealState): FilingNumber | undefined => {
  if (filings.length === 0) return 1;
  return filings.length === 1 && filings[0]?.outcome === 'lost' ? 2 : undefined;
};

function objectionToFiling(state: AppealState, order: Ordered<'recordFiling'>, now: number): string | undefined {
  const { status, limitBroken, outstanding } = state;
  const number = nextFiling(state);
  if (number === undefined) return appealRefusals.filedAlready(status);
  if (limitBroken === undefined) return appealRefusals.nothingBroke;
  if (outstanding[commandId({ kind: 'fileAppeal', number })] !== undefined) return appealRefusals.beingFiled;
  return objectionToTime(state, { at: order.filedAt ?? now, from: limitBroken.at }) ?? objectionToNumber(state, order);
}

function objectionToTime(
  { filings, window }: AppealState,
  { at, from }: { at: number; from: number },
): string | undefined {
  if (window === undefined) return appealRefusals.stillCounting;
  if (window.endsAt <= at) return appealRefusals.tooLateToFile;
  return at < (filings.at(-1)?.decidedAt ?? from) ? appealRefusals.filedTooEarly : undefined;
}

function objectionToNumber({ filings }: AppealState, { caseNumber }: Ordered<'recordFiling'>): string | undefined {
  return filings.some((filing) => filing.caseNumber === caseNumber) ? appealRefusals.sameNumber : undefined;
}

function objectionToAgain({ status, window }: AppealState, now: number): string | undefined {
  if (status !== 'lost') return appealRefusals.notLost(status);
  return window === undefined || window.endsAt <= now ? appealRefusals.tooLate : undefined;
}

function objectionToDecision(state: AppealState, { decidedAt }: Ordered<'recordDecision'>): string | undefined {
  if (state.status !== 'filed') {
    const objection = objectionToUnfiled(state);
    if (objection !== undefined) return objection;
  }
  const filedAt = state.byHand?.at ?? state.filings.at(-1)?.filedAt ?? 0;
  return decidedAt !== undefined && decidedAt < filedAt ? appealRefusals.decidedTooEarly : undefined;
}

function objectionToUnfiled({ edition, status, byHand }: AppealState): string | undefined {
  if (status === 'filing') return appealRefusals.beingFiled;
  if (byHand === undefined) return appealRefusals.notFiled;
  // A decision without a number could be any case's.
  return edition === 2 ? appealRefusals.filingUnknown : undefined;
}

/** Under which number a filing stands that a person made elsewhere. */
const BY_HAND = 'byHand';

/** Follows a person's order, or says why not. */
export function foldOrder(state: AppealState, order: PersonsAppeal, at: number): Omit<AppealAnswered, 'status'> {
  const reason = objectionTo(state, order, at);
  if (reason !== undefined) return { accepted: false, reason, at };
  remember(state, { at, what: `person.${order.verb}`, about: order.actor });
  carryOut(state, order, at);
  return { accepted: true, at };
}

function carryOut(state: AppealState, order: PersonsAppeal, at: number): void {
  switch (order.verb) {
    case 'fileAppeal':
      return fileAsItIs(state, order, at);
    case 'appealAgain':
      return fileAgain(state, order, at);
    case 'recordFiling':
      return foldFiledByHand(state, order, at);
    case 'recordDecision':
      return foldRecorded(state, order, at);
  }
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
  if (state.edition === 2) packForClaim(state);
  else state.nextPack = times === 1 ? '1' : `1-${times}`;
  delete state.byHand;
  enter(state, 'filing', at);
}

/** Before the claim is settled that comes first, and brings its pack. */
function packForClaim(state: AppealState): void {
  if (state.claim !== undefined) wantPack(state);
  else if (state.outstanding['settleClaim'] === undefined) state.mustSettle = true;
}

function foldFiledByHand(state: AppealState, { caseNumber, filedAt }: Ordered<'recordFiling'>, at: number): void {
  const number = nextFiling(state);
  if (number === undefined) return;
  keepFiling(state, { number, caseNumber, filedAt: filedAt ?? at, byHand: true }, at);
}

function fileAgain(state: AppealState, order: Ordered<'appealAgain'>, at: number): void {
  state.again = { actor: order.actor, ...noteRefOf(order) };
  settleTasks(state);
  // An order that has its note in itself is an old one: it was filed with the first pack.
  if (order.noteHash === undefined) return;
  state.nextPack = '2';
  enter(state, 'filing', at);
}

function foldRecorded(state: AppealState, order: Ordered<'recordDecision'>, at: number): void {
  const { outcome, decidedAt, recovered } = order;
  if (state.byHand !== undefined) {
    const { filing, at: filedAt } = state.byHand;
    state.filings.push({ number: filing, caseNumber: BY_HAND, filedAt, ...packOf(state) });
  }
  foldDecision(state, { outcome, decidedAt: decidedAt ?? at, at, ...(recovered === undefined ? {} : { recovered }) });
}
