import type { Deadline, DeadlineName, HandoverMethod, Plan, PlanBasis } from '../order/facts';
import type { Calendar } from './calendar';
import type { Day } from './days';
import { instantsOf, type Instant, type Moments } from './instants';
import { sayLocally } from './local';
import type { PolicySet } from './policy';
import { readOrder, type PlannedFacts, type Reading } from './reading';
import { shipOn, workBy, type CutOff, type Hours } from './work-by';

/** Where an order leaves from. `pickupDays`: the ISO weekdays on which the carrier collects; every working day if left out. */
type PlannedShipFrom = CutOff & { id: string; pickupDays?: readonly number[] | undefined };

export type PlanInput = {
  facts: PlannedFacts;
  /** What has happened since: some deadlines count from it. */
  moments?: Moments | undefined;
  handoverMethod?: HandoverMethod | undefined;
  /** YYYY-MM-DD; if left out, the day of `releaseAt` in the policy's zone. */
  expectedShipDate?: string | undefined;
  policy: PolicySet;
  holidays: ReadonlySet<string>;
  shipFrom: PlannedShipFrom;
  /** Which time-zone data worked it out: it comes with the Node binary and differs between versions. */
  tzdata: string;
};

/**
 * Works out the agenda of one order. Pure: the same input gives the same deadlines wherever it runs. An order that the platform
 * itself sends is only watched: it has the platform's deadlines and none of ours.
 * @throws on a zone that the time-zone data does not know, and where a deadline would need days that never come.
 */
export function planOrder(input: PlanInput): Plan {
  const { facts, policy, holidays, shipFrom } = input;
  const calendar: Calendar = { zone: policy.zone, holidays };
  const reading = readOrder({ ...input, calendar });
  const isOurs = facts.fulfilledBy !== 'platform';
  const rules = isOurs ? (policy.rules[`${reading.kind}/${facts.shippingType}`] ?? []) : [];
  const { instants, dependsOn } = instantsOf(
    rules,
    { ...input.moments, createdAt: facts.createdAt, reading },
    calendar,
  );
  const deadlines = [...instants.map((instant) => deadlineOf(instant, input)), ...platformOnly(instants, input)];
  if (shipFrom.pickupDays !== undefined && deadlines.some(waitsForCarrier)) dependsOn.add('handoverMethod');
  return {
    policySet: policy.id,
    policyVersion: policy.version,
    tzdata: input.tzdata,
    shipFrom: shipFrom.id,
    deadlines,
    warnBeforeMs: policy.warnBeforeMs,
    holdEndsAt: facts.createdAt + policy.holdMs.value,
    ...(isOurs ? whatIsOurs(input, reading) : {}),
    basis: basisOf(input, [...dependsOn]),
  };
}

function whatIsOurs({ facts, policy, holidays, shipFrom }: PlanInput, reading: Reading): Partial<Plan> {
  const leavesOn = shipOn(facts.createdAt, shipFrom, { holidays, ...leavingOf(reading) });
  const forbidden = policy.forbiddenCarriers?.value ?? [];
  return {
    ...(leavesOn === undefined ? {} : { shipOn: leavesOn }),
    stallMs: policy.stallMs.value,
    ...(policy.lostMs === undefined ? {} : { lostMs: policy.lostMs.value }),
    ...(forbidden.length === 0 ? {} : { forbiddenCarriers: [...forbidden] }),
    ...(reading.flags.length === 0 ? {} : { flags: reading.flags }),
  };
}

/** What is made to order or still to come in takes its handling time; that of a standard order only hurries it. */
function leavingOf({ kind, expectedShipDay, handlingDay }: Reading): { notBefore?: Day; readyBy?: Day } {
  if (kind === 'handled' && handlingDay !== undefined) return { readyBy: handlingDay };
  return expectedShipDay === undefined ? {} : { notBefore: expectedShipDay };
}

