import type { Deadline } from '../domain/order/facts';
import { planOrder, type PlanInput } from '../domain/time/plan';
import { holidaysFor, policyFor } from '../policies/us';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';
import { planFailures } from '../words/plan';
import { reasonOf } from './failure';
import { readPlanOrder, type PlanOrder } from './plan-order';

/** What stands on stdout for one line: the plan, or why there is none. */
export type LineAnswer = { deadlines: unknown[]; shipOn?: string; flags?: string[] } | { error: string };

const YEAR = { first: US_FEDERAL_HOLIDAYS[0]?.slice(0, 4) ?? '', last: US_FEDERAL_HOLIDAYS.at(-1)?.slice(0, 4) ?? '' };
/** Beyond these nobody knows which days count. A zone's few hours at either end make no difference to a holiday. */
const KNOWN = { from: Date.parse(`${YEAR.first}-01-01`), until: Date.parse(`${Number(YEAR.last) + 1}-01-01`) };

/** Plans the order that a line tells, under the rule set of a name. A line that cannot be planned is an answer too. */
export function planLine(line: string, policyName: string): LineAnswer {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch (error) {
    return { error: planFailures.notJson(reasonOf(error)) };
  }
  const order = readPlanOrder(raw);
  if ('wrong' in order) return { error: order.wrong };
  try {
    return answerOf(order, policyName);
  } catch (error) {
    return { error: planFailures.unplanned(reasonOf(error)) };
  }
}

function answerOf(order: PlanOrder, policyName: string): LineAnswer {
  const policy = policyFor(policyName, order.createdAt);
  if (policy === undefined) throw new Error(`no rule set ${policyName}`);
  if (isOutside(order.createdAt) || isOutside(Date.parse(order.expectedShipDate ?? `${YEAR.first}-01-01`))) {
    return { error: planFailures.outsideYears(YEAR.first, YEAR.last) };
  }
  const { deadlines, shipOn, flags } = planOrder({
    facts: factsOf(order),
    moments: { packedAt: order.packedAt, readyAt: order.readyAt },
    handoverMethod: order.handoverMethod,
    expectedShipDate: order.expectedShipDate,
    policy,
    holidays: holidaysFor(policy),
    shipFrom: order.shipFrom,
    tzdata: process.versions['tz'] ?? 'unknown',
  });
  if (deadlines.some(({ at, platformAt }) => at !== platformAt && isOutside(at))) {
    return { error: planFailures.outsideYears(YEAR.first, YEAR.last) };
  }
  return {
    deadlines: deadlines.map(toldDeadline),
    ...(shipOn === undefined ? {} : { shipOn }),
    ...(flags === undefined ? {} : { flags }),
  };
}

/** By a seller, if nothing else is told. */
const factsOf = (order: PlanOrder): PlanInput['facts'] => ({
  createdAt: order.createdAt,
  orderType: order.orderType,
  shippingType: order.shippingType,
  fulfilledBy: order.fulfilledBy ?? 'seller',
  platformTimes: order.platform,
  ...(order.handlingDuration === undefined ? {} : { handling: order.handlingDuration }),
});

const isOutside = (at: number): boolean => at < KNOWN.from || at >= KNOWN.until;

const iso = (at: number): string => new Date(at).toISOString();

const toldDeadline = (deadline: Deadline): Record<string, unknown> => ({
  name: deadline.name,
  at: iso(deadline.at),
  rule: deadline.rule,
  source: deadline.source,
  severity: deadline.severity,
  provisional: deadline.provisional,
  workBy: iso(deadline.workBy),
  ...(deadline.platformAt === undefined ? {} : { platformAt: iso(deadline.platformAt) }),
});
