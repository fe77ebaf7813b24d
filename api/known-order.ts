import { WorkflowNotFoundError } from '@temporalio/client';
import { purchasesFolder } from '../contracts/label-documents';
import { details } from '../words/api';
import { orderState, orderWorkflowId } from '../workflows/messages';
import type { ApiDeps } from './deps';
import type { OrderRef } from './orders';
import { Problem } from './problem';
import { isNotNow } from './temporal-failures';

const LOOK_WITHIN_MS = 5_000;

/**
 * That there is such an order, by its documents or by Temporal.
 * @throws Problem `unknown-order` where neither knows it.
 */
export async function mustBeKnown(deps: ApiDeps, ref: OrderRef): Promise<void> {
  const kept = await Promise.all([
    deps.documents.list(purchasesFolder(ref)),
    // Its dossier lies there: what is left of an order whose workflow Temporal has forgotten.
    deps.documents.list(`orders/${ref.shopId}/${ref.orderId}`),
  ]);
  if (kept.flat().length > 0) return;
  const isKnown = await deps.client.withDeadline(Date.now() + LOOK_WITHIN_MS, () => isInTemporal(deps, ref));
  if (!isKnown) throw new Problem('unknown-order', details.unknownOrder(ref.orderId));
}

/** The platform may not have known it: such a workflow ends at once and is no order. */
async function isInTemporal({ client }: ApiDeps, { shopId, orderId }: OrderRef): Promise<boolean> {
  const handle = client.workflow.getHandle(orderWorkflowId(shopId, orderId));
  try {
    if ((await handle.describe()).status.name === 'RUNNING') return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
  try {
    return (await handle.query(orderState)).outcome !== 'unknownOrder';
  } catch (error) {
    // It is there, and no worker tells of it now.
    if (isNotNow(error)) return true;
    throw error;
  }
}
