import { doubtOf, isNothingLost } from './claim';
import { commandId, type AppealCommand, type AppealState } from './state';

/**
 * What the case wants done now. It is derived from the state alone, so the same state always wants the same: a case that lost
 * its commands in a crash issues them again.
 */
function wantedOf(state: AppealState): AppealCommand[] {
  if (state.endedAt !== undefined) return wantsTelling(state);
  return [...wantsEvidence(state), ...wantsFiling(state), ...wantsReading(state), ...wantsTelling(state)];
}

function wantsEvidence({ opening, evidence, nextPack }: AppealState): AppealCommand[] {
  if (opening === undefined) return [];
  if (evidence === undefined) return [{ kind: 'gatherEvidence' }];
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

function wantsTelling({ untold }: AppealState): AppealCommand[] {
  const { notices, raise, settle } = untold;
  return notices.length + raise.length + settle.length > 0 ? [{ kind: 'tellOrder', notices, raise, settle }] : [];
}

/** Which commands to begin and which of those under way to give up. */
export function decide(state: AppealState): { start: { id: string; command: AppealCommand }[]; abandon: string[] } {
  const start = wantedOf(state)
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined && state.pausedUntil[id] === undefined);
  const abandon = Object.entries(state.outstanding).flatMap(([id, command]) => (isMoot(state, command) ? [id] : []));
  return { start, abandon };
}

/** Nobody needs what comes of it any more; only the telling is always carried through. */
function isMoot(state: AppealState, { kind }: AppealCommand): boolean {
  if (kind === 'tellOrder') return false;
  if (state.endedAt !== undefined) return true;
  if (kind === 'fileAppeal') return state.window?.isOver === true || isNothingLost(state);
  return kind === 'readDecision' && state.status !== 'filed';
}
