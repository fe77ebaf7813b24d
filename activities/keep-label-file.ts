import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import { sorted } from './outcome';
import type { LabelProvider, Ports } from './ports';
import { labelFileKey, rememberedBought, rememberedChoice, type Purchase } from './purchase-documents';
import { labelsFor, shopOf, type About } from './shop-of';

/** Keeps the file of a label: its address is given for a while only. The first file stands. */
export async function keepLabelFile(ports: Ports, input: About & Purchase & { shipmentId: string }): Promise<Answer> {
  return sorted(async () => {
    const { shop } = await shopOf(ports, input);
    // What was chosen before labels of the seller's own had files was the platform's.
    const source = (await rememberedChoice(ports, input))?.handle ?? { from: 'platform' as const };
    const labels = labelsFor(ports, shop, source);
    const trackingNumber = (await rememberedBought(ports, input))?.trackingNumber ?? '';
    await keepFile(ports, input, { shop, labels, shipmentId: input.shipmentId, trackingNumber });
    return { kind: 'saved' };
  });
}

type Keeping = { shop: Shop; labels: LabelProvider; shipmentId: string; trackingNumber: string };

/** Keeps the file of a label, where its provider gives it. */
export async function keepFile(
  { documents }: Ports,
  purchase: Purchase,
  { shop, labels, shipmentId, trackingNumber }: Keeping,
): Promise<void> {
  const file = await labels.document?.({ shipmentId, trackingNumber, format: shop.labels.format });
  if (file !== undefined) await documents.putFileIfAbsent(labelFileKey(purchase, file.format), file.bytes);
}
