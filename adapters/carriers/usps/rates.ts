import type { Rate, ShipmentRequest } from '../../../activities/carrier-ports';
import { DAY_MS } from '../../../domain/time/days';
import { END_OF_DAY_MINUTES, latestArrival } from '../arrival';
import { zipOf } from './address';
import { rateIdOf, type ChosenRate } from './rate-id';
import { poundsOf } from './parcel';
import type { UspsAt } from './client';
import type { PricingOption, RateOption } from './wire';

/** What is sold to anybody, in the seller's own packaging. The names are those that EasyPost gives the same services. */
const SERVICES: Partial<Record<string, string>> = {
  USPS_GROUND_ADVANTAGE: 'GroundAdvantage',
  PRIORITY_MAIL: 'Priority',
  PRIORITY_MAIL_EXPRESS: 'Express',
};

/** Single piece, by size, cubic: the rest is USPS's own boxes and envelopes, or presorted mail. Source: USPS Labels API 3.9.13. */
const OWN_PACKAGING = ['SP', 'PA', 'DR', 'DN', 'OS', 'CP'];

const NO_ENTRY_FACILITY = 'NONE';

export const cents = (dollars: number): number => Math.round(dollars * 100);

/** Prices and days in one asking: the account's, and beside it what everybody pays. */
export function optionsBody({ account }: UspsAt, { from, to, parcel, mailingDate }: ShipmentRequest): object {
  return {
    originZIPCode: zipOf(from['zip']),
    destinationZIPCode: zipOf(to?.zip),
    destinationEntryFacilityType: NO_ENTRY_FACILITY,
    packageDescription: {
      weight: poundsOf(parcel.weightOz),
      length: parcel.lengthIn,
      width: parcel.widthIn,
      height: parcel.heightIn,
      mailClass: 'ALL',
      ...(mailingDate === undefined ? {} : { mailingDate }),
    },
    pricingOptions: [
      { priceType: 'COMMERCIAL', paymentAccount: { accountType: 'EPS', accountNumber: account.accountNumber } },
      { priceType: 'RETAIL' },
    ],
  };
}

/** The rates that can be bought, each once: USPS tells one class under several rate indicators, the cheapest counts. */
export function ratesOf(pricing: readonly PricingOption[], request: ShipmentRequest): Rate[] {
  const commercial = pricing.find(({ priceType }) => priceType !== 'RETAIL');
  const retail = pricing.find(({ priceType }) => priceType === 'RETAIL');
  const lists = new Map(offersIn(retail, request).map((offer) => [offer.service, offer.priceCents]));
  const cheapest = new Map<string, Rate>();
  for (const offer of offersIn(commercial, request)) {
    const known = cheapest.get(offer.service);
    if (known === undefined || offer.priceCents < known.priceCents) cheapest.set(offer.service, offer);
  }
  return [...cheapest.values()].map((offer) => {
    const listCents = lists.get(offer.service);
    return listCents === undefined ? offer : { ...offer, listCents };
  });
}

function offersIn(pricing: PricingOption | undefined, request: ShipmentRequest): Rate[] {
  return (pricing?.shippingOptions ?? []).flatMap(({ mailClass, rateOptions }) =>
    rateOptions.flatMap((option) => offerOf(option, mailClass, request)),
  );
}

function offerOf(option: RateOption, outerClass: string | undefined, request: ShipmentRequest): Rate[] {
  const [rate = {}] = option.rates;
  const mailClass = rate.mailClass ?? outerClass ?? '';
  const price = option.totalBasePrice ?? option.totalPrice;
  const service = SERVICES[mailClass];
  if (service === undefined || price === undefined || !isForAnybody(rate)) return [];
  const id = rateIdOf(chosenOf({ ...rate, mailClass }, request));
  return id === undefined
    ? []
    : [{ id, carrier: 'USPS', service, priceCents: cents(price), ...arrivalOf(option, request) }];
}

type OneRate = RateOption['rates'][number];

const chosenOf = (
  { mailClass = '', rateIndicator = '', processingCategory = '' }: OneRate,
  { mailingDate = '', format = 'pdf' }: ShipmentRequest,
): ChosenRate => ({ mailClass, rateIndicator, processingCategory, mailingDate, format });

/** In packaging of the seller's own, and brought in at any post office. */
const isForAnybody = ({
  rateIndicator = '',
  destinationEntryFacilityType: entry = NO_ENTRY_FACILITY,
}: OneRate): boolean => OWN_PACKAGING.includes(rateIndicator) && entry === NO_ENTRY_FACILITY;

function arrivalOf({ commitment }: RateOption, request: ShipmentRequest): Pick<Rate, 'deliveryDays' | 'deliverBy'> {
  const date = (commitment?.scheduleDeliveryDate ?? commitment?.expectedDeliveryDate)?.slice(0, 10);
  const deliverBy = date === undefined ? undefined : latestArrival(date, END_OF_DAY_MINUTES, request.to?.state);
  return {
    deliveryDays: daysOf(commitment?.name, date, request.mailingDate),
    ...(deliverBy === undefined ? {} : { deliverBy }),
  };
}

/** "3 Days", or else what lies between the two dates. */
function daysOf(name = '', date = '', mailingDate = ''): number | null {
  const named = /^(\d+)[- ]day/i.exec(name)?.[1];
  if (named !== undefined) return Number(named);
  const days = Math.round((Date.parse(date) - Date.parse(mailingDate)) / DAY_MS);
  return Number.isFinite(days) && days >= 0 ? days : null;
}
