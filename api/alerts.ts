import { WorkflowNotFoundError } from '@temporalio/client';
import { untilHeard } from '../engine/send-update';
import { alertDeskWorkflowId, alertList, acknowledgeAlert } from '../workflows/messages-alerts';
import type {
  AcknowledgeInput,
  AcknowledgeVerdict,
  AlertListInput,
  AlertListView,
  AlertView,
} from '../workflows/messages-alerts';
import type { ApiDeps } from './deps';
import { linksOf } from './links';
import { workerProblem } from './temporal-failures';

/** An alert as lists show it. `order` and `temporal` are null where it is about no single order. */
export type ListedAlert = AlertView & {
  shopId: string;
  links: { order: string | null; temporal: string | null; acknowledge: string };
};

export function listedAlert(deps: ApiDeps, shopId: string, alert: AlertView): ListedAlert {
  const order = alert.orderId === '' ? undefined : linksOf(deps, { shopId, orderId: alert.orderId });
  const acknowledge = `/v1/alerts/${shopId}/acknowledge`;
  return {
    ...alert,
    shopId,
    links: { order: order?.self ?? null, temporal: order?.temporal ?? null, acknowledge },
  };
}

/** The alerts of a shop as its desk tells them; a shop that was never told anything has no desk, and none. */
export async function alertsOf({ client }: ApiDeps, shopId: string, wish: AlertListInput): Promise<AlertListView> {
  try {
    return await client.workflow.getHandle(alertDeskWorkflowId(shopId)).query(alertList, wish);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { shopId, alerts: [], count: 0 };
    throw workerProblem(error);
  }
}

type Acknowledging = { shopId: string; updateId: string; input: AcknowledgeInput };

/**
 * Says that somebody sees to an alert, and waits for the desk's verdict.
 *
 * @returns Undefined where the shop has no desk.
 */
export async function acknowledge(
  { client }: ApiDeps,
  { shopId, updateId, input }: Acknowledging,
): Promise<AcknowledgeVerdict | undefined> {
  try {
    const desk = client.workflow.getHandle(alertDeskWorkflowId(shopId));
    return await untilHeard(() => desk.executeUpdate(acknowledgeAlert, { args: [input], updateId }));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw workerProblem(error);
  }
}
