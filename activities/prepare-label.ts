import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import type { OrderFacts } from '../domain/order/facts';
import { allowsWriting, type ParcelScope } from '../domain/order/gate';
import type { LabelHandle } from '../domain/order/state';
import { activityWords } from '../words/activities';
import { labelReasons } from '../words/order';
import { chooseRate } from './choose-rate';
import { commonParcel } from './common-parcel';
import { marked } from './marked';
import { sorted } from './outcome';
import type { Platform, PlatformOrder, Ports, Rate, ShipmentRequest } from './ports';
import { rememberChoice, rememberedChoice, type Chosen, type Purchase } from './purchase-documents';
import { labelsFor, readOrder, shopOf, type About } from './shop-of';

type Input = About &
  Purchase &
  ParcelScope & {
    /** Carriers whose own labels the order's rule set does not let a seller use. */
    avoid?: string[] | undefined;
    /** The parcel that it was to share is not sent. */
    alone?: true;
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
    const { shop, platform } = await shopOf(ports, input);
    const earlier = await rememberedChoice(ports, input);
    if (earlier !== undefined) return isForTheseItems(earlier, input) ? preparedAs(earlier) : { kind: 'reRate' };
    const order = await readOrder(platform, input);
    const facts = marked(ports, order);
    if (!allowsWriting(facts, input)) return { kind: 'orderChanged' };
    const group = await commonParcel(ports, { shop, platform, facts, input });
    if (group !== undefined && group.owner !== input.orderId) return { kind: 'shared', owner: group.owner };
    const members = group?.members;
    const handle = await choose(ports, input, { shop, platform, order: { ...order, facts }, members });
    if (typeof handle === 'string') return { kind: 'refused', reason: handle };
    const { itemIds } = input;
    const more = { ...(itemIds === undefined ? {} : { itemIds }), ...(members === undefined ? {} : { members }) };
    const chosen = await rememberChoice(ports, input, { handle, ...more });
    return { ...preparedAs(chosen), ...timesOf(facts) };
  });
}

/** What was chosen under this attempt may have been for other items: an order that begins anew may count its parcels otherwise. */
const isForTheseItems = ({ itemIds }: Chosen, input: Input): boolean =>
  JSON.stringify([...(itemIds ?? [])].sort()) === JSON.stringify([...(input.itemIds ?? [])].sort());

const preparedAs = ({ handle, members }: Chosen): Extract<Answer, { kind: 'prepared' }> => ({
  kind: 'prepared',
  handle,
  ...(members === undefined ? {} : { members }),
});

/** The platform names its deadlines after the hold, which is now. */
const timesOf = ({ platformTimes }: OrderFacts): { platformTimes?: OrderFacts['platformTimes'] } =>
  Object.keys(platformTimes).length > 0 ? { platformTimes } : {};

type Choice = { shop: Shop; platform: Platform; order: PlatformOrder; members: string[] | undefined };

/** What to buy, or why nothing can be. */
async function choose(ports: Ports, input: Input, choice: Choice): Promise<LabelHandle | string> {
  const { shop, platform, order } = choice;
  const { facts, recipient } = order;
  const isPlatforms = facts.shippingType === 'platform';
  // The platform keeps the buyer's address to itself where it ships.
  if (recipient === undefined && !isPlatforms) return activityWords.noAddress(input.orderId);
  const shipment = await labelsFor(ports, shop, facts.shippingType).createShipment(requestOf(input, choice));
  const avoid = isPlatforms ? [] : (input.avoid ?? []);
  const allowed = shipment.rates.filter(({ carrier }) => !avoid.includes(carrier));
  const taken = isPlatforms ? undefined : await takenBy(platform, order.deliveryOptionId);
  const usable = allowed.filter(({ carrier }) => taken === undefined || taken.has(plainName(carrier)));
  const rate = chooseRate(usable, shop.maxTransitDays);
  if (rate === undefined) return whyNone(shipment.rates, { avoid, allowed, taken });
  const { id: rateId, carrier, service, priceCents } = rate;
  const handle: LabelHandle = { shipmentId: shipment.id, rateId, carrier, service, priceCents };
  if (isPlatforms) return { ...handle, from: 'platform' };
  return facts.addressMark === undefined ? handle : { ...handle, addressMark: facts.addressMark };
}

function requestOf(input: Input, { shop, order: { facts, recipient }, members }: Choice): ShipmentRequest {
  const isPlatforms = facts.shippingType === 'platform';
  return {
    reference: referenceOf(input),
    orderId: input.orderId,
    ...(input.itemIds === undefined ? {} : { itemIds: input.itemIds }),
    ...(members === undefined ? {} : { withOrders: members }),
    ...(recipient === undefined || isPlatforms ? {} : { to: recipient }),
    from: shop.shipFrom.address,
    parcel: shop.parcel,
  };
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** A number is taken only with a carrier that the platform knows for the order's delivery option: asked before money is spent. */
async function takenBy(platform: Platform, deliveryOptionId: string): Promise<Map<string, string> | undefined> {
  const providers = await platform.shippingProviders(deliveryOptionId);
  return providers.length === 0 ? undefined : new Map(providers.map(({ name }) => [plainName(name), name]));
}

type Refusal = { avoid: string[]; allowed: Rate[]; taken: Map<string, string> | undefined };

function whyNone(rates: Rate[], { avoid, allowed, taken }: Refusal): string {
  if (rates.length === 0) return labelReasons.noRates;
  return allowed.length === 0 || taken === undefined
    ? activityWords.forbidden(avoid)
    : activityWords.noCarrierTaken([...taken.values()]);
}
