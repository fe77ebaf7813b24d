import { WorkflowNotFoundError } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { OrderView } from '../../domain/order/view';
import { details } from '../../words/api';
import { orderState, orderWorkflowId } from '../../workflows/messages';
import type { ApiDeps } from '../deps';
import { orderIdOfPath, shopOfPath } from '../door';
import { linksOf } from '../links';
import type { OrderRef } from '../orders';
import { Problem } from '../problem';
import { workerProblem } from '../temporal-failures';

const READ_WITHIN_MS = 5_000;

/** The workflow behind an order, as Temporal knows it. */
type WorkflowView = { id: string; runId: string; status: string };

/** `GET /v1/orders/:shopId/:orderId`: one order as its workflow tells it, also after its end. */
export function readOrder(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const ref = { shopId, orderId: orderIdOfPath(req) };
    const read = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () => askOrder(deps, ref));
    // The platform did not know it: such a workflow ends at once and is no order.
    if (read === undefined || read.view.outcome === 'unknownOrder') {
      throw new Problem('unknown-order', details.unknownOrder(ref.orderId));
    }
    res.json({ ...read.view, workflow: read.workflow, links: linksOf(deps, ref) });
  };
}

async function askOrder(
  { client }: ApiDeps,
  { shopId, orderId }: OrderRef,
): Promise<{ view: OrderView; workflow: WorkflowView } | undefined> {
  const handle = client.workflow.getHandle(orderWorkflowId(shopId, orderId));
  try {
    const [view, { workflowId, runId, status }] = await Promise.all([handle.query(orderState), handle.describe()]);
    return { view, workflow: { id: workflowId, runId, status: status.name } };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw workerProblem(error);
  }
}
