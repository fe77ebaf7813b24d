import type { AppealState } from './state';

/** Which pack a first filing is made with: each is written once, so another claim or other papers need one of their own. */

const DAY_MS = 24 * 3_600_000;

/** The platform's rule speaks of a silence of two days: what was gathered before then judged one that was not over. */
const SILENCE_MS = 2 * DAY_MS;

/** A claim that changes again and again between its pack and its filing is left to a person. */
const MOST_PACKS = 20;

/** The evidence is gathered for the first filing, in a pack of its own: proofs may have been reported since the last. */
export function wantPack(state: AppealState): void {
  const number = (state.packs ?? 0) + 1;
  state.packs = number;
  state.nextPack = number === 1 ? '1' : `1-${number}`;
  const claimed = state.survey?.claimed ?? state.claim?.members;
  if (claimed !== undefined) state.packFor = claimed;
  if (state.survey !== undefined) state.papers = state.survey.papers;
  // A person may have put right what the last attempt failed by.
  state.pausedUntil = Object.fromEntries(Object.entries(state.pausedUntil).filter(([id]) => id !== 'gatherEvidence'));
}

/**
 * Whether the newest pack names somebody of whom it was heard since that nothing is lost: it must not be filed. A case that
 * claims nobody any more is closed instead.
 */
export const isPackStale = ({ filings, survey, packFor = 0 }: AppealState): boolean =>
  filings.length === 0 && survey?.claimed !== undefined && survey.claimed > 0 && survey.claimed < packFor;

/** Whether one more may be asked for without a person. */
export const mayPackAgain = ({ packs = 0 }: AppealState): boolean => packs < MOST_PACKS;

/**
 * When the silence is full that a held-back filing was judged by too early; undefined where that changes nothing. Asked for once:
 * what is gathered then was not gathered before it.
 */
export function silenceFullAt(state: AppealState): number | undefined {
  const { gatheredAt, evidence, opening } = state;
  const scannedAt = evidence?.scannedAt ?? opening?.scannedAt;
  if (!isUnclear(state) || scannedAt === undefined || gatheredAt === undefined) return undefined;
  const fullAt = scannedAt + SILENCE_MS;
  return gatheredAt < fullAt ? fullAt : undefined;
}

const isUnclear = ({ byHand, claim, nextPack, window }: AppealState): boolean =>
  byHand?.why === 'unclear' && claim !== undefined && nextPack === undefined && window?.isOver === false;
