import type { Answer } from '../domain/order/event';
import type { AppealNews } from '../domain/appeal/appeal';
import { summaries } from '../words/order';
import { APPEAL_CASE, appealNews, appealWorkflowId, caseKeyOf, type AppealInput } from '../workflows/messages-appeal';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** Tells the case of a parcel what became of it, and opens the case with the first word. Told twice, it hears it once. */
export async function tellAppeal(
  { neighbours }: Ports,
  { shopId, orderId, at, package: parcel, news }: About & { package: string; news: AppealNews[] },
): Promise<Answer> {
  const caseKey = caseKeyOf(orderId, parcel);
  for (const payload of news) {
    await neighbours.tell({
      workflowType: APPEAL_CASE,
      workflowId: appealWorkflowId(shopId, caseKey),
      shopId,
      at,
      input: { shopId, orderId, caseKey } satisfies AppealInput,
      signal: appealNews,
      payload,
      summary: summaries.appealOf(orderId),
    });
  }
  return { kind: 'told' };
}
