import { activityInfo } from '@temporalio/activity';
import { AdapterError } from '../contracts/adapter-error';
import type { Answer } from '../domain/order/event';
import { planOrder } from '../domain/time/plan';
import { policySets } from '../policies/us';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { dossierKey } from './save-dossier';
import { shopOf, type About } from './shop-of';

const holidays = new Set(US_FEDERAL_HOLIDAYS);

/** A signed notice may be faster than the platform's own read model: only this many readings in a row prove an order unknown. */
const READINGS_OF_UNKNOWN = 4;

/**
 * Reads an order and, the first time, works out its deadlines. The first reading of a run looks for the dossier first: an
 * order that is over is not begun again when Temporal has forgotten it.
 */
export async function loadOrder(ports: Ports, input: About & { first: boolean }): Promise<Answer> {
  return sorted(async () => {
    if (input.first && (await ports.documents.get(dossierKey(input))) !== undefined) return { kind: 'alreadyClosed' };
    const { shop, platform } = await shopOf(ports, input);
    const order = await platform.readOrder(input.orderId);
    if (order === undefined) return unknownOrder(input.orderId);
    const { facts } = order;
    if (!input.first) return { kind: 'loaded', facts };
    const policy = policySets[shop.policySet];
    if (policy === undefined) return { kind: 'unknownPolicy', facts, policySet: shop.policySet };
    const { shipFrom } = shop;
    return { kind: 'loaded', facts, plan: planOrder({ facts, policy, holidays, shipFrom, tzdata: ports.tzdata }) };
  });
}

function unknownOrder(orderId: string): Answer {
  if (activityInfo().attempt >= READINGS_OF_UNKNOWN) return { kind: 'unknownOrder' };
  throw new AdapterError('retryLater', { provider: 'platform', call: 'readOrder', code: `unknown order ${orderId}` });
}
