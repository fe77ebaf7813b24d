import { appealTaskDetail } from '../../words/appeal';
import { close, enter, giveTask, remember } from './record';
import { commandId, type AppealState, type Doubt } from './state';
import type { FilingNumber } from './windows';

/** What may be claimed of the carrier, and what a case claims by itself. */

/**
 * Whether there is nothing to recover: it moved, or the order was over, before a limit broke. All by the true instants, whatever
 * was told first. What was filed is decided by the platform.
 */
export function isNothingLost({ filings, movedAt, overAt, limitBroken, opening }: AppealState): boolean {
  // That it moved is what such a case shows.
  if (opening?.cause === 'cancelled') return false;
  const ends = [movedAt, overAt].filter((at) => at !== undefined);
  if (filings.length > 0 || ends.length === 0) return false;
  return limitBroken === undefined || Math.min(...ends) < limitBroken.at;
}

/** Closes a case that has nothing to claim. A filing that is being made is given up and waited for: it may have been made. */
export function closeUnclaimed(state: AppealState, at: number): void {
  const isBeingFiled = state.outstanding[commandId({ kind: 'fileAppeal', number: 1 })] !== undefined;
  if (state.endedAt === undefined && !isBeingFiled && isNothingLost(state)) close(state, 'unfiled', at);
}

/** When the form was scanned: as it was reported last, where the evidence has it. */
const scannedAtOf = ({ opening, evidence }: AppealState): number | undefined =>
  evidence?.scannedAt ?? opening?.scannedAt;

/**
 * Why the first filing should not be made without a person, if it should not: a claim that the evidence does not bear out is a
 * false one, and so is one of a form that was scanned only after the limit.
 */
export function doubtOf(state: AppealState): Doubt | undefined {
  const { limitBroken, evidence, filesAll } = state;
  const scannedAt = scannedAtOf(state);
  if (filesAll === true || limitBroken === undefined || evidence === undefined || scannedAt === undefined) {
    return undefined;
  }
  if (scannedAt >= limitBroken.at) return 'late';
  return evidence.complete ? undefined : 'weak';
}

/**
 * Leaves the first filing to a person where there is doubt.
 * @returns Whether it did so now.
 */
export function holdBack(state: AppealState, at: number): boolean {
  const doubt = doubtOf(state);
  const { endedAt, filings, window, byHand, fileIt, outstanding } = state;
  if (doubt === undefined || endedAt !== undefined || filings.length > 0 || window === undefined || window.isOver) {
    return false;
  }
  const isInHand = byHand !== undefined || fileIt !== undefined;
  if (isInHand || outstanding[commandId({ kind: 'fileAppeal', number: 1 })] !== undefined) return false;
  remember(state, { at, what: `heldBack.${doubt}` });
  handOver(state, { filing: 1, at, why: doubt });
  return true;
}

/** The case waits for a person, who files elsewhere and says what was decided, or orders that it is filed as it is. */
export function handOver(
  state: AppealState,
  { filing, at, why }: { filing: FilingNumber; at: number; why?: Doubt },
): void {
  state.byHand = { filing, at, ...(why === undefined ? {} : { why }) };
  enter(state, 'ready', at);
  giveTask(state, { about: 'appealFileByHand', filing, at, detail: fileByHandDetail(state) });
}

/** What a person should know who is asked to file. */
export const fileByHandDetail = (state: AppealState): string =>
  appealTaskDetail({
    trackingNumber: state.opening?.trackingNumber ?? '',
    why: state.byHand?.why,
    missing: state.evidence?.missing ?? [],
    scannedAt: scannedAtOf(state) ?? 0,
    brokenAt: state.limitBroken?.at ?? 0,
  });
