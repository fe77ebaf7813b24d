import { createHash } from 'node:crypto';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import type { OrderDesk } from '../activities/batch-ports';
import { isUnheard, untilHeard } from '../engine/send-update';
import { orderState, orderWorkflowId, personsUpdates } from '../workflows/messages';

/** A worker that was just killed answers nothing; the batch asks again. */
const ANSWER_WITHIN_MS = 5_000;

/** As the API counts a body that says nothing. */
const NO_BODY = createHash('sha256').update('{}').digest('hex');

/** How a batch asks orders and lets them go on, by client. */
export function orderDeskOf(client: Client): OrderDesk {
  const handleOf = ({ shopId, orderId }: { shopId: string; orderId: string }) =>
    client.workflow.getHandle(orderWorkflowId(shopId, orderId));
  return {
    read: async (order) => {
      try {
        return await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handleOf(order).query(orderState));
      } catch (error) {
        // Whatever else went wrong is nobody's answer about the order.
        return error instanceof WorkflowNotFoundError ? undefined : 'silent';
      }
    },
    approve: async ({ actor, updateId, ...order }) => {
      const input = { actor, bodyHash: NO_BODY };
      try {
        await client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
          untilHeard(() => handleOf(order).executeUpdate(personsUpdates.approveOrder, { args: [input], updateId })),
        );
      } catch (error) {
        // It never came to the order, which still waits for it.
        if (isUnheard(error)) throw error;
        // The order needs no word, or is over: what it says of itself tells the batch.
        if (error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError) return;
        throw error;
      }
    },
  };
}
