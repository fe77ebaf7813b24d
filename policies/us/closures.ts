/**
 * Days on which an executive order closed federal offices. Such an order excuses federal employees; it makes no public holiday of
 * the day (5 U.S.C. 6103(a) lists those), so each counts as a business day unless a set says otherwise.
 */
export type Closure = { day: string; countsAs: 'businessDay' | 'holiday'; source: string; readOn: string };

const READ_ON = '2026-11-22';

export const US_CLOSURES: readonly Closure[] = [
  {
    day: '2024-12-24',
    countsAs: 'businessDay',
    source: 'Executive Order 14129, 89 FR 104857; pay and leave by OPM',
    readOn: READ_ON,
  },
  {
    day: '2025-01-09',
    countsAs: 'businessDay',
    source: 'Executive Order 14133 of 2024-12-30, 90 FR 187; pay and leave by OPM',
    readOn: READ_ON,
  },
  {
    day: '2025-12-24',
    countsAs: 'businessDay',
    source: 'Executive Order of 2025-12-18, closing on 2025-12-24 and 2025-12-26; pay and leave by OPM',
    readOn: READ_ON,
  },
  {
    day: '2025-12-26',
    countsAs: 'businessDay',
    source: 'Executive Order of 2025-12-18, closing on 2025-12-24 and 2025-12-26; pay and leave by OPM',
    readOn: READ_ON,
  },
];
