import { appealTaskDetail } from '../../words/appeal';
import type { Evidence } from './event';
import { close, enter, giveTask, remember } from './record';
import { commandId, isOfForm, type AppealState, type Doubt } from './state';
import type { FilingNumber } from './windows';

/** What may be claimed of the carrier, and what a case claims by itself. */

/**
 * Whether there is nothing to recover: it moved, or the order was over, before a limit broke. All by the true instants, whatever
 * was told first. What was filed is decided by the platform.
 */
export function isNothingLost(state: AppealState): boolean {
  if (state.edition === 2) return isClaimEmpty(state);
  const { filings, movedAt, overAt, limitBroken, opening } = state;
  // That it moved is what such a case shows.
  if (opening?.cause === 'cancelled') return false;
  const ends = [movedAt, overAt].filter((at) => at !== undefined);
  if (filings.length > 0 || ends.length === 0) return false;
  return limitBroken === undefined || Math.min(...ends) < limitBroken.at;
}

/** Of all parcels that it claims it was heard later that they had moved, or were over, before their limits broke. */
const isClaimEmpty = ({ claim, filings, survey }: AppealState): boolean =>
  claim !== undefined && filings.length === 0 && survey?.claimed === 0;

/** Closes a case that has nothing to claim. A filing that is being made is given up and waited for: it may have been made. */
export function closeUnclaimed(state: AppealState, at: number): void {
  const isBeingFiled = state.outstanding[commandId({ kind: 'fileAppeal', number: 1 })] !== undefined;
  if (state.endedAt === undefined && !isBeingFiled && isNothingLost(state)) close(state, 'unfiled', at);
}

/** When the form was scanned: as it was reported last, where the evidence has it. */
export const scannedAtOf = ({ opening, evidence }: AppealState): number | undefined =>
  evidence?.scannedAt ?? opening?.scannedAt;

/**
 * Why the first filing should not be made without a person, if it should not: a claim that the evidence does not bear out is a
 * false one, and so is one of a form that was scanned only after the limit.
 */
export function doubtOf(state: AppealState): Doubt | undefined {
  if (state.edition === 2) return doubtOfClaim(state);
  const { limitBroken, evidence, filesAll } = state;
  const scannedAt = scannedAtOf(state);
  if (filesAll === true || limitBroken === undefined || evidence === undefined || scannedAt === undefined) {
    return undefined;
  }
  if (scannedAt >= limitBroken.at) return 'late';
  return evidence.complete ? undefined : 'weak';
}

/** By the pack that was gathered for the claim: whose fault it is comes before what is missing, for papers do not change that. */
function doubtOfClaim(state: AppealState): Doubt | undefined {
  const { claim, limitBroken, evidence, nextPack } = state;
  if (claim === undefined || limitBroken === undefined) return undefined;
  if (evidence === undefined || nextPack !== undefined) return undefined;
  return (scannedAtOf(state) ?? 0) >= limitBroken.at ? 'late' : doubtOfPack(evidence);
}

function doubtOfPack(evidence: Evidence): Doubt | undefined {
  if (evidence.responsibility === 'seller') return 'seller';
  if (!evidence.complete) return 'weak';
  return evidence.responsibility === 'unclear' ? 'unclear' : undefined;
}

/** A filing that was held back, and evidence that was gathered again: it is made where nothing is in doubt any more. */
export function reconsider(state: AppealState): void {
  const { byHand } = state;
  if (byHand?.why === undefined || byHand.filing !== 1 || state.nextPack !== undefined) return;
  const why = doubtOf(state);
  if (why === undefined) delete state.byHand;
  else byHand.why = why;
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

/** Papers that were missing may be there a day later. */
const LOOK_AGAIN_MS = 24 * 3_600_000;

/** The case waits for a person, who files elsewhere and says what was decided, or orders that it is filed as it is. */
export function handOver(
  state: AppealState,
  { filing, at, why }: { filing: FilingNumber; at: number; why?: Doubt },
): void {
  const looksAgain = state.edition === 2 && why !== undefined && why !== 'late';
  state.byHand = {
    filing,
    at,
    ...(why === undefined ? {} : { why }),
    ...(looksAgain ? { lookAt: at + LOOK_AGAIN_MS } : {}),
  };
  enter(state, 'ready', at);
  giveTask(state, { about: 'appealFileByHand', filing, at, detail: fileByHandDetail(state) });
}

/** What a person should know who is asked to file. */
export const fileByHandDetail = (state: AppealState): string =>
  appealTaskDetail({
    about: aboutOf(state),
    why: state.byHand?.why,
    ...(state.edition === 2 ? { orders: state.claim?.members ?? 0, pack: packKeyOf(state) } : {}),
    missing: state.evidence?.missing ?? [],
    scannedAt: scannedAtOf(state) ?? 0,
    brokenAt: state.limitBroken?.at ?? 0,
  });

/** What people know it by: the parcel's number, or the form's. */
export const aboutOf = (state: AppealState): string =>
  (isOfForm(state) ? state.opening?.formId : state.opening?.trackingNumber) ?? '';

/** The pack as a person takes it along: its pages, where there are any. */
export const packKeyOf = ({ evidence }: AppealState): string => evidence?.pdf?.key ?? evidence?.key ?? '';
