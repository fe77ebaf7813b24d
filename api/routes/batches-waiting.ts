import { purchasesFolder, readPurchaseKey } from '../../contracts/label-documents';
import { judge, standstill } from '../../domain/batch/judge';
import type { OrderView } from '../../domain/order/view';
import { orderState, orderWorkflowId } from '../../workflows/messages';
import type { ApiDeps } from '../deps';
import { unprintedOrders } from '../unprinted';

const AT_ONCE = 50;
/** Orders that nobody could answer for by then are taken in: the batch asks each of them again. */
const ASK_WITHIN_MS = 5_000;

/**
 * The orders of a batch without a list: those that wait for a label, or have one that nobody printed. Left out is what cannot have
 * one: an order that the platform itself sends, and one whose label the platform sells once it is packed.
 */
export async function waitingOrders(deps: ApiDeps, shopId: string): Promise<string[]> {
  const unprinted = await unprintedOrders(deps, shopId);
  const until = Date.now() + ASK_WITHIN_MS;
  const waiting: string[] = [];
  for (let from = 0; from < unprinted.length; from += AT_ONCE) {
    const some = unprinted.slice(from, from + AT_ONCE);
    const can = await deps.client.withDeadline(until, () =>
      Promise.all(some.map((orderId) => canHaveLabel(deps, { shopId, orderId }))),
    );
    waiting.push(...some.filter((_, index) => can[index]));
  }
  return waiting;
}

type Ref = { shopId: string; orderId: string };

/** Documents are cheap to look at, an order costs its worker a task: what has a label is not asked. */
async function canHaveLabel({ client, documents }: ApiDeps, ref: Ref): Promise<boolean> {
  const kept = await documents.list(purchasesFolder(ref));
  if (kept.some((key) => readPurchaseKey(key)?.what === 'bought')) return true;
  try {
    const view = await client.workflow.getHandle(orderWorkflowId(ref.shopId, ref.orderId)).query(orderState);
    return !isPlatforms(view) && !isUnpacked(view);
  } catch {
    return true;
  }
}

/** An order that the platform itself sends is only watched: its plan has the platform's own deadlines, and none of ours. */
const isPlatforms = ({ policy, agenda }: OrderView): boolean =>
  policy !== null && agenda.every(({ rule }) => rule === 'platform');

/** As a batch would find it with its first look. */
function isUnpacked(view: OrderView): boolean {
  const found = judge(view).kind === 'open' ? standstill(view) : undefined;
  return found?.kind === 'failed' && found.reason === 'notPacked';
}
