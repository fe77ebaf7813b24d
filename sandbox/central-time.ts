const DAY_MS = 86_400_000;

/** Local time in Chicago, as `YYYY-MM-DDTHH:MM:SS`. Postal deadlines are in Central time, and all scans are made there. */
export function centralTime(at: number): string {
  return FORMAT.format(at).replace(' ', 'T');
}

/** How far Chicago is from GMT at an instant, in minutes: -300 or -360. */
export function centralOffsetMinutes(at: number): number {
  return Math.round((Date.parse(`${centralTime(at)}Z`) - at) / 60_000);
}

/** The day some days after one, as `YYYY-MM-DD`. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day of a text that begins with one. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** The day of the week, Sunday as 0. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay();
}

// The Swedish way of writing a date is the ISO way.
const FORMAT = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'America/Chicago',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
