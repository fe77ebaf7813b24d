import { isDeepStrictEqual } from 'node:util';
import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import type { OrderFacts } from '../domain/order/facts';
import { allowsWriting, type ParcelScope } from '../domain/order/gate';
import type { LabelChoice, LabelHandle, LabelObjection } from '../domain/order/state';
import { activityWords, dollars } from '../words/activities';
import { labelReasons } from '../words/order';
import { doubtsOfAddress } from './check-address';
import { chooseRate, type RateWish } from './choose-rate';
import { commonParcel } from './common-parcel';
import { gatherRates, type Offer } from './gather-rates';
import { requestOf } from './label-request';
import { marked } from './marked';
import { sorted } from './outcome';
import { parcelOf, type CataloguedParcel } from './parcel-of';
import type { OrderItem, Platform, PlatformOrder, Ports } from './ports';
import { rememberChoice, rememberedChoice, type Chosen, type Purchase } from './purchase-documents';
import { recordsOf } from './records';
import { rememberedQuote, rememberQuote } from './quotes';
import { readOrder, shopOf, type About } from './shop-of';

type Input = About &
  Purchase &
  ParcelScope & {
    /** Carriers whose own labels the order's rule set does not let a seller use. */
    avoid?: string[] | undefined;
    /** The parcel that it was to share is not sent. */
    alone?: true;
    /** What a person wants to be bought, and what objections they have accepted. */
    choice?: LabelChoice;
    accepted?: LabelObjection[];
    /** Up to what price they have, integer cents. */
    acceptedCents?: number;
    /** Until when it is to be delivered. */
    deliverBy?: number;
  };

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
    const choosing = { shop, platform, order: { ...order, facts }, members };
    const handle = await (facts.shippingType === 'platform' ? choosePlatforms : chooseOwn)(ports, input, choosing);
    if ('reason' in handle) return { kind: 'refused', ...handle };
    const chosen = await rememberChoice(ports, input, { handle, ...contentsOf(input, members) });
    return { ...preparedAs(chosen), ...timesOf(facts) };
  });
}

/** Only what is there is written down. */
const contentsOf = ({ itemIds }: Input, members: string[] | undefined): Omit<Chosen, 'handle'> => ({
  ...(itemIds === undefined ? {} : { itemIds }),
  ...(members === undefined ? {} : { members }),
});

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

/** Why nothing is bought by itself. */
type Refusal = { reason: string; objection?: LabelObjection; priceCents?: number };

/** The platform keeps the buyer's address to itself where it ships, and sells the label. */
async function choosePlatforms(ports: Ports, input: Input, choice: Choice): Promise<LabelHandle | Refusal> {
  const { shop } = choice;
  const { parcel } = await parcelOf(ports, shop, await itemsIn(input, choice));
  const shipment = await ports.platformLabelsOf(shop).createShipment(requestOf(input, choice, parcel));
  const offers = shipment.rates.map((rate) => ({ ...rate, account: '', shipmentId: shipment.id }));
  const chosen = chooseRate(offers, wishOf(input, choice));
  if (chosen === undefined) return { reason: labelReasons.noRates };
  const { offer, reason } = chosen;
  // The parcel that was priced is the one that is bought for.
  await rememberQuote(ports, input, { at: input.at, reason, chosen: offer, offers, unrated: [], parcel });
  const refusal = tooDear(input, shop, { priceCents: offer.priceCents, beforeCents: undefined });
  if (refusal !== undefined) return refusal;
  return { ...handleOf({ ...offer, account: FIRST_ACCOUNT }), from: 'platform' };
}

async function chooseOwn(ports: Ports, input: Input, choice: Choice): Promise<LabelHandle | Refusal> {
  const { shop, order } = choice;
  const { facts, recipient } = order;
  if (recipient === undefined) return { reason: activityWords.noAddress(input.orderId) };
  const contents = await parcelOf(ports, shop, await itemsIn(input, choice));
  const about = { orderId: input.orderId, recipient, mark: facts.addressMark };
  const doubts = isAccepted(input, 'address') ? [] : await doubtsOfAddress(ports, shop, about);
  const objection = objectionTo(input, contents, doubts);
  if (objection !== undefined) return objection;
  const { offer, refusal } = await offerFor(ports, input, { ...choice, parcel: contents.parcel });
  if (offer === undefined) return refusal;
  const handle = handleOf(offer);
  return facts.addressMark === undefined ? handle : { ...handle, addressMark: facts.addressMark };
}

const isAccepted = ({ accepted = [] }: Input, objection: LabelObjection): boolean => accepted.includes(objection);

/** What keeps a label from being bought by itself, whatever it costs. */
function objectionTo(input: Input, contents: CataloguedParcel, doubts: string[]): Refusal | undefined {
  const { unweighed, hazardous } = contents;
  if (unweighed.length > 0 && !isAccepted(input, 'weight'))
    return { reason: activityWords.noWeight(unweighed), objection: 'weight' };
  if (hazardous.length > 0 && !isAccepted(input, 'hazmat'))
    return { reason: activityWords.isHazmat(hazardous), objection: 'hazmat' };
  return doubts.length > 0 ? { reason: activityWords.addressDoubtful(doubts), objection: 'address' } : undefined;
}

type Offering = { offer: Offer; refusal?: never } | { offer?: never; refusal: Refusal };

