import { sweepPage } from '../../words/sweep';
import type { SweepHindrance, SweepState } from './state';

/** A sweep as people and programs read it: instants as ISO 8601 in UTC, but for `nextWakeAt`. */
export type SweepView = {
  shopId: string;
  /** The next instant at which it acts by itself, epoch milliseconds; null while a round is under way. */
  nextWakeAt: number | null;
  /** When a round last came to its end. */
  lookedAt: string | null;
  /** Up to where everything was looked at. */
  lookedUntil: string | null;
  today: { day: string; rounds: number; found: number; missed: number };
  /** Since it was begun: orders that were told something, and those of them that no webhook had told. */
  found: number;
  missed: number;
  hindered: { since: string; why: SweepHindrance } | null;
  unreadable: number;
};

const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

export const viewOf = ({ round, hindered, ...state }: SweepState): SweepView => ({
  shopId: state.shopId,
  nextWakeAt: round === undefined ? state.nextAt : null,
  lookedAt: isoOrNull(state.lookedAt),
  lookedUntil: isoOrNull(state.cursor),
  today: state.today,
  found: state.found,
  missed: state.missed,
  hindered: hindered === undefined ? null : { since: new Date(hindered.since).toISOString(), why: hindered.why },
  unreadable: state.unreadable,
});

/** The sweep as a page of Markdown. */
export function pageOf({ shopId, lookedAt, nextAt, round, today, hindered, ...state }: SweepState): string {
  return [
    sweepPage.title(shopId),
    lookedAt === undefined ? sweepPage.neverLooked : sweepPage.lookedAt(lookedAt),
    ...(today.rounds === 0 ? [] : [sweepPage.today(today)]),
    ...(hindered === undefined ? [] : [sweepPage.hindered(hindered.why, hindered.since)]),
    round === undefined ? sweepPage.next(nextAt) : sweepPage.looking,
    ...(state.unreadable === 0 ? [] : [sweepPage.unreadable(state.unreadable)]),
    ...(state.isCancelAsked ? [sweepPage.cancelAsked] : []),
  ].join('\n\n');
}
