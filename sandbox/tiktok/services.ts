import type { Carrier } from '../easypost/tracking-number';
import { SHIPPING_PROVIDERS, type ShippingProvider } from './providers';

/** A service that TikTok sells labels of. */
export type ShippingService = {
  readonly id: string;
  readonly name: string;
  readonly carrier: Carrier;
  readonly provider: ShippingProvider;
  readonly baseCents: number;
  readonly centsPerPound: number;
  readonly earliestDays: number;
  readonly latestDays: number;
  readonly isDefault: boolean;
};

// The ids and prices are this sandbox's own: the same weight has the same price for ever.
export const SHIPPING_SERVICES: readonly ShippingService[] = [
  {
    id: '7208502187360519982',
    name: 'USPS Ground Advantage',
    carrier: 'USPS',
    provider: providerNamed('USPS'),
    baseCents: 435,
    centsPerPound: 65,
    earliestDays: 2,
    latestDays: 5,
    isDefault: true,
  },
  {
    id: '7208502187360519983',
    name: 'UPS 2nd Day Air',
    carrier: 'UPS',
    provider: providerNamed('UPS'),
    baseCents: 1_190,
    centsPerPound: 140,
    earliestDays: 2,
    latestDays: 2,
    isDefault: false,
  },
];

/** A weight as this wire writes it. */
export type Weight = { readonly value: string; readonly unit: 'GRAM' | 'POUND' };

const GRAMS_PER_POUND = 453.592_37;

/** The service of an id, or the default one where none is named. */
export function serviceOf(id: string | undefined): ShippingService | undefined {
  return SHIPPING_SERVICES.find((service) => (id === undefined ? service.isDefault : service.id === id));
}

/** What a parcel costs. One that was not weighed counts as a pound. */
export function priceCentsOf(service: ShippingService, weight: Weight = { value: '1', unit: 'POUND' }): number {
  const pounds = Number(weight.value) / (weight.unit === 'GRAM' ? GRAMS_PER_POUND : 1);
  return service.baseCents + service.centsPerPound * Math.ceil(pounds);
}

/** A service with its price for a parcel, as the wire shows it. */
export function shownService(service: ShippingService, weight: Weight | undefined): Record<string, unknown> {
  return {
    id: service.id,
    name: service.name,
    price: (priceCentsOf(service, weight) / 100).toFixed(2),
    currency: 'USD',
    earliest_delivery_days: service.earliestDays,
    latest_delivery_days: service.latestDays,
    is_default: service.isDefault,
    shipping_provider_id: service.provider.id,
    shipping_provider_name: service.provider.name,
  };
}

function providerNamed(name: string): ShippingProvider {
  const provider = SHIPPING_PROVIDERS.find((one) => one.name === name);
  if (provider === undefined) throw new Error(`providers.ts has no ${name}`);
  return provider;
}