async function offerFor(ports: Ports, input: Input, choice: Choice & { parcel: Shop['parcel'] }): Promise<Offering> {
  const { shop, platform, order, parcel } = choice;
  const about = { shop, orderId: input.orderId, at: input.at };
  const { offers, unrated, passing } = await gatherRates(ports, about, requestOf(input, choice, parcel));
  const avoid = input.avoid ?? [];
  const allowed = offers.filter(({ carrier }) => !avoid.includes(carrier));
  const taken = await takenBy(platform, order.deliveryOptionId);
  const usable = allowed.filter(({ carrier }) => taken === undefined || taken.has(plainName(carrier)));
  const records = (await recordsOf(ports, shop.id))?.services;
  const chosen = chooseRate(usable, { ...wishOf(input, choice), ...(records === undefined ? {} : { records }) });
  // An account that is silent now may have what fits: that is no reason to ask a person.
  if (chosen === undefined && passing !== undefined) throw passing;
  if (chosen === undefined) return { refusal: { reason: whyNone({ input, offers, usable, allowed, taken }) } };
  const { offer, reason } = chosen;
  const beforeCents = await lastPriceOf(ports, input, { offer, parcel });
  await rememberQuote(ports, input, { at: input.at, reason, chosen: offer, offers: usable, unrated, parcel });
  const refusal = tooDear(input, shop, { priceCents: offer.priceCents, beforeCents });
  return refusal === undefined ? { offer } : { refusal };
}

/**
 * What the same label cost when it was asked for before. Another service, another parcel, or what a person chose, is no rise of a
 * price.
 */
async function lastPriceOf(
  ports: Ports,
  input: Input,
  { offer, parcel }: { offer: Offer; parcel: Shop['parcel'] },
): Promise<number | undefined> {
  if (input.choice !== undefined) return undefined;
  for (let attempt = input.attempt - 1; attempt >= 1; attempt -= 1) {
    const quote = await rememberedQuote(ports, { ...input, attempt });
    if (quote === undefined) continue;
    const isSame = isDeepStrictEqual({ ...quote.parcel }, { ...parcel });
    return isSame ? quote.offers.find((before) => isSameService(before, offer))?.priceCents : undefined;
  }
  return undefined;
}

type Service = Pick<Offer, 'account' | 'carrier' | 'service'>;

const isSameService = (one: Service, other: Service): boolean =>
  one.account === other.account && one.carrier === other.carrier && one.service === other.service;

/** A surprise in the price is for a person to accept: what they accepted is accepted up to the price that they saw. */
function tooDear(
  input: Input,
  { labels: { maxPriceCents, maxDriftPercent } }: Shop,
  { priceCents, beforeCents = priceCents }: { priceCents: number; beforeCents: number | undefined },
): Refusal | undefined {
  const price = dollars(priceCents);
  if (input.acceptedCents !== undefined && priceCents <= input.acceptedCents) return undefined;
  if (maxPriceCents !== undefined && priceCents > maxPriceCents)
    return { reason: activityWords.tooDear(price, dollars(maxPriceCents)), objection: 'price', priceCents };
  const isDearer = priceCents * 100 > beforeCents * (100 + maxDriftPercent);
  return isDearer
    ? { reason: activityWords.dearer(price, dollars(beforeCents)), objection: 'drift', priceCents }
    : undefined;
}

const wishOf = ({ at, deliverBy, choice }: Input, { shop }: Choice): RateWish => ({
  shop,
  at,
  ...(deliverBy === undefined ? {} : { deliverBy }),
  ...(choice === undefined ? {} : { choice }),
});

/** The first account's name stands in no history: it is what labels without one are of. */
const handleOf = ({ id: rateId, shipmentId, account, carrier, service, priceCents }: Offer): LabelHandle => ({
  ...{ shipmentId, rateId, carrier, service, priceCents },
  ...(account === FIRST_ACCOUNT ? {} : { account }),
});

/** What is in the parcel, with what it is of: of a common parcel the others' items too. */
async function itemsIn({ itemIds, orderId }: Input, { order, members = [], platform }: Choice): Promise<OrderItem[]> {
  const own = (order.items ?? []).filter(({ id }) => itemIds === undefined || itemIds.includes(id));
  const others = members.length === 0 ? [] : await platform.readOrders(members);
  return [{ orderId, items: own }, ...others].flatMap((one) =>
    (one.items ?? []).map((item) => ({ ...item, orderId: one.orderId })),
  );
}

const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** A number is taken only with a carrier that the platform knows for the order's delivery option: asked before money is spent. */
async function takenBy(platform: Platform, deliveryOptionId: string): Promise<Map<string, string> | undefined> {
  const providers = await platform.shippingProviders(deliveryOptionId);
  return providers.length === 0 ? undefined : new Map(providers.map(({ name }) => [plainName(name), name]));
}

type None = {
  input: Input;
  offers: Offer[];
  allowed: Offer[];
  usable: Offer[];
  taken: Map<string, string> | undefined;
};

function whyNone({ input: { avoid = [], choice }, offers, usable, allowed, taken }: None): string {
  if (offers.length === 0) return labelReasons.noRates;
  if (usable.length > 0) return activityWords.noSuchChoice(Object.values(choice ?? {}).join(' '));
  return allowed.length === 0 || taken === undefined
    ? activityWords.forbidden(avoid)
    : activityWords.noCarrierTaken([...taken.values()]);
}
