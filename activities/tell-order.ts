import type { AppealAnswer } from '../domain/appeal/event';
import type { Untold } from '../domain/appeal/state';
import { appealChanged, orderWorkflowId } from '../workflows/messages';
import type { Ports } from './ports';
import type { About } from './shop-of';
import { tellDesk } from './tell-desk';

/**
 * Tells an order what became of its appeal, and the alert desk what people have to do. Told twice, both hear it once. An order
 * that is over needs no telling.
 */
export async function tellOrder(
  ports: Ports,
  { shopId, orderId, at, notices, raise, settle }: About & Untold,
): Promise<AppealAnswer> {
  const workflowId = orderWorkflowId(shopId, orderId);
  for (const payload of notices) await ports.neighbours.signal({ workflowId, signal: appealChanged, payload });
  if (raise.length + settle.length > 0) await tellDesk(ports, { shopId, at, news: { at, raise, settle } });
  return { kind: 'toldAll' };
}
