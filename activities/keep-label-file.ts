import type { Answer } from '../domain/order/event';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { labelFileKey, type Purchase } from './purchase-documents';
import { shopOf, type About } from './shop-of';

/** Keeps the file of a label that the platform sold: its address is given for a day only. The first file stands. */
export async function keepLabelFile(ports: Ports, input: About & Purchase & { shipmentId: string }): Promise<Answer> {
  return sorted(async () => {
    const { shop } = await shopOf(ports, input);
    const file = await ports.platformLabelsOf(shop).document?.(input.shipmentId);
    if (file) await ports.documents.putFileIfAbsent(labelFileKey(input), file);
    return { kind: 'saved' };
  });
}
