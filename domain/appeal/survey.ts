import { pause } from './agenda';
import { reconsider } from './claim';
import type { AppealAnswer, Survey } from './event';
import { isPackStale, mayPackAgain, wantPack } from './packs';
import { close, remember } from './record';
import { commandId, isOfForm, type AppealCommand, type AppealState } from './state';
import { windowOf } from './windows';

/** How a case of edition 2 learns of its parcels: it counts their documents, and settles once what it claims. */

/** A case of many is counted no more often than this: each time reads all that was told. */
const REST_MS = 30_000;
const FEW = 20;

type Folded = { command: AppealCommand; answer: AppealAnswer; at: number };

export function foldSurvey(state: AppealState, { command, answer, at }: Folded): void {
  if (answer.kind !== 'surveyed') {
    state.mustSurvey = true;
    return pause(state, commandId(command), at);
  }
  const { opening } = answer;
  const survey = surveyOf(answer);
  if (survey.members > (state.survey?.members ?? -1)) state.joinedAt = at;
  if (survey.members > FEW) state.surveyAt = at + REST_MS;
  state.survey = survey;
  if (opening !== undefined && state.opening === undefined) {
    state.opening = opening;
    state.openedAt = opening.stalledAt;
    const about = isOfForm(state) ? opening.formId : opening.trackingNumber;
    remember(state, { at: opening.stalledAt, what: opening.cause === undefined ? 'opened' : 'openedFor', about });
  }
  noteCounts(state, survey, at);
}

function surveyOf(answer: Survey): Survey {
  const { members, undecided, broken, moved, over, papers, firstBroken, claimed, movedAt } = answer;
  return {
    ...{ members, undecided, broken, moved, over, papers },
    ...(firstBroken === undefined ? {} : { firstBroken }),
    ...(claimed === undefined ? {} : { claimed }),
    ...(movedAt === undefined ? {} : { movedAt }),
  };
}

function noteCounts(state: AppealState, survey: Survey, at: number): void {
  const { claim, endedAt } = state;
  if (claim !== undefined) {
    const known = claim.members + claim.leftOut + claim.spared;
    // Somebody came while it was settled: they go on to the next.
    if (isOfForm(state) && survey.members > known) state.mustSettle = true;
  } else if (endedAt === undefined) {
    noteBroken(state, survey);
  }
  if (survey.movedAt !== undefined && state.movedAt === undefined) {
    state.movedAt = survey.movedAt;
    remember(state, { at: survey.movedAt, what: 'moved' });
  }
  if (endedAt === undefined) lookForPapers(state, survey, at);
  if (endedAt === undefined) lookAtClaim(state, at);
}

/** Of several limits the earliest: until the claim is settled another parcel may show an earlier one. */
function noteBroken(state: AppealState, { firstBroken }: Survey): void {
  if (firstBroken === undefined) {
    delete state.limitBroken;
    return;
  }
  if (state.limitBroken === undefined) {
    remember(state, { at: firstBroken.at, what: 'limitBroken', about: firstBroken.deadline });
  }
  state.limitBroken = firstBroken;
}

/**
 * The pack that is filed, or that a person takes along, names who is claimed. Of one among them it was heard that it had moved in
 * time: a filing that is being made with it is given up.
 */
function lookAtClaim(state: AppealState, at: number): void {
  if (state.window?.isOver !== false || !isPackStale(state) || !mayPackAgain(state)) return;
  remember(state, { at, what: 'claimChanged', about: String(state.survey?.claimed ?? 0) });
  wantPack(state);
}

/** A filing that is held back for want of papers is looked at again when there are others. */
function lookForPapers(state: AppealState, { papers }: Survey, at: number): void {
  const { byHand, claim, nextPack, window } = state;
  const isHeldBack = byHand?.why !== undefined && byHand.why !== 'late' && window?.isOver === false;
  if (!isHeldBack || claim === undefined || nextPack !== undefined || papers === state.papers) return;
  remember(state, { at, what: 'newPapers' });
  wantPack(state);
}

/** What is claimed is settled. A case without a claim has lost nothing, and is over. */
export function foldSettled(state: AppealState, { command, answer, at }: Folded): void {
  if (answer.kind !== 'settled') {
    state.mustSettle = true;
    return pause(state, commandId(command), at);
  }
  const isFirst = state.claim === undefined;
  const { members, leftOut, spared, limitBroken } = answer;
  state.claim = { members, leftOut, spared, settledAt: state.claim?.settledAt ?? at };
  if (!isFirst || state.endedAt !== undefined) return;
  remember(state, { at, what: 'settled', about: String(members) });
  if (limitBroken === undefined) {
    delete state.fileIt;
    return close(state, 'unfiled', at);
  }
  state.limitBroken = limitBroken;
  state.window = windowOf(1, limitBroken.at);
  wantPack(state);
}

/** Evidence of a filing that is held back came again: it may be enough now. */
export function foldNewEvidence(state: AppealState): void {
  if (state.edition === 2) reconsider(state);
}
