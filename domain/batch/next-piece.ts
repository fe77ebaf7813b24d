/** A member that is in no file yet. */
export type WaitingMember = { number: number; outcome: 'open' | 'ready' | 'failed' };

/** `size`: how many labels a file takes at most. `waitedMs`: since the last file, or since the beginning. */
export type PieceRule = { size: number; waitedMs: number; patienceMs: number; lastPrinted: number };

/**
 * Which members are decided on next, by number; none where there is nothing to write yet. Who has no label is named at once. Files
 * follow the order of picking and are written full; but nobody at the printer waits for one slow order: after `patienceMs` what is
 * ready is written, and what comes after `lastPrinted` was is late, and holds up nobody any more.
 * @param waiting In the order of picking.
 */
export function nextPiece(waiting: readonly WaitingMember[], rule: PieceRule): number[] {
  const { size, waitedMs, patienceMs, lastPrinted } = rule;
  const failed = waiting.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) return numbersOf(failed);
  const inTurn = waiting.filter(({ number }) => number > lastPrinted);
  const next = (inTurn.length > 0 ? inTurn : waiting).slice(0, size);
  if (next.length > 0 && next.every(isReady)) return numbersOf(next);
  return waitedMs >= patienceMs ? numbersOf(waiting.filter(isReady).slice(0, size)) : [];
}

const isReady = ({ outcome }: WaitingMember): boolean => outcome === 'ready';

const numbersOf = (members: readonly WaitingMember[]): number[] => members.map(({ number }) => number);
