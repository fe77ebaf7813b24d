import type { AlertNews } from '../domain/alerts/alert';
import type { Answer } from '../domain/order/event';
import { deskFailures } from '../words/alerts';
import { summaries } from '../words/order';
import { ALERT_DESK, alertDeskWorkflowId, alertsRaised, type AlertDeskInput } from '../workflows/messages-alerts';
import type { Ports } from './ports';
import type { About } from './shop-of';

/**
 * Tells the shop's alert desk what is pressing and what is settled. Told twice, it raises once. A desk has no end of its own: one
 * that somebody terminated is begun again, so that nobody goes by alerts that nobody hears.
 * @throws where the desk was not told all the same.
 */
export async function tellDesk(
  { neighbours }: Ports,
  { shopId, at, news }: Omit<About, 'orderId'> & { news: AlertNews },
): Promise<Answer> {
  const told = await neighbours.tell({
    workflowType: ALERT_DESK,
    workflowId: alertDeskWorkflowId(shopId),
    shopId,
    at,
    input: { shopId } satisfies AlertDeskInput,
    signal: alertsRaised,
    payload: news,
    mayBeginAgain: true,
    summary: summaries.alertDesk,
  });
  if (told === 'over') throw new Error(deskFailures.over(shopId));
  return { kind: 'told' };
}
