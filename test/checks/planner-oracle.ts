/** Mailing dates by other means than the product's: the runtime's own calendar, and holidays written down by hand. */

export const LOS_ANGELES = 'America/Los_Angeles';
export const NEW_YORK = 'America/New_York';

/** Days without post in the weeks that are played. Source: USPS, Postal holidays 2026. */
const NO_POST = ['2026-11-11', '2026-11-26', '2026-12-25'];
const CUT_OFF = '20:00:00';
const DAY_MS = 24 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  formats.set(zone, format);
  return format;
}

/** What a clock on the wall shows: YYYY-MM-DD and HH:MM:SS. */
function wallClock(at: number, zone: string): { date: string; time: string } {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: [part['year'], part['month'], part['day']].join('-'),
    time: [part['hour'], part['minute'], part['second']].join(':'),
  };
}

/** The instant at which a wall clock shows a date and a time, to the second. */
export function instantOf(date: string, time: string, zone: string): number {
  const asUtc = Date.parse(`${date}T${time}Z`);
  // No zone is more than a day off, and the offset there is the same on both sides of the second look.
  const shownAt = (at: number): number => Date.parse(`${wallClock(at, zone).date}T${wallClock(at, zone).time}Z`);
  const first = asUtc - (shownAt(asUtc) - asUtc);
  return first - (shownAt(first) - asUtc);
}

const dayAfter = (date: string): string => new Date(Date.parse(date) + DAY_MS).toISOString().slice(0, date.length);

/** Whether there is post on a date. */
export const hasPost = (date: string): boolean => new Date(date).getUTCDay() !== 0 && !NO_POST.includes(date);

/** Under which date a parcel leaves that is ready at an instant. */
export function mailedOn(at: number, zone: string): string {
  const { date, time } = wallClock(at, zone);
  return nextMailed(time < CUT_OFF ? date : dayAfter(date));
}

/** The date itself, or the next one on which there is post. */
function nextMailed(date: string): string {
  let day = date;
  while (!hasPost(day)) day = dayAfter(day);
  return day;
}
