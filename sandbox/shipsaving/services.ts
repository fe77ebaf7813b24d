import { digits, hex } from '../ids';
import { newTrackingNumber } from '../easypost/tracking-number';

/** Carriers as ShipSaving names them. */
export const SAVING_CARRIERS = ['USPS', 'UPS', 'FEDEX', 'DHL'] as const;

export type SavingCarrier = (typeof SAVING_CARRIERS)[number];

/** A service that an account sells. */
export type SavingService = {
  readonly carrier: SavingCarrier;
  /** In lower case as an order asks for it, in upper case as a rate shows it. */
  readonly serviceType: string;
  readonly baseCents: number;
  readonly centsPerPound: number;
  readonly days: number;
};

// The prices are this sandbox's own: near enough to choose by, and the same for the same weight.
const SERVICES: readonly SavingService[] = [
  { carrier: 'USPS', serviceType: 'usps_ground_advantage', baseCents: 472, centsPerPound: 63, days: 3 },
  { carrier: 'USPS', serviceType: 'usps_priority', baseCents: 781, centsPerPound: 94, days: 2 },
  { carrier: 'USPS', serviceType: 'usps_priority_express', baseCents: 2_920, centsPerPound: 308, days: 1 },
  { carrier: 'UPS', serviceType: 'ups_ground', baseCents: 812, centsPerPound: 54, days: 4 },
  { carrier: 'UPS', serviceType: 'ups_2nd_day_air', baseCents: 1_702, centsPerPound: 171, days: 2 },
  { carrier: 'FEDEX', serviceType: 'fedex_ground', baseCents: 835, centsPerPound: 57, days: 4 },
  { carrier: 'FEDEX', serviceType: 'fedex_2_day', baseCents: 1_745, centsPerPound: 180, days: 2 },
  { carrier: 'DHL', serviceType: 'dhl_ecommerce_parcel_ground', baseCents: 569, centsPerPound: 71, days: 5 },
];

const HEAVIEST_POUNDS: Readonly<Record<SavingCarrier, number>> = { USPS: 70, UPS: 150, FEDEX: 150, DHL: 25 };

/** The services that take a parcel of so many pounds. */
export function servicesFor(pounds: number): SavingService[] {
  return SERVICES.filter(({ carrier }) => pounds <= HEAVIEST_POUNDS[carrier]);
}

/** What a parcel costs, before and after the discount, and what is given back of it later. */
export function pricesOf(
  service: SavingService,
  pounds: number,
): { priceCents: number; publishedCents: number; rebateCents: number } {
  const priceCents = service.baseCents + service.centsPerPound * Math.ceil(pounds);
  return { priceCents, publishedCents: Math.round(priceCents * 1.45), rebateCents: Math.round(priceCents * 0.02) };
}

/** A fresh tracking number of a carrier. DHL eCommerce's is the form of the published examples: 30 signs of hex. */
export function numberOf(carrier: SavingCarrier): string {
  if (carrier === 'DHL') return hex(30).toUpperCase();
  return carrier === 'FEDEX' ? digits(12) : newTrackingNumber(carrier);
}
