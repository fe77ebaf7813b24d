import { waitsForScan } from './scan';
import type { ManifestState, TaskName } from './state';

/** The next instant at which a manifest acts without being told. */
export type ManifestWake = { at: number; kind: 'close' | 'ask' | 'giveUp' };

const DAY_MS = 24 * 3_600_000;
/** Longer than any appeal could still make use of the scan. */
const GIVE_UP_AFTER_MS = 30 * DAY_MS;

/** Until then a report is taken in. */
export const givesUpAt = ({ form }: ManifestState): number => (form?.madeAt ?? Infinity) + GIVE_UP_AFTER_MS;

/** The earliest thing on its agenda: the only one that a timer is armed for. */
export function nextWake(state: ManifestState): ManifestWake | undefined {
  const { phase, isAsking, closesAt, asksAt, gaveUpAt } = state;
  if (phase === 'open') return { at: closesAt, kind: 'close' };
  if (!isAsking && (phase === 'closing' || phase === 'formed')) return { at: asksAt, kind: 'ask' };
  return waitsForScan(state) && gaveUpAt === undefined ? { at: givesUpAt(state), kind: 'giveUp' } : undefined;
}

/** Does what is due: the cut-off closes, the opening hour asks, a month of silence ends it. */
export function fireDue(state: ManifestState, now: number): void {
  if (state.phase === 'open' && now >= state.closesAt) close(state, { at: state.closesAt });
  const isOpenQuestion = state.phase === 'closing' || state.phase === 'formed';
  if (isOpenQuestion && now >= state.asksAt) state.isAsking = true;
  if (waitsForScan(state) && now >= givesUpAt(state)) state.gaveUpAt ??= now;
}

/** Closes it: from here on nobody joins this form. */
export function close(state: ManifestState, closed: { at: number; by?: string }): void {
  state.phase = 'closing';
  state.closed = closed;
}

/** What should stand on the alert desk. A form that is late by the morning is people's matter, and so is one nobody scanned. */
export function tasksOf({ phase, isAsking, gaveUpAt }: ManifestState): TaskName[] {
  if (phase === 'failed' || (phase === 'closing' && isAsking)) return ['formFailed'];
  return phase === 'formed' && isAsking && gaveUpAt === undefined ? ['scanNotReported'] : [];
}
