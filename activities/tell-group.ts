import type { GroupWord } from '../domain/order/command';
import type { Answer, ParcelNotice } from '../domain/order/event';
import { orderWorkflowId, parcelShared } from '../workflows/messages';
import type { Ports } from './ports';
import type { About } from './shop-of';

type Input = About & { orders: string[]; word: GroupWord };

/** Tells the orders of a common parcel its number, or that each goes alone. One that is over has nothing to be told. */
export async function tellGroup({ neighbours }: Ports, { shopId, orderId, at, orders, word }: Input): Promise<Answer> {
  const payload: ParcelNotice = { at, owner: orderId, ...(word === 'alone' ? {} : word) };
  for (const member of orders) {
    await neighbours.signal({ workflowId: orderWorkflowId(shopId, member), signal: parcelShared, payload });
  }
  return { kind: 'told' };
}
