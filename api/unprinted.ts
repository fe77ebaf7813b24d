import { purchasesFolder, readPurchaseKey } from '../contracts/label-documents';
import { ORDER_LIFECYCLE, searchAttributes } from '../workflows/messages';
import type { ApiDeps } from './deps';

const AT_ONCE = 50;

/**
 * The open orders of a shop that wait for a label, or have one that nobody printed: as lists know them, a second or two behind.
 * What is packed has its label on it.
 */
export async function unprintedOrders({ client, documents }: ApiDeps, shopId: string): Promise<string[]> {
  const query = `ShopId = '${shopId}' AND WorkflowType = '${ORDER_LIFECYCLE}' AND ExecutionStatus = 'Running' AND ${searchAttributes.phase.name} = 'toPack'`;
  const open: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 }))
    open.push(workflowId.slice(workflowId.lastIndexOf(':') + 1));
  const unprinted: string[] = [];
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const some = open.slice(from, from + AT_ONCE);
    const kept = await Promise.all(some.map((orderId) => documents.list(purchasesFolder({ shopId, orderId }))));
    unprinted.push(...some.filter((_, index) => !isPrinted(kept[index] ?? [])));
  }
  return unprinted;
}

/** Every parcel's newest purchase was printed. */
function isPrinted(keys: readonly string[]): boolean {
  const newest = new Map<string, { attempt: number; isPrinted: boolean }>();
  for (const key of keys) {
    const { parcel, attempt, what } = readPurchaseKey(key) ?? {};
    if (parcel === undefined || attempt === undefined) continue;
    const known = newest.get(parcel);
    const found = { attempt, isPrinted: what === 'printed' };
    if (known === undefined || found.attempt > known.attempt) newest.set(parcel, found);
    else if (found.attempt === known.attempt) known.isPrinted ||= found.isPrinted;
  }
  return newest.size > 0 && [...newest.values()].every((purchase) => purchase.isPrinted);
}
