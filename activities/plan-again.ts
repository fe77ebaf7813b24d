import { ApplicationFailure } from '@temporalio/common';
import type { Answer } from '../domain/order/event';
import type { OrderFacts, PlanBasis } from '../domain/order/facts';
import { planOrder } from '../domain/time/plan';
import { holidaysFor, policySets } from '../policies/us';
import { activityWords } from '../words/activities';
import type { Ports } from './ports';
import { asConfigured, shopOf, type About } from './shop-of';

type Input = About & {
  /** The rule set that the order is pinned to: what the shop names now does not matter. */
  policySet: string;
  basis: PlanBasis;
  facts: Pick<OrderFacts, 'createdAt' | 'platformTimes' | 'fulfilledBy'>;
};

/** Works the deadlines out again by the order's own rule set, where a fact has changed that its rules depend on. */
export async function planAgain(ports: Ports, input: Input): Promise<Answer> {
  const { shop } = await shopOf(ports, input);
  const policy = policySets[input.policySet];
  if (policy === undefined) throw ApplicationFailure.nonRetryable(activityWords.unknownPolicy(input.policySet), 'bug');
  const { packedAt, readyAt, handoverMethod, ...facts } = input.basis;
  const plan = planOrder({
    facts: { ...input.facts, ...facts },
    moments: { packedAt, readyAt },
    handoverMethod,
    policy,
    holidays: holidaysFor(policy),
    shipFrom: shop.shipFrom,
    tzdata: ports.tzdata,
  });
  const planned = asConfigured(shop, plan);
  return { kind: 'planned', plan: input.shipFrom === undefined ? planned : { ...planned, isFromFurther: true } };
}
