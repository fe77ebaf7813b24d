import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionInfo,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Neighbours, OpenOrder } from '../activities/ports';
import { startFieldsAt, startingWith } from '../engine/start-ahead';
import { ORDER_LIFECYCLE, orderState, orderWorkflowId, searchAttributes } from '../workflows/messages';

/** How the workflows of one task queue speak to each other: by client, from activities. */
export function neighboursOf(
  client: Client,
  taskQueue: string,
  isPlayed: (shopId: string) => Promise<boolean>,
): Neighbours {
  return {
    tell: async ({ workflowType, workflowId, shopId, at, input, signal, payload, summary, mayBeginAgain }) => {
      // A workflow that a client starts lives in the real now; that of a shop whose time is played must live in the shop's.
      const starter = startingWith(client, (await isPlayed(shopId)) ? startFieldsAt(at) : undefined);
      try {
        await starter.signalWithStart(workflowType, {
          workflowId,
          taskQueue,
          args: [input],
          signal: signal.name,
          signalArgs: [payload],
          // What came to its end stays closed; what somebody terminated is taken up again.
          workflowIdReusePolicy: mayBeginAgain === true ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowIdConflictPolicy: 'USE_EXISTING',
          typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
          staticSummary: summary,
        });
        return 'told';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'over';
        throw error;
      }
    },
    openOrders: async (shopId) => {
      const orders: OpenOrder[] = [];
      // Ids are digits: nothing has to be quoted.
      const query = `ShopId = '${shopId}' AND WorkflowType = '${ORDER_LIFECYCLE}' AND ExecutionStatus = 'Running'`;
      for await (const listed of client.workflow.list({ query, pageSize: 1_000 })) orders.push(openOrderOf(listed));
      return orders;
    },
    readOrderState: orderStateBy(client),
    signal: async ({ workflowId, signal, payload }) => {
      try {
        await client.workflow.getHandle(workflowId).signal(signal.name, payload);
        return 'told';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'over';
        throw error;
      }
    },
  };
}

const orderStateBy =
  (client: Client): Neighbours['readOrderState'] =>
  async (shopId, orderId) => {
    try {
      return await client.workflow.getHandle(orderWorkflowId(shopId, orderId)).query(orderState);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  };

function openOrderOf({ workflowId, typedSearchAttributes: known }: WorkflowExecutionInfo): OpenOrder {
  const changedAt = known.get(searchAttributes.changedAt)?.getTime();
  return {
    orderId: workflowId.slice(workflowId.lastIndexOf(':') + 1),
    phase: known.get(searchAttributes.phase) ?? '',
    trackingNumbers: known.get(searchAttributes.trackingNumbers) ?? [],
    ...(changedAt === undefined ? {} : { changedAt }),
    ...optional('shipFrom', known.get(searchAttributes.shipFrom)),
    ...optional('carrier', known.get(searchAttributes.carrier)),
    ...optional('attention', known.get(searchAttributes.attention)),
  };
}

const optional = <Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> =>
  value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, string>>);
