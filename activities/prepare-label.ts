import { z } from 'zod';
import type { Answer } from '../domain/order/event';
import { allowsWriting } from '../domain/order/gate';
import type { LabelHandle } from '../domain/order/state';
import { activityWords } from '../words/activities';
import { chooseRate } from './choose-rate';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { readOrder, shopOf, type About } from './shop-of';

const Handle = z.object({
  shipmentId: z.string(),
  rateId: z.string(),
  carrier: z.string(),
  service: z.string(),
  priceCents: z.int(),
});

type Purchase = About & { package: string; attempt: number };

/** Under which key a purchase is remembered, from before any money is spent. */
const purchaseKey = ({ shopId, orderId, package: parcel, attempt }: Purchase): string =>
  `labels/${shopId}/${orderId}/${parcel}-${attempt}`;

/** The reference that the provider keeps for us: shop, order, package, attempt. */
const referenceOf = ({ shopId, orderId, package: parcel, attempt }: Purchase): string =>
  `${shopId}:${orderId}:${parcel}:${attempt}`;

/**
 * Chooses what to buy and spends nothing. What was chosen is written down before the purchase, put-if-absent: however often
 * this runs for one attempt, by a retry, a reset or a second worker, one shipment alone can be bought.
 */
export async function prepareLabel(ports: Ports, input: Purchase): Promise<Answer> {
  return sorted(async () => {
    const earlier = await rememberedHandle(ports, input);
    if (earlier !== undefined) return { kind: 'prepared', handle: earlier };
    const { shop, platform, labels } = await shopOf(ports, input);
    const { facts, recipient } = await readOrder(platform, input);
    if (!allowsWriting(facts)) return { kind: 'orderChanged' };
    if (recipient === undefined) return { kind: 'refused', reason: activityWords.noAddress(input.orderId) };
    const reference = referenceOf(input);
    const shipment = await labels.createShipment({
      reference,
      to: recipient,
      from: shop.shipFrom.address,
      parcel: shop.parcel,
    });
    const rate = chooseRate(shipment.rates, shop.maxTransitDays);
    if (rate === undefined) return { kind: 'refused', reason: activityWords.noRates };
    const { id: rateId, carrier, service, priceCents } = rate;
    const handle: LabelHandle = { shipmentId: shipment.id, rateId, carrier, service, priceCents };
    if (await ports.documents.putIfAbsent(purchaseKey(input), JSON.stringify(handle)))
      return { kind: 'prepared', handle };
    return { kind: 'prepared', handle: (await rememberedHandle(ports, input)) ?? handle };
  });
}

async function rememberedHandle(ports: Ports, input: Purchase): Promise<LabelHandle | undefined> {
  const text = await ports.documents.get(purchaseKey(input));
  return text === undefined ? undefined : Handle.parse(JSON.parse(text));
}
