/**
 * The platform's business calendar, worked out by rule and from nothing of the product's: a mistake there must not be
 * made here too. A civil day of the Pacific coast is an integer, the days since 1970-01-01.
 */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** No day of the Pacific coast begins later in UTC than at this hour, and no clock there changes before it. */
const AFTER_MIDNIGHT_MS = 8 * HOUR_MS;

const [SUNDAY, MONDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 4, 5, 6];

/**
 * The instant after so many business hours. Business time runs 24 h on a business day and stands still on others.
 *
 * @param from epoch milliseconds; so is the answer.
 */
export function addBusinessHours(from: number, hours: number): number {
  let at = from;
  let leftMs = hours * HOUR_MS;
  for (let day = pacificDay(from); ; day += 1) {
    const endsAt = startOf(day + 1);
    if (isBusinessDay(day)) {
      if (leftMs <= endsAt - at) return at + leftMs;
      leftMs -= endsAt - at;
    }
    at = endsAt;
  }
}

/** 23:59:59 of the Pacific day in which an instant lies, in epoch milliseconds. */
export function endOfPacificDay(at: number): number {
  return startOf(pacificDay(at) + 1) - 1_000;
}

/** Whether a day is neither of a weekend nor a federal holiday. */
export function isBusinessDay(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday !== SATURDAY && weekday !== SUNDAY && !isHoliday(day);
}

/** A civil day by its date. */
export function dayOf(year: number, month: number, date: number): number {
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

/** The legal public holidays of 5 U.S.C. 6103: one on a Saturday is kept on Friday, one on a Sunday on Monday. */
function isHoliday(day: number): boolean {
  const weekday = weekdayOf(day);
  return (
    isByDate(day) ||
    (weekday === FRIDAY && isByDate(day + 1)) ||
    (weekday === MONDAY && isByDate(day - 1)) ||
    isByWeekday(day)
  );
}

const JUNETEENTH = '6-19';
const JUNETEENTH_SINCE = 2021;

/** New Year's Day, Juneteenth, Independence Day, Veterans Day, Christmas Day: month and date. */
const BY_DATE = new Set(['1-1', JUNETEENTH, '7-4', '11-11', '12-25']);

function isByDate(day: number): boolean {
  const { year, month, date } = civil(day);
  const name = `${month}-${date}`;
  return BY_DATE.has(name) && (name !== JUNETEENTH || year >= JUNETEENTH_SINCE);
}

/** Birthday of Martin Luther King, Jr., Washington's Birthday, Labor Day, Columbus Day, Thanksgiving: month, weekday, which. */
const BY_WEEKDAY = new Set(['1-1-3', '2-1-3', '9-1-1', '10-1-2', `11-${THURSDAY}-4`]);

function isByWeekday(day: number): boolean {
  const { month, date } = civil(day);
  const weekday = weekdayOf(day);
  if (BY_WEEKDAY.has(`${month}-${weekday}-${Math.ceil(date / 7)}`)) return true;
  // Memorial Day is the last Monday of May.
  return month === 5 && weekday === MONDAY && date > 31 - 7;
}

function civil(day: number): { year: number; month: number; date: number } {
  const at = new Date(day * DAY_MS);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + THURSDAY) % 7) + 7) % 7;
}

function pacificDay(at: number): number {
  return Math.floor((at + offsetAt(at)) / DAY_MS);
}

function startOf(day: number): number {
  return day * DAY_MS - offsetAt(day * DAY_MS + AFTER_MIDNIGHT_MS);
}

const PACIFIC = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', timeZoneName: 'longOffset' });

/** What the clocks of the Pacific coast are ahead of UTC by: a negative number of milliseconds. */
function offsetAt(at: number): number {
  const name = PACIFIC.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)$/.exec(name) ?? [];
  if (sign === undefined) throw new Error(`Intl knows no offset of America/Los_Angeles: ${name}`);
  return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
}
