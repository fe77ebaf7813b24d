import type { Answer } from '../domain/order/event';
import { orderWorkflowId, parcelAsked } from '../workflows/messages';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** Asks the order that owns a common parcel what becomes of it; the owner answers by a signal, now or when it knows. */
export async function askOwner(
  { neighbours }: Ports,
  { shopId, orderId, at, owner }: About & { owner: string },
): Promise<Answer> {
  const payload = { at, member: orderId };
  const told = await neighbours.signal({ workflowId: orderWorkflowId(shopId, owner), signal: parcelAsked, payload });
  return told === 'over' ? { kind: 'told', isOver: true } : { kind: 'told' };
}
