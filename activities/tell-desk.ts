import type { AlertNews } from '../domain/alerts/alert';
import type { Answer } from '../domain/order/event';
import { summaries } from '../words/order';
import { ALERT_DESK, alertDeskWorkflowId, alertsRaised, type AlertDeskInput } from '../workflows/messages-alerts';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** Tells the shop's alert desk what is pressing and what is settled. Told twice, it raises once. */
export async function tellDesk(
  { neighbours }: Ports,
  { shopId, at, news }: Omit<About, 'orderId'> & { news: AlertNews },
): Promise<Answer> {
  await neighbours.tell({
    workflowType: ALERT_DESK,
    workflowId: alertDeskWorkflowId(shopId),
    shopId,
    at,
    input: { shopId } satisfies AlertDeskInput,
    signal: alertsRaised,
    payload: news,
    summary: summaries.alertDesk,
  });
  return { kind: 'told' };
}
