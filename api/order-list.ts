import { defaultPayloadConverter } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { ORDER_LIFECYCLE, orderWorkflowId, searchAttributes } from '../workflows/messages';
import type { ApiDeps } from './deps';
import { linksOf, type Links } from './links';

/** One order as lists show it: what visibility knows, a second or two behind the order itself. */
export type ListedOrder = {
  shopId: string;
  orderId: string;
  phase: string | null;
  open: boolean;
  attention: string | null;
  nextDeadline: { kind: string; at: string } | null;
  policySet: string | null;
  carrier: string | null;
  trackingNumbers: string[];
  changedAt: string | null;
  links: Links;
};

/** A run that was continued as a new one is the same order once more. */
export const ALL_ORDERS = `WorkflowType = '${ORDER_LIFECYCLE}' AND ExecutionStatus != 'ContinuedAsNew'`;

export const OPEN_ORDERS = `WorkflowType = '${ORDER_LIFECYCLE}' AND ExecutionStatus = 'Running'`;

type Page = { query: string; pageSize: number; token?: Uint8Array | undefined };

/** One page of a visibility query, in the server's order, with the token of the next. */
export async function listOrders(
  deps: ApiDeps,
  { query, pageSize, token }: Page,
): Promise<{ orders: ListedOrder[]; nextToken: Uint8Array | undefined }> {
  const { executions, nextPageToken } = await deps.client.workflowService.listWorkflowExecutions({
    namespace: deps.namespace,
    query,
    pageSize,
    nextPageToken: token ?? null,
  });
  const nextToken = nextPageToken.length > 0 ? nextPageToken : undefined;
  return { orders: executions.map((execution) => listedOrder(deps, execution)), nextToken };
}

/** How many workflows a visibility query finds. */
export async function countOrders({ client }: ApiDeps, query: string): Promise<number> {
  return (await client.workflow.count(query)).count;
}

type Execution = Awaited<ReturnType<Client['workflowService']['listWorkflowExecutions']>>['executions'][number];

/** Number of temporal.api.enums.v1.WorkflowExecutionStatus; the enum is in a package that is not ours to import. */
const RUNNING = 1;

function listedOrder(deps: ApiDeps, { execution, status, searchAttributes: found }: Execution): ListedOrder {
  const valueOf = ({ name }: { name: string }): unknown => {
    const payload = found?.indexedFields?.[name];
    return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
  };
  const textOf = (key: { name: string }): string | null => {
    const value = valueOf(key);
    return typeof value === 'string' ? value : null;
  };
  const ref = refOf(execution?.workflowId ?? '');
  const [kind, at] = [textOf(searchAttributes.nextDeadlineKind), textOf(searchAttributes.nextDeadlineAt)];
  const attention = textOf(searchAttributes.attention);
  const phase = textOf(searchAttributes.phase);
  const open = (status as number | undefined) === RUNNING;
  const numbers = valueOf(searchAttributes.trackingNumbers);
  return {
    ...ref,
    // Ending an order that was delivered writes no phase of its own.
    phase: phase === 'delivered' && !open ? 'closed' : phase,
    open,
    attention: attention === 'none' ? null : attention,
    nextDeadline: kind !== null && at !== null ? { kind, at } : null,
    policySet: textOf(searchAttributes.policySet),
    carrier: textOf(searchAttributes.carrier),
    trackingNumbers: [numbers ?? []].flat().map(String),
    changedAt: textOf(searchAttributes.changedAt),
    links: linksOf(deps, ref),
  };
}

/** The order's name is its workflow's; nothing else in visibility has the order's id. */
function refOf(workflowId: string): { shopId: string; orderId: string } {
  const [, shopId = '', orderId = ''] = workflowId.split(':');
  return workflowId === orderWorkflowId(shopId, orderId) ? { shopId, orderId } : { shopId: '', orderId: workflowId };
}
