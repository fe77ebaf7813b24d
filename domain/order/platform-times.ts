import type { Deadline, DeadlineName, OrderFacts } from './facts';
import { forgetWarnings } from './replan';
import type { OrderState } from './state';

/** The platform names some of its deadlines only after the hold, and moves them: its newest word is what is due. */
export function followPlatformTimes(state: OrderState, times: OrderFacts['platformTimes']): void {
  if (state.facts !== undefined) state.facts.platformTimes = times;
  if (state.plan === undefined) return;
  for (const deadline of state.plan.deadlines) {
    const platformAt = times[deadline.name];
    if (platformAt === deadline.platformAt) continue;
    if (platformAt === undefined) delete deadline.platformAt;
    else deadline.platformAt = platformAt;
    if (deadline.rule === PLATFORM_RULE && platformAt !== undefined) deadline.at = platformAt;
    forgetWarnings(state, deadline.name);
  }
  addPlatformEntries(state, times);
}

/** How an entry is marked that no rule of ours has: the platform alone names it. */
const PLATFORM_RULE = 'platform';

const ENTRIES: Partial<Record<DeadlineName, Pick<Deadline, 'severity' | 'metBy'>>> = {
  shipBy: { severity: 'limit', metBy: 'readyAtPlatform' },
  collectBy: { severity: 'target', metBy: 'handedOver' },
  autoCancelUnpacked: { severity: 'limit', metBy: 'readyAtPlatform' },
  autoCancelUncollected: { severity: 'limit', metBy: 'acceptanceScan' },
  autoCancelUndelivered: { severity: 'limit', metBy: 'delivered' },
  deliverBy: { severity: 'target', metBy: 'delivered' },
  answerCancelBy: { severity: 'limit', metBy: 'cancelAnswered' },
};

/** A deadline that the platform alone names is on the agenda too; one that it no longer names is not. */
function addPlatformEntries(state: OrderState, times: OrderFacts['platformTimes']): void {
  const { plan } = state;
  if (plan === undefined || state.edition < 2) return;
  plan.deadlines = plan.deadlines.filter(({ rule, name }) => rule !== PLATFORM_RULE || times[name] !== undefined);
  for (const [name, entry] of Object.entries(ENTRIES) as [DeadlineName, (typeof ENTRIES)['shipBy']][]) {
    const at = times[name];
    if (at === undefined || entry === undefined || plan.deadlines.some((deadline) => deadline.name === name)) continue;
    plan.deadlines.push({
      ...entry,
      name,
      at,
      local: `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      rule: PLATFORM_RULE,
      source: 'the order itself',
      provisional: false,
      workBy: at,
      platformAt: at,
    });
  }
}
