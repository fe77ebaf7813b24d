import type { BatchCounts } from '../../domain/batch/state';

/** More than any batch has. */
const MOST = 1_000_000;

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST;

/** The counts, with nothing in them that we did not name; undefined if it is no such message. It never throws. */
export function readProgress(message: unknown): BatchCounts | undefined {
  const fields: Partial<Record<string, unknown>> = typeof message === 'object' && message !== null ? message : {};
  const { settled, failed, pieces } = fields;
  return isCount(settled) && isCount(failed) && isCount(pieces) ? { settled, failed, pieces } : undefined;
}
