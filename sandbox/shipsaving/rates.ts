import { randomUUID } from 'node:crypto';
import type { Answer } from '../answer';
import type { World } from '../world';
import { carrierAccountsOf, storeNameOf, wantsOrders } from './account';
import type { ShipSavingCall } from './gate';
import { ParcelRequest } from './request';
import { pricesOf, type SavingService, servicesFor } from './services';
import { answer, dollars, INVALID, NO_ORDER, refusal } from './wire';

/** What one service would take for one parcel. */
export type SavingRate = {
  readonly id: string;
  readonly service: SavingService;
  readonly priceCents: number;
  readonly publishedCents: number;
  readonly rebateCents: number;
};

/** A parcel that was rated, with its rates. Nothing is bought. */
export type SavingQuote = {
  readonly id: string;
  readonly request: ParcelRequest;
  readonly rates: readonly SavingRate[];
};

/** Rates a parcel through all carrier accounts, or through the one that is named. */
export function listRates(world: World, call: ShipSavingCall): Answer {
  const quote = quoteOf(world, call);
  if (quote === undefined) return refusal(INVALID);
  const number = quote.request.order?.order_number;
  const isMissing = number !== undefined && world.state.savingOrders.get(call.shopId, number) === undefined;
  if (isMissing && wantsOrders(world, call.shopId)) return refusal(NO_ORDER);
  world.state.savingQuotes.put(call.shopId, quote.id, quote);
  return answer({ rates: quote.rates.map((rate) => shownRate(quote, rate)) });
}

/** The quote that a call asks for, not kept yet; `undefined` where the call is not right. */
export function quoteOf(world: World, { shopId, body }: ShipSavingCall): SavingQuote | undefined {
  const wanted = ParcelRequest.safeParse(body);
  if (!wanted.success) return undefined;
  const { order, carrier, shipments } = wanted.data;
  const isOurStore = order?.store_name === undefined || order.store_name === storeNameOf(world, shopId);
  const account = carrierAccountsOf(shopId).find(({ token }) => token === carrier?.carrier_token);
  if (!isOurStore || (carrier?.carrier_token !== undefined && account === undefined)) return undefined;
  const services = servicesFor(shipments[0].weight).filter(
    (one) => account === undefined || one.carrier === account.carrier,
  );
  const uuid = randomUUID();
  const rates = services.map((service, index) => ({
    id: rateId(uuid, index),
    service,
    ...pricesOf(service, shipments[0].weight),
  }));
  return { id: quoteId(uuid), request: wanted.data, rates };
}

/** A rate by its id, with the parcel it was made for. */
export function findRate(
  world: World,
  shopId: string,
  id: string,
): { request: ParcelRequest; rate: SavingRate } | undefined {
  const quote = world.state.savingQuotes.get(shopId, quoteId(id.replace(/^rate_/, '')));
  const rate = quote?.rates.find((one) => one.id === id);
  return quote === undefined || rate === undefined ? undefined : { request: quote.request, rate };
}

// A rate's id differs from its parcel's in its last two digits alone: so the parcel is found without a search.
function quoteId(uuid: string): string {
  return `ship_${uuid.slice(0, -2)}00`;
}

function rateId(uuid: string, index: number): string {
  return `rate_${uuid.slice(0, -2)}${(index + 1).toString(16).padStart(2, '0')}`;
}

function shownRate(quote: SavingQuote, { id, service, priceCents, publishedCents, rebateCents }: SavingRate): unknown {
  return {
    shipment_id: quote.id,
    rate_id: id,
    provider: 'shipsaving',
    account_name: service.carrier,
    carrier: service.carrier,
    service: service.serviceType.toUpperCase(),
    service_type: service.serviceType,
    package: 'PACKAGE',
    package_type: 'my_package',
    delivery_days: String(service.days),
    published_rate: dollars(publishedCents),
    rate: dollars(priceCents),
    rebate: dollars(rebateCents),
  };
}
