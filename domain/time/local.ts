import { DateTime } from 'luxon';
import { clocksChangeOn, DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay, weekdayOf } from './days';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What a zone calls itself at an offset; asked for once each. */
const abbreviations = new Map<string, string>();

function abbreviationOf(at: number, zone: string, offsetMs: number): string {
  const key = `${zone} ${offsetMs}`;
  const known = abbreviations.get(key);
  if (known !== undefined) return known;
  const asked = DateTime.fromMillis(at, { zone }).setLocale('en-US').toFormat('ZZZZ');
  abbreviations.set(key, asked);
  return asked;
}

const two = (part: number): string => String(part).padStart(2, '0');

/** An instant as people of a zone say it: `Tue 24 Nov 15:00 PST`. */
export function sayLocally(at: number, zone: string): string {
  const day = dayOf(at, zone);
  if (clocksChangeOn(day, zone)) {
    return DateTime.fromMillis(at, { zone }).setLocale('en-US').toFormat('ccc d LLL HH:mm ZZZZ');
  }
  const start = startOfDay(day, zone);
  const date = new Date(day * DAY_MS);
  const [weekday = '', month = ''] = [WEEKDAYS[weekdayOf(day) - 1], MONTHS[date.getUTCMonth()]];
  const hour = Math.floor((at - start) / HOUR_MS);
  const minute = Math.floor(((at - start) % HOUR_MS) / MINUTE_MS);
  const abbreviation = abbreviationOf(at, zone, day * DAY_MS - start);
  return `${weekday} ${date.getUTCDate()} ${month} ${two(hour)}:${two(minute)} ${abbreviation}`;
}
