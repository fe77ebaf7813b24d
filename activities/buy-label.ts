import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import { FIRST_ACCOUNT } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import type { Answer } from '../domain/order/event';
import type { OrderFacts } from '../domain/order/facts';
import { allowsWriting, type ParcelScope } from '../domain/order/gate';
import { isOther } from '../domain/order/replace';
import type { Handover, LabelHandle } from '../domain/order/state';
import { activityWords, dollars } from '../words/activities';
import { buyThrough } from './buy-through';
import { noteSpend } from './account-spend';
import { keepFile } from './keep-label-file';
import { referenceOf, requestOf } from './label-request';
import { marked } from './marked';
import { sorted } from './outcome';
import type { LabelProvider, Ports, Shipment } from './ports';
import {
  isDoubted,
  isPurchaseBegun,
  isRememberedVoided,
  rememberedBought,
  rememberBought,
  rememberOwner,
  type Purchase,
} from './purchase-documents';
import { rememberedQuote, type Quote } from './quotes';
import { labelsFor, readOrder, writableShop, type About } from './shop-of';

/** `members`: further orders in the parcel. */
type Input = About & Purchase & ParcelScope & { handle: LabelHandle; members?: string[] };

/**
 * Buys one prepared label. Every attempt first reads back whether an earlier one already did; then the order is read again;
 * then one call is made. Two attempts at once cost one label: by the provider's own doing, or by a lease where it charges each call.
 * Where nothing can be read back there is one attempt, and then it is a person's.
 */
export async function buyLabel(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { shop, platform, assertWriting } = await writableShop(ports, input);
    const { handle } = input;
    const labels = labelsFor(ports, shop, handle);
    const sale = { shop, labels };
    const done = await doneBefore(ports, input, sale);
    if (done !== undefined) return done;
    const isBegun = await isPurchaseBegun(ports, input);
    const known = await readBack(ports, input, { labels, isBegun });
    const end = await endOf(ports, input, { ...sale, known, isBegun });
    if (end !== undefined) return end;
    const read = await readOrder(platform, input);
    const order = { ...read, facts: marked(ports, read) };
    const quote = await rememberedQuote(ports, input);
    const hindrance = hindranceOf(input, order.facts, isStale(shop, input, isBegun ? undefined : quote));
    // An earlier attempt may have bought it, though no reading shows that yet: then it has to be given back.
    if (hindrance !== undefined) return isBegun ? { kind: 'orderChanged', mayBeBought: true } : hindrance;
    const request = requestOf(input, { shop, order, members: input.members }, quote?.parcel ?? shop.parcel);
    const purchase = { shipmentId: handle.shipmentId, rateId: handle.rateId, request };
    await assertWriting();
    const bought = await buyThrough(ports, { ...sale, handle, at: input.at, key: keyOf(input) }, purchase);
    return bought === undefined ? lostSightOf(input, request.reference) : keep(ports, input, { ...sale, bought });
  });
}

/** What the reading says already; undefined where it is still to be bought. */
async function endOf(
  ports: Ports,
  input: Input,
  { shop, labels, known, isBegun }: Omit<Sale, 'bought'> & { known: Shipment | undefined; isBegun: boolean },
): Promise<Answer | undefined> {
  if (known?.isPaid === true) return keep(ports, input, { shop, labels, bought: known });
  if (known !== undefined) return undefined;
  // What was prepared is gone: where money may be spent on it a person finds that out, else it is prepared anew.
  return isBegun ? lostSightOf(input, referenceOf(input)) : { kind: 'reRate' };
}

/**
 * The reading before each call. Once a call was made, a provider that does not let us look, or does not know the shipment any more,
 * has not said that nothing was sold.
 * @returns undefined where it cannot be learned, or where it was never begun and is gone.
 */
async function readBack(
  ports: Ports,
  input: Input,
  { labels, isBegun }: { labels: LabelProvider; isBegun: boolean },
): Promise<Shipment | undefined> {
  try {
    const known = await labels.readShipment(input.handle.shipmentId);
    if (known !== undefined || !isBegun) return known;
  } catch (error) {
    if (!(error instanceof AdapterError) || !isBegun || !SAYS_NOTHING.includes(error.outcome)) throw error;
  }
  if (await isDoubted(ports, input)) throw unclear('outcomeUnknown', 'not readable');
  return undefined;
}

/** A no to the reading, not to the purchase. */
const SAYS_NOTHING: readonly AdapterOutcome[] = ['refused', 'reRate', 'stale', 'bug'];

