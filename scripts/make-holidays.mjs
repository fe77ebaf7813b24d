// Writes policies/us/holidays.ts from @18f/us-federal-holidays: `node scripts/make-holidays.mjs > policies/us/holidays.ts`.
// A checked-in table can be reviewed and cannot change under a running order.
import holidays from '@18f/us-federal-holidays';

// A year more than orders are compared for: their deadlines end in it.
const [FIRST, LAST] = [2021, 2041];
// The day on which a holiday is observed is the one that does not count; the package shifts weekends by itself.
const days = holidays
  .inRange(new Date(Date.UTC(FIRST, 0, 1)), new Date(Date.UTC(LAST, 11, 31)), { utc: true })
  .map(({ dateString }) => dateString);
const lines = [...new Set(days)].sort().map((day) => {
  const [year, month, date] = day.split('-');
  return `  '${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}',`;
});
process.stdout.write(`// Written by scripts/make-holidays.mjs from @18f/us-federal-holidays; not edited by hand.

/** US federal holidays as observed, ${FIRST} to ${LAST}. Closures by executive order stand in closures.ts. */
export const US_FEDERAL_HOLIDAYS: readonly string[] = [
${lines.join('\n')}
];
`);
