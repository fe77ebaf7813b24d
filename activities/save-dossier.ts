import type { Answer } from '../domain/order/event';
import type { Ports } from './ports';
import type { About } from './shop-of';

/** Where all that is worth keeping of a finished order lies after Temporal has forgotten it. */
export const dossierKey = ({ shopId, orderId }: Pick<About, 'shopId' | 'orderId'>): string =>
  `orders/${shopId}/${orderId}/dossier`;

/** Keeps the dossier. The first one stands: an order that is played again after a reset does not rewrite what was kept. */
export async function saveDossier(ports: Ports, input: About & { dossier: unknown }): Promise<Answer> {
  await ports.documents.putIfAbsent(dossierKey(input), JSON.stringify(input.dossier));
  return { kind: 'saved' };
}