/** What we wrote down ourselves is known without asking: of a voided label not every provider says that it was there. */
async function doneBefore(ports: Ports, input: Input, sale: Omit<Sale, 'bought'>): Promise<Answer | undefined> {
  if (input.handle.from === 'platform') return undefined;
  if (await isRememberedVoided(ports, input)) return { kind: 'voided' };
  const label = await rememberedBought(ports, input);
  if (label === undefined) return undefined;
  const { shipmentId: id } = input.handle;
  return keep(ports, input, { ...sale, bought: { id, rates: [], isPaid: true, isVoided: false, label } });
}

/** Why it is not bought now, by what was just read. */
function hindranceOf(input: Input, facts: OrderFacts, isOld: boolean): Answer | undefined {
  const { handle } = input;
  if (!allowsWriting(facts, input) || isForElsewhere(handle, facts)) return { kind: 'orderChanged' };
  if (facts.shippingType !== (handle.from ?? 'seller'))
    return { kind: 'refused', reason: activityWords.shippingTypeChanged };
  return isOld ? { kind: 'reRate' } : undefined;
}

/** Prices hold for some hours; USPS and UPS change theirs at midnight. An asking that is older is repeated, at what it costs then. */
const STALE_MS = 6 * 3_600_000;

/** By now in a live shop: an attempt may come long after its step was begun. Where time is played the order's own is all there is. */
const isStale = ({ kind }: Shop, { at, handle }: Input, quote: Quote | undefined): boolean =>
  handle.from !== 'platform' && quote !== undefined && (kind === 'live' ? Date.now() : at) - quote.at > STALE_MS;

/** It was tried once, and what came of it nobody can read back: everything that a person needs to find out. */
const lostSightOf = ({ handle }: Input, reference: string): Answer => ({
  kind: 'refused',
  objection: 'unclear',
  reason: activityWords.unclear(handle.account ?? FIRST_ACCOUNT, reference, dollars(handle.priceCents)),
});

/** The buyer's address changed after the label was chosen. */
const isForElsewhere = ({ addressMark }: LabelHandle, facts: OrderFacts): boolean =>
  addressMark !== undefined && facts.addressMark !== undefined && isOther(addressMark, facts.addressMark);

const unclear = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'label provider', call: 'buy', code });

type Sale = { shop: Shop; bought: Shipment; labels: LabelProvider };

const keyOf = ({ shopId, orderId, package: parcel, attempt }: Input): Purchase => ({
  ...{ shopId, orderId, package: parcel, attempt },
});

async function keep(ports: Ports, input: Input, sale: Sale): Promise<Answer> {
  const { bought } = sale;
  const { handle } = input;
  if (bought.isVoided) return { kind: 'voided' };
  // Paid for, and the number comes later: asking for another label would be paying twice.
  if (bought.label === undefined)
    throw unclear('outcomeUnknown', bought.isPaid ? 'no tracking number yet' : 'not paid');
  const { trackingNumber, carrier, priceCents = handle.priceCents } = bought.label;
  const purchase = keyOf(input);
  await rememberOwner(ports, trackingNumber, purchase);
  const { service, account } = handle;
  await rememberBought(ports, purchase, {
    ...{ trackingNumber, carrier, service, priceCents, at: input.at },
    ...(account === undefined ? {} : { account }),
  });
  if (handle.from !== 'platform')
    await noteSpend(ports, { ...purchase, account: account ?? FIRST_ACCOUNT, at: input.at, priceCents });
  // Whether its file can be had now says nothing of the purchase: it is fetched by itself where it cannot.
  const isKept = await isFileKept(ports, purchase, { ...sale, trackingNumber });
  const isDearer = priceCents * 100 > handle.priceCents * (100 + sale.shop.labels.maxDriftPercent);
  const answer = {
    ...({ kind: 'bought', trackingNumber, carrier, priceCents } as const),
    ...handoverOf(bought),
    ...(isDearer ? { isDearer } : {}),
  };
  return isKept ? answer : { ...answer, fileMissing: true };
}

/** As the platform has it collected, where it says so. */
const handoverOf = ({ handover }: Shipment): { handover?: Handover } =>
  handover === undefined
    ? {}
    : { handover: { method: handover.method, ...(handover.from === undefined ? {} : { at: handover.from }) } };

async function isFileKept(ports: Ports, purchase: Purchase, sale: Sale & { trackingNumber: string }): Promise<boolean> {
  try {
    await keepFile(ports, purchase, { ...sale, shipmentId: sale.bought.id });
    return true;
  } catch (error) {
    if (error instanceof AdapterError) return false;
    throw error;
  }
}
