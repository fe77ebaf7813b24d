import { DateTime } from 'luxon';
import type { Deadline, OrderFacts, Plan } from '../order/facts';
import { addBusinessHours, type Calendar } from './calendar';
import type { PolicySet, Rule } from './policy';
import { workBy, type Hours } from './work-by';

export type PlanInput = {
  facts: Pick<OrderFacts, 'createdAt' | 'orderType' | 'shippingType' | 'platformTimes'>;
  policy: PolicySet;
  holidays: ReadonlySet<string>;
  shipFrom: Hours & { id: string };
  /** Which time-zone data worked it out: it comes with the Node binary and differs between versions. */
  tzdata: string;
};

/** Works out the agenda of one order. Pure: the same input gives the same deadlines wherever it runs. */
export function planOrder(input: PlanInput): Plan {
  const { facts, policy, shipFrom } = input;
  const rules = policy.rules[`${facts.orderType}/${facts.shippingType}`] ?? [];
  return {
    policySet: policy.id,
    policyVersion: policy.version,
    tzdata: input.tzdata,
    shipFrom: shipFrom.id,
    deadlines: rules.map((rule) => deadlineOf(rule, input)),
    warnBeforeMs: policy.warnBeforeMs,
    holdEndsAt: facts.createdAt + policy.holdMs,
  };
}

function deadlineOf(rule: Rule, { facts, policy, holidays, shipFrom }: PlanInput): Deadline {
  const calendar: Calendar = { zone: policy.zone, holidays };
  const at = addBusinessHours(facts.createdAt, rule.businessHours, calendar);
  const platformAt = facts.platformTimes[rule.name];
  return {
    name: rule.name,
    at,
    local: sayLocally(at, policy.zone),
    rule: rule.rule,
    source: rule.source,
    severity: rule.severity,
    provisional: rule.provisional,
    metBy: rule.metBy,
    workBy: workBy(Math.min(at, platformAt ?? Infinity), shipFrom, calendar),
    ...(platformAt === undefined ? {} : { platformAt }),
  };
}

/** An instant as people of the rule's zone say it: `Tue 24 Nov 15:00 PST`. */
const sayLocally = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).setLocale('en-US').toFormat('ccc d LLL HH:mm ZZZZ');
