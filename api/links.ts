import { orderWorkflowId } from '../workflows/messages';
import type { ApiDeps } from './deps';

/** Where an order is read: here, and in the Temporal UI. */
export type Links = { self: string; temporal: string };

export function linksOf(
  { temporalUiUrl, namespace }: Pick<ApiDeps, 'temporalUiUrl' | 'namespace'>,
  { shopId, orderId }: { shopId: string; orderId: string },
): Links {
  const workflow = encodeURIComponent(orderWorkflowId(shopId, orderId));
  const ui = temporalUiUrl.replace(/\/+$/, '');
  return {
    self: `/v1/orders/${shopId}/${orderId}`,
    temporal: `${ui}/namespaces/${encodeURIComponent(namespace)}/workflows/${workflow}`,
  };
}
