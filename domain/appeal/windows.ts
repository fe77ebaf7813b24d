/** Until when an appeal can be filed: dated rows, as the platform publishes them. A new rule is a new row. */

const DAY_MS = 24 * 3_600_000;

export type FilingNumber = 1 | 2;

/** A window counts from the instant at which the loss, or the rejection, happened. */
type WindowRule = { since: string; filing: FilingNumber; days: number; from: string; source: string; readOn: string };

/** Newest last. A seller's blog says 7 days from the late flag; the platform's own pages say this. */
const WINDOWS: readonly WindowRule[] = [
  {
    since: '2026-05-19',
    filing: 1,
    days: 30,
    from: 'the enforcement, which is the broken limit',
    source: 'seller-us.tiktok.com, on-time delivery rate, 2026-05-19 (read through polici.net)',
    readOn: '2026-11-20',
  },
  {
    since: '2026-05-19',
    filing: 2,
    days: 15,
    from: 'the rejection of the first',
    source: 'seller-us.tiktok.com, on-time delivery rate, 2026-05-19 (read through polici.net)',
    readOn: '2026-11-20',
  },
];

/** One window that is open: it is worked out once and kept with the case, because the rows may change. Epoch milliseconds. */
export type AppealWindow = { filing: FilingNumber; endsAt: number; isOver: boolean };

/**
 * The window of a filing.
 * @param from When the limit broke, or the first appeal was lost: epoch milliseconds. Rows older than the oldest are not known,
 * so an earlier instant gets the oldest row.
 */
export function windowOf(filing: FilingNumber, from: number): AppealWindow {
  const rows = WINDOWS.filter((row) => row.filing === filing);
  const row = rows.filter(({ since }) => Date.parse(since) <= from).at(-1) ?? rows[0];
  return { filing, endsAt: from + (row?.days ?? 0) * DAY_MS, isOver: false };
}

/** How long before a window ends people are reminded, longest first. */
export const REMIND_BEFORE_MS: readonly number[] = [3 * DAY_MS, DAY_MS];