/** What changes of the order must be planned again. It stands in history, so that what does not matter is left out. */
function basisOf({ facts, moments, handoverMethod }: PlanInput, dependsOn: PlanBasis['dependsOn']): PlanBasis {
  const { orderType, shippingType, releaseAt, handling, platformTimes } = facts;
  const later = { packedAt: moments?.packedAt, readyAt: moments?.readyAt, handoverMethod };
  const known = dependsOn.flatMap((name) => (later[name] === undefined ? [] : [[name, later[name]]]));
  return {
    orderType,
    shippingType,
    ...(releaseAt === undefined ? {} : { releaseAt }),
    ...(handling === undefined ? {} : { handling }),
    ...(Object.fromEntries(known) as Partial<PlanBasis>),
    ...(Object.keys(platformTimes).length === 0 ? {} : { platformTimes }),
    dependsOn,
  };
}

function deadlineOf({ rule, at, provisional }: Instant, input: PlanInput): Deadline {
  const { name, source, severity, metBy } = rule;
  const platformAt = platformTime(name, input);
  return {
    name,
    at,
    local: sayLocally(at, input.policy.zone),
    rule: rule.rule,
    source,
    severity,
    provisional,
    metBy,
    workBy: lastMoment(Math.min(at, platformAt ?? Infinity), metBy, input),
    ...(platformAt === undefined ? {} : { platformAt }),
  };
}

/** The platform's own time of a deadline; it says 0 for none. */
const platformTime = (name: DeadlineName, { facts }: PlanInput): number | undefined =>
  facts.platformTimes[name] === 0 ? undefined : facts.platformTimes[name];

/** How a deadline is read that the platform alone names: what it costs and what meets it. */
const PLATFORM_ENTRIES: Record<DeadlineName, Pick<Deadline, 'severity' | 'metBy'>> = {
  packBy: { severity: 'target', metBy: 'packed' },
  shipBy: { severity: 'limit', metBy: 'readyAtPlatform' },
  collectBy: { severity: 'target', metBy: 'handedOver' },
  autoCancelUnpacked: { severity: 'limit', metBy: 'readyAtPlatform' },
  autoCancelUncollected: { severity: 'limit', metBy: 'acceptanceScan' },
  autoCancelUndelivered: { severity: 'limit', metBy: 'delivered' },
  deliverBy: { severity: 'target', metBy: 'delivered' },
  answerCancelBy: { severity: 'limit', metBy: 'cancelAnswered' },
};

/** Deadlines that the platform names and no rule of ours has: entries of their own. */
function platformOnly(instants: readonly Instant[], input: PlanInput): Deadline[] {
  const ours = new Set(instants.map(({ rule }) => rule.name));
  return (Object.keys(PLATFORM_ENTRIES) as DeadlineName[]).flatMap((name): Deadline[] => {
    const at = platformTime(name, input);
    if (at === undefined || ours.has(name)) return [];
    const { severity, metBy } = PLATFORM_ENTRIES[name];
    return [
      {
        name,
        at,
        local: sayLocally(at, input.policy.zone),
        rule: 'platform',
        source: 'the order itself',
        severity,
        provisional: false,
        metBy,
        workBy: lastMoment(at, metBy, input),
        platformAt: at,
      },
    ];
  });
}

const waitsForCarrier = ({ metBy }: Pick<Deadline, 'metBy'>): boolean =>
  metBy === 'handedOver' || metBy === 'acceptanceScan';

/**
 * The last working moment before an instant; where the carrier must have the parcel, on a day on which it comes, unless the
 * parcel is brought. While nobody has chosen, the stricter is taken: it comes.
 */
function lastMoment(
  instant: number,
  metBy: Deadline['metBy'],
  { shipFrom, holidays, handoverMethod }: PlanInput,
): number {
  const { pickupDays } = shipFrom;
  const isCollected = handoverMethod !== 'dropOff' && waitsForCarrier({ metBy }) && pickupDays !== undefined;
  const collected = isCollected ? shipFrom.workdays.filter((day) => pickupDays.includes(day)) : [];
  // A carrier that comes only when nobody is there collects nothing: such parcels must be brought.
  const workdays = collected.length === 0 ? shipFrom.workdays : collected;
  const hours: Hours = { ...shipFrom, workdays };
  return workBy(instant, hours, { holidays });
}
