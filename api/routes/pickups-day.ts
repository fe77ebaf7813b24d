import type { Shop } from '../../contracts/shop';
import { isHolidayOfWeekend } from '../../domain/time/calendar';
import { dateOfDay, dayOf, dayOfDate, startOfDay } from '../../domain/time/days';
import { US_FEDERAL_HOLIDAYS } from '../../policies/us/holidays';
import { sandboxClock } from '../../engine/sandbox-clock';
import { pickupRefusals } from '../../words/pickup';
import type { ApiDeps } from '../deps';
import { Problem } from '../problem';

/** As far ahead as USPS dates mail (USPS APIs, mailing dates): beyond that no carrier's calendar is known. */
const MOST_DAYS_AHEAD = 30;

/**
 * Refuses what is for a day that is over or too far ahead, before anything is begun for it: what is begun lives until its day is over.
 * @throws Problem `refused`
 */
export async function assertNearDay(deps: ApiDeps, shop: Shop, date: string): Promise<void> {
  const today = dayOf(await nowOf(deps, shop), shop.shipFrom.zone);
  const day = dayOfDate(date);
  if (day < today) throw new Problem('refused', pickupRefusals.over(date));
  const last = today + MOST_DAYS_AHEAD;
  if (day > last) throw new Problem('refused', pickupRefusals.tooFar(date, dateOfDay(last)));
}

/**
 * Refuses a day on which nobody is there, or no carrier comes.
 * @throws Problem `refused`
 */
export function assertOpenDay(shop: Shop, date: string): void {
  const closed = closedFor(shop, date);
  if (closed !== undefined) throw new Problem('refused', pickupRefusals.closed(date, closed));
}

const holidays: readonly string[] = US_FEDERAL_HOLIDAYS;

/** Nobody is there, or no carrier comes; undefined on a day like any other. */
function closedFor(
  { shipFrom: { workdays, closures } }: Shop,
  date: string,
): 'holiday' | 'closure' | 'noWorkday' | undefined {
  if (holidays.includes(date) || isHolidayOfWeekend(dayOfDate(date), new Set(holidays))) return 'holiday';
  if (closures.includes(date)) return 'closure';
  // ISO weekdays: 1 is Monday.
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return workdays.includes(weekday) ? undefined : 'noWorkday';
}

/**
 * Refuses hours that are not of the day.
 * @throws Problem `refused`
 */
export function assertOnDay({ shipFrom }: Shop, date: string, { from, until }: { from: number; until: number }): void {
  const day = dayOfDate(date);
  const isOn = from >= startOfDay(day, shipFrom.zone) && until <= startOfDay(day + 1, shipFrom.zone);
  if (!isOn) throw new Problem('refused', pickupRefusals.otherDay(date));
}

/** That of a played shop has a clock of its own. */
async function nowOf({ sandboxUrl }: ApiDeps, { id, kind }: Shop): Promise<number> {
  if (kind !== 'sandbox') return Date.now();
  try {
    return (await sandboxClock(sandboxUrl, id).read()).now;
  } catch {
    return Date.now();
  }
}
