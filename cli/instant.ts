/** An instant in UTC to the minute, `2026-11-25 20:00`: short enough for a table, and it sorts. */
export const minuteOf = (at: string | number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** The same to the second, for stories in which much happens in a minute. */
export const secondOf = (at: string | number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
