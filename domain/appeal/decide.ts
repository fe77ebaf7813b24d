import { commandId, type AppealCommand, type AppealState } from './state';

/**
 * What the case wants done now. It is derived from the state alone, so the same state always wants the same: a case that lost
 * its commands in a crash issues them again.
 */
function wantedOf(state: AppealState): AppealCommand[] {
  if (state.endedAt !== undefined) return wantsTelling(state);
  return [...wantsEvidence(state), ...wantsFiling(state), ...wantsReading(state), ...wantsTelling(state)];
}

const wantsEvidence = ({ opening, evidence }: AppealState): AppealCommand[] =>
  opening !== undefined && evidence === undefined ? [{ kind: 'gatherEvidence' }] : [];

/** The first filing needs a broken limit, the second a person: both have a window then. A target alone opens none. */
function wantsFiling({ evidence, window, byHand, filings, again }: AppealState): AppealCommand[] {
  if (evidence === undefined || window === undefined || window.isOver || byHand !== undefined) return [];
  const isWanted = window.filing === 1 ? filings.length === 0 : again !== undefined;
  return isWanted ? [{ kind: 'fileAppeal', number: window.filing }] : [];
}

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
  return kind === 'fileAppeal' ? state.window?.isOver === true : kind === 'readDecision' && state.status !== 'filed';
}
