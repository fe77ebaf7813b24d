import { heartbeat, sleep } from '@temporalio/activity';
import { STANDING_KEPT_MS } from '../contracts/standing';
import type { OrderNotice } from '../domain/order/event';
import { orderChanged, orderWorkflowId } from '../workflows/messages';
import type { AccountPorts } from './account-ports';

const AT_ONCE = 16;

/**
 * Lets every open order of a shop read itself again, because what may be done in it is different now. Told twice, an order reads
 * itself twice; one that is over needs no telling, and one that was begun meanwhile has read the new standing.
 */
export async function tellShop(
  { neighbours }: AccountPorts,
  { shopId, at }: { shopId: string; at: number },
): Promise<{ kind: 'done' }> {
  // An order that is told sooner may be read by a process that still goes by the old standing, and stay with it.
  await sleep(STANDING_KEPT_MS);
  const payload: OrderNotice = { at, via: 'api' };
  const orders = await neighbours.openOrders(shopId);
  for (let from = 0; from < orders.length; from += AT_ONCE) {
    heartbeat(from);
    await Promise.all(
      orders
        .slice(from, from + AT_ONCE)
        .map(({ orderId }) =>
          neighbours.signal({ workflowId: orderWorkflowId(shopId, orderId), signal: orderChanged, payload }),
        ),
    );
  }
  return { kind: 'done' };
}
