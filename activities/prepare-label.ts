import type { Answer } from '../domain/order/event';
import { allowsWriting } from '../domain/order/gate';
import type { LabelHandle } from '../domain/order/state';
import { activityWords } from '../words/activities';
import { labelReasons } from '../words/order';
import { chooseRate } from './choose-rate';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { rememberedHandle, rememberHandle, type Purchase } from './purchase-documents';
import { readOrder, shopOf, type About } from './shop-of';

type Input = About & Purchase;

/** The reference that the provider keeps for us: shop, order, package, attempt. */
const referenceOf = ({ shopId, orderId, package: parcel, attempt }: Purchase): string =>
  `${shopId}:${orderId}:${parcel}:${attempt}`;

/**
 * Chooses what to buy and spends nothing. What was chosen is written down before the purchase, put-if-absent: however often
 * this runs for one attempt, by a retry, a reset or a second worker, one shipment alone can be bought.
 */
export async function prepareLabel(ports: Ports, input: Input): Promise<Answer> {
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
    if (rate === undefined) return { kind: 'refused', reason: labelReasons.noRates };
    const { id: rateId, carrier, service, priceCents } = rate;
    const handle: LabelHandle = { shipmentId: shipment.id, rateId, carrier, service, priceCents };
    const { platformTimes } = facts;
    const isNamed = Object.keys(platformTimes).length > 0;
    const remembered = await rememberHandle(ports, input, handle);
    return { kind: 'prepared', handle: remembered, ...(isNamed ? { platformTimes } : {}) };
  });
}
