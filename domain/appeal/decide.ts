import { doubtOf, isNothingLost } from './claim';
import { commandId, type AppealCommand, type AppealState } from './state';

/**
 * What the case wants done now. It is derived from the state alone, so the same state always wants the same: a case that lost
 * its commands in a crash issues them again.
 */
function wantedOf(state: AppealState): AppealCommand[] {
  const counting = wantsCounting(state);
  if (state.endedAt !== undefined) return [...counting, ...wantsTelling(state), ...wantsKeeping(state)];
  return [...counting, ...wantsEvidence(state), ...wantsFiling(state), ...wantsReading(state), ...wantsTelling(state)];
}

/** Also of a case that is over: whoever came in its last moment goes on to the next. */
function wantsCounting({ mustSurvey, surveyAt, mustSettle }: AppealState): AppealCommand[] {
  return [
    ...(mustSurvey === true && surveyAt === undefined ? [{ kind: 'surveyCase' as const }] : []),
    ...(mustSettle === true ? [{ kind: 'settleClaim' as const }] : []),
  ];
}

const wantsKeeping = ({ edition, isKept }: AppealState): AppealCommand[] =>
  edition === 2 && isKept !== true ? [{ kind: 'saveCaseResult' }] : [];

/** What is there when it opens is kept before anything can be lost; what it is filed with is gathered for its claim. */
const FIRST_PACK = 'opening';

function wantsEvidence({ edition, opening, evidence, nextPack }: AppealState): AppealCommand[] {
  if (opening === undefined) return [];
  if (evidence === undefined)
    return [edition === 2 ? { kind: 'gatherEvidence', pack: nextPack ?? FIRST_PACK } : { kind: 'gatherEvidence' }];
  return nextPack === undefined ? [] : [{ kind: 'gatherEvidence', pack: nextPack }];
}

/** The first filing needs a broken limit, the second a person: both have a window then. A target alone opens none. */
function wantsFiling(state: AppealState): AppealCommand[] {
  const { evidence, nextPack, window, byHand, again } = state;
  if (evidence === undefined || nextPack !== undefined || byHand !== undefined) return [];
  if (window === undefined || window.isOver) return [];
  const isWanted = window.filing === 1 ? wantsFirst(state) : again !== undefined;
  return isWanted ? [{ kind: 'fileAppeal', number: window.filing }] : [];
}

const wantsFirst = (state: AppealState): boolean =>
  state.filings.length === 0 && !isNothingLost(state) && (state.fileIt !== undefined || doubtOf(state) === undefined);

function wantsReading({ status, mustRead, filings }: AppealState): AppealCommand[] {
  const caseNumber = filings.at(-1)?.caseNumber;
  return status === 'filed' && mustRead && caseNumber !== undefined ? [{ kind: 'readDecision', caseNumber }] : [];
}

function wantsTelling({ edition, untold }: AppealState): AppealCommand[] {
  const { notices, raise, settle } = untold;
  const kind = edition === 2 ? 'tellCase' : 'tellOrder';
  return notices.length + raise.length + settle.length > 0 ? [{ kind, notices, raise, settle }] : [];
}

/** Which commands to begin and which of those under way to give up. */
export function decide(state: AppealState): { start: { id: string; command: AppealCommand }[]; abandon: string[] } {
  const start = wantedOf(state)
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined && state.pausedUntil[id] === undefined);
  const abandon = Object.entries(state.outstanding).flatMap(([id, command]) => (isMoot(state, command) ? [id] : []));
  return { start, abandon };
}

const NEVER_MOOT: readonly AppealCommand['kind'][] = [
  ...(['tellOrder', 'tellCase', 'surveyCase', 'settleClaim', 'saveCaseResult'] as const),
];

/** Nobody needs what comes of it any more; what others are told and what is kept is always carried through. */
function isMoot(state: AppealState, { kind }: AppealCommand): boolean {
  if (NEVER_MOOT.includes(kind)) return false;
  if (state.endedAt !== undefined) return true;
  if (kind === 'fileAppeal') return state.window?.isOver === true || isNothingLost(state) || isOutdated(state);
  return kind === 'readDecision' && state.status !== 'filed';
}

/** The claim became smaller while it was filed: another pack is gathered for it. */
const isOutdated = ({ edition, nextPack }: AppealState): boolean => edition === 2 && nextPack !== undefined;
