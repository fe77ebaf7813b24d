import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import { allowsWriting } from '../domain/order/gate';
import type { LabelHandle } from '../domain/order/state';
import { activityWords } from '../words/activities';
import { labelReasons } from '../words/order';
import { chooseRate } from './choose-rate';
import { sorted } from './outcome';
import type { PlatformOrder, Ports } from './ports';
import { rememberedHandle, rememberHandle, type Purchase } from './purchase-documents';
import { labelsFor, readOrder, shopOf, type About } from './shop-of';

type Input = About &
  Purchase & {
    /** Carriers whose own labels the order's rule set does not let a seller use. */
    avoid?: string[] | undefined;
  };

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
    const { shop, platform } = await shopOf(ports, input);
    const order = await readOrder(platform, input);
    if (!allowsWriting(order.facts)) return { kind: 'orderChanged' };
    const chosen = await choose(ports, input, { shop, order });
    if (typeof chosen === 'string') return { kind: 'refused', reason: chosen };
    const handle = await rememberHandle(ports, input, chosen);
    const { platformTimes } = order.facts;
    const isNamed = Object.keys(platformTimes).length > 0;
    return { kind: 'prepared', handle, ...(isNamed ? { platformTimes } : {}) };
  });
}

/** What to buy, or why nothing can be. */
async function choose(
  ports: Ports,
  input: Input,
  { shop, order: { facts, recipient } }: { shop: Shop; order: PlatformOrder },
): Promise<LabelHandle | string> {
  const isPlatforms = facts.shippingType === 'platform';
  // The platform keeps the buyer's address to itself where it ships.
  if (recipient === undefined && !isPlatforms) return activityWords.noAddress(input.orderId);
  const shipment = await labelsFor(ports, shop, facts.shippingType).createShipment({
    reference: referenceOf(input),
    orderId: input.orderId,
    ...(recipient === undefined ? {} : { to: recipient }),
    from: shop.shipFrom.address,
    parcel: shop.parcel,
  });
  const avoid = isPlatforms ? [] : (input.avoid ?? []);
  const allowed = shipment.rates.filter(({ carrier }) => !avoid.includes(carrier));
  const rate = chooseRate(allowed, shop.maxTransitDays);
  if (rate === undefined) return shipment.rates.length > 0 ? activityWords.forbidden(avoid) : labelReasons.noRates;
  const { id: rateId, carrier, service, priceCents } = rate;
  const handle: LabelHandle = { shipmentId: shipment.id, rateId, carrier, service, priceCents };
  return isPlatforms ? { ...handle, from: 'platform' } : handle;
}
