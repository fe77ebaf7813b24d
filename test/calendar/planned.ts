import { holidaysFor, policySets } from '../../policies/us';
import type { Deadline, Plan } from '../../domain/order/facts';
import { planOrder, type PlanInput } from '../../domain/time/plan';

export const shipFrom = {
  id: 'main',
  zone: 'America/Los_Angeles',
  workdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '17:00',
  closures: [],
  cutoffTime: '12:00',
};

/** Friday; the Thursday after next is Thanksgiving. */
const CREATED = '2026-11-13T15:00:00-08:00';
const at = (text: string): number => Date.parse(text);
/** A date and time of these cases, in Los Angeles: all are in winter. */
export const winter = (text: string): number => at(`${text}-08:00`);

export type Wish = Partial<Omit<PlanInput, 'facts' | 'policy'>> & { set?: string; facts?: Partial<PlanInput['facts']> };

export function planned({ set = 'seed', facts, ...rest }: Wish = {}): Plan {
  const policy = policySets[set];
  if (policy === undefined) throw new Error(`no set ${set}`);
  return planOrder({
    facts: { createdAt: at(CREATED), orderType: 'standard', shippingType: 'seller', platformTimes: {}, ...facts },
    policy,
    holidays: holidaysFor(policy),
    shipFrom,
    tzdata: '2025c',
    ...rest,
  });
}

/** `name local (severity, metBy[, provisional])`, as the cases write it. */
export const told = ({ name, local, severity, metBy, provisional }: Deadline): string =>
  `${name} ${local.replace(/ P[SD]T$/, '')} (${severity}, ${metBy}${provisional ? ', provisional' : ''})`;
export const rows = (wish?: Wish): string[] => planned(wish).deadlines.map(told);

export const cancels = (unpacked: string, uncollected: string): string[] => [
  `autoCancelUnpacked ${unpacked} (limit, readyAtPlatform)`,
  `autoCancelUncollected ${uncollected} (limit, acceptanceScan)`,
];
