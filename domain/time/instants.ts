import type { DeadlineName, PlanBasis } from '../order/facts';
import { addBusinessHours, endOfBusinessDay, endOfCalendarDay, endOfDay, type Calendar } from './calendar';
import { HOUR_MS } from './days';
import type { Amount, Clock, Rule, Start } from './policy';
import type { Reading } from './reading';

/** When a parcel was packed, and when the platform first counted the order as ready; left out while it is not so. */
export type Moments = { packedAt?: number | undefined; readyAt?: number | undefined };

export type Instant = { rule: Rule; at: number; provisional: boolean };

type Dependence = PlanBasis['dependsOn'][number];

/** The facts that come after the order itself; a rule that waits for one is worked out anew when it is there. */
const LATER: Partial<Record<Start, Dependence>> = { packed: 'packedAt', ready: 'readyAt' };

type Starts = Map<Start, number>;

/** The instant of every rule that has one, and the later facts that would move one of them. */
export function instantsOf(
  rules: readonly Rule[],
  { createdAt, ...order }: Moments & { createdAt: number; reading: Reading },
  calendar: Calendar,
): { instants: Instant[]; dependsOn: Set<Dependence> } {
  const { expectedShipDay, handlingDay } = order.reading;
  const known: [Start, number | undefined][] = [
    ['created', createdAt],
    ['packed', order.packedAt],
    ['ready', order.readyAt],
    ['expectedShipDate', expectedShipDay === undefined ? undefined : endOfDay(expectedShipDay, calendar.zone)],
    ['handling', handlingDay === undefined ? undefined : endOfDay(handlingDay, calendar.zone)],
  ];
  const starts: Starts = new Map(known.flatMap(([start, at]) => (at === undefined ? [] : [[start, at]])));
  const dependsOn = new Set<Dependence>();
  const instants = rules.flatMap((rule): Instant[] => {
    const clock = runningClock(rule, starts, dependsOn);
    if (clock === undefined) return [];
    const ruled = instantOf(rule, clock, { starts, calendar });
    const { sooner } = rule;
    const other = sooner && instantOf({ ...rule, ...sooner }, sooner.clock, { starts, calendar });
    const instant = other !== undefined && other.at < ruled.at ? other : ruled;
    starts.set(rule.name satisfies DeadlineName, instant.at);
    return [instant];
  });
  return { instants, dependsOn };
}

/** Where a clock ends; NaN, which is earlier than nothing, where its start is not known. */
function instantOf(rule: Rule, clock: Clock, { starts, calendar }: { starts: Starts; calendar: Calendar }): Instant {
  const from = starts.get(clock.from);
  const at = from === undefined ? NaN : addAmount(from, clock, calendar);
  return { rule, at, provisional: clock.provisional === true };
}

/** The first clock whose start is known. Those before it, and it, are what the rule depends on; those after it are not. */
function runningClock(rule: Rule, starts: Starts, dependsOn: Set<Dependence>): Clock | undefined {
  for (const clock of rule.clocks) {
    const later = LATER[clock.from];
    if (later !== undefined) dependsOn.add(later);
    if (starts.has(clock.from)) return clock;
  }
  return undefined;
}

function addAmount(from: number, amount: Amount, calendar: Calendar): number {
  if ('businessHours' in amount) return addBusinessHours(from, amount.businessHours, calendar);
  if ('businessDays' in amount) return endOfBusinessDay(from, amount.businessDays, calendar);
  if ('calendarDays' in amount) return endOfCalendarDay(from, amount.calendarDays, calendar.zone);
  return from + amount.clockHours * HOUR_MS;
}
