import type { OrderFacts, PlanFlag } from '../order/facts';
import { businessDayAfter, businessDaysUntil, type Calendar } from './calendar';
import { dayOf, dayOfDate, type Day } from './days';
import type { Kind, PolicySet, Range } from './policy';

export type PlannedFacts = Pick<OrderFacts, 'createdAt' | 'orderType' | 'shippingType' | 'platformTimes'> &
  Partial<Pick<OrderFacts, 'releaseAt' | 'handling' | 'fulfilledBy'>>;

/** An order as a rule set reads it. */
export type Reading = {
  kind: Kind;
  /** Only where the rules of its kind go by it. */
  expectedShipDay?: Day;
  /** The last day of its handling time; for an order that goes by one and has none, its expected ship date. */
  handlingDay?: Day;
  flags: PlanFlag[];
};

type Wish = { facts: PlannedFacts; expectedShipDate?: string | undefined; policy: PolicySet; calendar: Calendar };

/** As what a rule set reads an order, and what is odd about it. */
export function readOrder(wish: Wish): Reading {
  const { orderType } = wish.facts;
  if (orderType === 'standard') {
    const handlingDay = handlingDayOf(wish);
    const known = handlingDay === undefined ? {} : { handlingDay };
    return { kind: 'standard', ...known, flags: isHandlingOdd(wish) ? ['handlingOutOfRange'] : [] };
  }
  const expectedShipDay = expectedShipDayOf(wish);
  const isHandled = orderType !== 'pre-sale' && wish.policy.rules['handled/seller'] !== undefined;
  if (isHandled) return readHandled(wish, expectedShipDay);
  if (expectedShipDay === undefined) {
    return { kind: 'standard', flags: orderType === 'pre-sale' ? ['expectedShipDateMissing'] : [] };
  }
  const isOdd = isOutside(expectedShipDay, wish.policy.ranges['pre-sale'], wish);
  return { kind: 'pre-sale', expectedShipDay, flags: isOdd ? ['expectedShipDateOutOfRange'] : [] };
}

function readHandled(wish: Wish, expectedShipDay: Day | undefined): Reading {
  const handlingDay = handlingDayOf(wish);
  if (handlingDay !== undefined) {
    return { kind: 'handled', handlingDay, flags: isHandlingOdd(wish) ? ['handlingOutOfRange'] : [] };
  }
  if (expectedShipDay === undefined) return { kind: 'standard', flags: ['handlingMissing'] };
  const isOdd = isOutside(expectedShipDay, wish.policy.ranges[wish.facts.orderType], wish);
  return { kind: 'handled', handlingDay: expectedShipDay, flags: isOdd ? ['expectedShipDateOutOfRange'] : [] };
}

/** The day that a person named, else that of the release: an instant of 00:00:00 is of the day that it begins. */
function expectedShipDayOf({ facts, expectedShipDate, calendar }: Wish): Day | undefined {
  if (expectedShipDate !== undefined) return dayOfDate(expectedShipDate);
  return facts.releaseAt === undefined ? undefined : dayOf(facts.releaseAt, calendar.zone);
}

function handlingDayOf({ facts: { createdAt, handling }, calendar }: Wish): Day | undefined {
  if (handling === undefined) return undefined;
  const created = dayOf(createdAt, calendar.zone);
  return handling.counts === 'calendarDays'
    ? created + handling.days
    : businessDayAfter(created, handling.days, calendar);
}

function isHandlingOdd(wish: Wish): boolean {
  const range = wish.policy.ranges[wish.facts.orderType];
  const day = range === undefined ? undefined : handlingDayOf(wish);
  return day !== undefined && isOutside(day, range, wish);
}

function isOutside(day: Day, range: Range | undefined, { facts, calendar }: Wish): boolean {
  if (range === undefined) return false;
  const created = dayOf(facts.createdAt, calendar.zone);
  const ahead = range.counts === 'calendarDays' ? day - created : businessDaysUntil(created, day, calendar.holidays);
  return ahead < range.from || ahead > range.to;
}
