import { prefixedId } from '../ids';
import type { Carrier } from './tracking-number';
import { instant } from './wire';

export type Rate = {
  readonly id: string;
  readonly object: 'Rate';
  readonly created_at: string;
  readonly updated_at: string;
  readonly mode: 'test';
  readonly service: string;
  readonly carrier: Carrier;
  /** Money is a decimal string on this wire. */
  readonly rate: string;
  readonly currency: 'USD';
  readonly retail_rate: string;
  readonly retail_currency: 'USD';
  readonly list_rate: string;
  readonly list_currency: 'USD';
  readonly billing_type: 'easypost';
  readonly delivery_days: number;
  readonly delivery_date: null;
  readonly delivery_date_guaranteed: false;
  readonly est_delivery_days: number;
  readonly shipment_id: string;
  readonly carrier_account_id: string;
};

export type RateMessage = {
  readonly carrier: Carrier;
  readonly carrier_account_id: string;
  readonly type: 'rate_error';
  readonly message: string;
};

/** What the carriers answer to a parcel. */
export type Rating = { readonly rates: readonly Rate[]; readonly messages: readonly RateMessage[] };

type Service = {
  readonly carrier: Carrier;
  readonly service: string;
  readonly baseCents: number;
  readonly centsPerPound: number;
  readonly days: number;
};

// The prices are this sandbox's own: near enough to choose by, and the same for the same weight.
const SERVICES: readonly Service[] = [
  { carrier: 'USPS', service: 'GroundAdvantage', baseCents: 480, centsPerPound: 65, days: 3 },
  { carrier: 'USPS', service: 'Priority', baseCents: 790, centsPerPound: 95, days: 2 },
  { carrier: 'USPS', service: 'Express', baseCents: 2_950, centsPerPound: 310, days: 1 },
  { carrier: 'UPS', service: 'Ground', baseCents: 845, centsPerPound: 55, days: 4 },
  { carrier: 'UPS', service: '2ndDayAir', baseCents: 1_780, centsPerPound: 175, days: 2 },
  { carrier: 'UPS', service: 'NextDayAirSaver', baseCents: 3_890, centsPerPound: 340, days: 1 },
  { carrier: 'FedEx', service: 'FEDEX_GROUND', baseCents: 868, centsPerPound: 58, days: 4 },
  { carrier: 'FedEx', service: 'FEDEX_2_DAY', baseCents: 1_810, centsPerPound: 182, days: 2 },
  { carrier: 'DHLeCommerce', service: 'DHLParcelGround', baseCents: 561, centsPerPound: 72, days: 5 },
];

/** The carriers of an account that nobody has added one to. */
const USUAL_CARRIERS: readonly Carrier[] = ['USPS', 'UPS'];
const ALL_CARRIERS: readonly Carrier[] = [...USUAL_CARRIERS, 'FedEx', 'DHLeCommerce'];

const ACCOUNTS: Readonly<Record<Carrier, string>> = {
  USPS: 'ca_00000000000000000000000000000001',
  UPS: 'ca_00000000000000000000000000000002',
  FedEx: 'ca_00000000000000000000000000000003',
  DHLeCommerce: 'ca_00000000000000000000000000000004',
};

const HEAVIEST_OUNCES: Readonly<Record<Carrier, number>> = {
  USPS: 70 * 16,
  UPS: 150 * 16,
  FedEx: 150 * 16,
  DHLeCommerce: 25 * 16,
};

const OUNCES_PER_POUND = 16;

/** When a parcel is rated, and whether the account has FedEx and DHL eCommerce beside USPS and UPS. */
export type RatingTerms = { readonly at: number; readonly hasMoreCarriers: boolean };

/** What every carrier would take for a parcel, and what they have against it. */
export function ratesFor(shipmentId: string, weightOunces: number, { at, hasMoreCarriers }: RatingTerms): Rating {
  const carriers = hasMoreCarriers ? ALL_CARRIERS : USUAL_CARRIERS;
  const refusing = carriers.filter((carrier) => weightOunces > HEAVIEST_OUNCES[carrier]);
  const messages = refusing.map((carrier) => ({
    carrier,
    carrier_account_id: ACCOUNTS[carrier],
    type: 'rate_error' as const,
    message: `Parcel weight exceeds the maximum of ${HEAVIEST_OUNCES[carrier] / OUNCES_PER_POUND} lbs.`,
  }));
  const services = SERVICES.filter(({ carrier }) => carriers.includes(carrier) && !refusing.includes(carrier));
  return { rates: services.map((service) => rateOf(service, { shipmentId, weightOunces, at })), messages };
}

/** What comes back when no carrier is to be reached: a shipment all the same, with nothing to buy. */
export function noRates(): Rating {
  const message = 'Unable to retrieve rates from the carrier.';
  return { rates: [], messages: [{ carrier: 'USPS', carrier_account_id: ACCOUNTS.USPS, type: 'rate_error', message }] };
}

/** A money string in cents. */
export function centsOf(money: string): number {
  return Math.round(Number(money) * 100);
}

type Parcel = { readonly shipmentId: string; readonly weightOunces: number; readonly at: number };

function rateOf(service: Service, { shipmentId, weightOunces, at }: Parcel): Rate {
  const cents = service.baseCents + service.centsPerPound * Math.ceil(weightOunces / OUNCES_PER_POUND);
  return {
    id: prefixedId('rate'),
    object: 'Rate',
    created_at: instant(at),
    updated_at: instant(at),
    mode: 'test',
    service: service.service,
    carrier: service.carrier,
    rate: money(cents),
    currency: 'USD',
    retail_rate: money(Math.round(cents * 1.4)),
    retail_currency: 'USD',
    list_rate: money(Math.round(cents * 1.1)),
    list_currency: 'USD',
    billing_type: 'easypost',
    delivery_days: service.days,
    delivery_date: null,
    delivery_date_guaranteed: false,
    est_delivery_days: service.days,
    shipment_id: shipmentId,
    carrier_account_id: ACCOUNTS[service.carrier],
  };
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
