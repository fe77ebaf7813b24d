import { onTimePercent, type CarrierRecord } from '../contracts/carrier-record';
import type { Shop } from '../contracts/shop';
import type { LabelChoice } from '../domain/order/state';
import type { ChoiceReason } from '../words/choice';
import type { Offer } from './gather-rates';

/** What a label is to be, beyond the shop's rule. */
export type RateWish = {
  shop: Pick<Shop, 'labels' | 'maxTransitDays'>;
  /** The order's own time, and until when the parcel is to be delivered, epoch milliseconds. */
  at: number;
  deliverBy?: number;
  choice?: LabelChoice;
  /** Our own record of the services, for the rule that goes by it. */
  records?: readonly CarrierRecord[];
};

/** `reason` is a key of the catalogue of reasons. */
export type ChosenRate = { offer: Offer; reason: ChoiceReason };

/**
 * The one to buy; undefined where none fits a person's choice, or nothing is offered. A person's choice narrows first, then the
 * deadline does: a rule chooses among what arrives in time. Where nothing does, speed is all that counts. The same offers give the
 * same choice, in whatever order carriers answered.
 */
export function chooseRate(offers: readonly Offer[], wish: RateWish): ChosenRate | undefined {
  const { choice = {} } = wish;
  const wanted = offers.filter((offer) => isWanted(offer, choice));
  const ranks = new Map([...new Set(offers.map(({ account }) => account))].map((name, rank) => [name, rank]));
  const scene: Scene = { wish, byPrice: (a, b) => priceOrder(a, b, { wish, ranks }) };
  const inTime = wanted.filter((offer) => arrivesInTime(offer, wish));
  const chosen = inTime.length === 0 ? fastestOf(wanted, scene, 'late') : RULES[ruleOf(wish)](inTime, scene);
  if (chosen === undefined) return undefined;
  const isPersons = Object.keys(choice).length > 0;
  return isPersons ? { ...chosen, reason: 'person' } : chosen;
}

const ruleOf = ({ shop }: RateWish): Shop['labels']['rule'] => shop.labels.rule;

/** Carriers' names are typed by people: capitals make no difference. */
const isSame = (a: string | undefined, b: string): boolean => a === undefined || a.toLowerCase() === b.toLowerCase();

const isWanted = (offer: Offer, { account, carrier, service }: LabelChoice): boolean =>
  (account === undefined || account === offer.account) &&
  isSame(carrier, offer.carrier) &&
  isSame(service, offer.service);

const DAY_MS = 24 * 3_600_000;

/** Days until delivery; a carrier that promises nothing counts as the slowest. */
function daysOf({ deliveryDays, deliverBy }: Offer, at: number): number {
  if (deliveryDays !== null) return deliveryDays;
  return deliverBy === undefined ? Infinity : Math.max(0, Math.ceil((deliverBy - at) / DAY_MS));
}

/** A deadline is met strictly before its instant. Carriers count their days from the mailing; weekends are in their promise. */
function arrivesInTime(offer: Offer, { shop, at, deliverBy }: RateWish): boolean {
  const days = daysOf(offer, at);
  if (deliverBy === undefined) return days <= shop.maxTransitDays;
  return (offer.deliverBy ?? at + days * DAY_MS) < deliverBy;
}

type Order = (a: Offer, b: Offer) => number;
type Scene = { wish: RateWish; byPrice: Order };

const plainOrder = (a: string | number, b: string | number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Price, then speed, then the owner's order of accounts, then names: nothing is left to chance. */
function priceOrder(
  a: Offer,
  b: Offer,
  { wish: { at }, ranks }: { wish: RateWish; ranks: Map<string, number> },
): number {
  const rank = ({ account }: Offer): number => ranks.get(account) ?? Infinity;
  return (
    plainOrder(a.priceCents, b.priceCents) ||
    plainOrder(daysOf(a, at), daysOf(b, at)) ||
    plainOrder(rank(a), rank(b)) ||
    plainOrder(a.service, b.service) ||
    plainOrder(a.carrier, b.carrier) ||
    plainOrder(a.id, b.id)
  );
}

const firstOf = (offers: readonly Offer[], order: Order, reason: ChoiceReason): ChosenRate | undefined => {
  const [offer] = [...offers].sort(order);
  return offer && { offer, reason };
};

const cheapestOf = (offers: readonly Offer[], { byPrice }: Scene, reason: ChoiceReason): ChosenRate | undefined =>
  firstOf(offers, byPrice, reason);

function fastestOf(offers: readonly Offer[], scene: Scene, reason: ChoiceReason): ChosenRate | undefined {
  const { byPrice, wish } = scene;
  const order: Order = (a, b) => plainOrder(daysOf(a, wish.at), daysOf(b, wish.at)) || byPrice(a, b);
  return firstOf(offers, order, reason);
}

/** What may be bought without a person, where there is any: a rule that does not go by price must not run into the cap. */
function underCap(offers: readonly Offer[], { wish: { shop } }: Scene): readonly Offer[] {
  const { maxPriceCents = Infinity } = shop.labels;
  const affordable = offers.filter(({ priceCents }) => priceCents <= maxPriceCents);
  return affordable.length === 0 ? offers : affordable;
}

type Rule = (inTime: readonly Offer[], scene: Scene) => ChosenRate | undefined;

const RULES: Record<Shop['labels']['rule'], Rule> = {
  cheapest: (inTime, scene) => cheapestOf(inTime, scene, 'cheapest'),
  fastest: (inTime, scene) => fastestOf(underCap(inTime, scene), scene, 'fastest'),
  preferred: (inTime, scene) =>
    preferredOf(underCap(inTime, scene), scene) ?? cheapestOf(inTime, scene, 'preferredMissing'),
  reliable: (inTime, scene) => mostReliableOf(underCap(inTime, scene), scene),
};

function preferredOf(offers: readonly Offer[], scene: Scene): ChosenRate | undefined {
  for (const { account, carrier, service } of scene.wish.shop.labels.preferred) {
    const wish: LabelChoice = { carrier, ...(account ? { account } : {}), ...(service ? { service } : {}) };
    const chosen = cheapestOf(
      offers.filter((offer) => isWanted(offer, wish)),
      scene,
      'preferred',
    );
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

/**
 * A service of which too little is known counts as the average of those that are known: it is tried before a bad one and not before
 * a good one. Shares that round to the same percent are as good.
 */
function mostReliableOf(offers: readonly Offer[], scene: Scene): ChosenRate | undefined {
  const known = knownShares(scene.wish.records ?? []);
  if (known.size === 0) return cheapestOf(offers, scene, 'reliableUnknown');
  const average = Math.round([...known.values()].reduce((sum, share) => sum + share, 0) / known.size);
  const shareOf = (offer: Offer): number => known.get(serviceKey(offer)) ?? average;
  return firstOf(offers, (a, b) => plainOrder(shareOf(b), shareOf(a)) || scene.byPrice(a, b), 'reliable');
}

const serviceKey = ({ carrier, service }: Pick<Offer, 'carrier' | 'service'>): string =>
  JSON.stringify([carrier.toLowerCase(), service.toLowerCase()]);

const knownShares = (records: readonly CarrierRecord[]): Map<string, number> =>
  new Map(
    records.flatMap((record): [string, number][] => {
      const share = onTimePercent(record);
      return share === undefined ? [] : [[serviceKey(record), share]];
    }),
  );
