import { z } from 'zod';
import { WireOrder } from '../../contracts/platform-order';

/** The platform's shapes, as far as we read them; unknown fields pass. Every answer has this envelope; code 0 is success. */
export const Envelope = z.looseObject({ code: z.int(), message: z.string().default(''), data: z.unknown().optional() });

export const OrdersData = z.looseObject({ orders: z.array(WireOrder).default([]) });

export const ProvidersData = z.looseObject({
  shipping_providers: z.array(z.looseObject({ id: z.string(), name: z.string() })).default([]),
});

export const MarkShippedData = z.looseObject({
  package_id: z.string().optional(),
  warning: z.looseObject({ message: z.string() }).nullish(),
});

/** An order's address, where the platform shows it to us. */
export const Recipient = z.looseObject({
  name: z.string().default(''),
  phone_number: z.string().default(''),
  region_code: z.string().default('US'),
  postal_code: z.string().default(''),
  address_line1: z.string().default(''),
  address_line2: z.string().default(''),
  district_info: z
    .array(z.looseObject({ address_level: z.string().default(''), address_name: z.string().default('') }))
    .default([]),
});

export const ServicesData = z.looseObject({
  shipping_services: z
    .array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        price: z.string(),
        currency: z.string().default('USD'),
        latest_delivery_days: z.coerce.number().nullish(),
        shipping_provider_name: z.string().default(''),
      }),
    )
    .default([]),
});

export const CreatedPackageData = z.looseObject({
  package_id: z.string(),
  shipping_service_info: z.looseObject({ price: z.string().default('0') }).nullish(),
});

export const PackageData = z.looseObject({
  package_id: z.string(),
  package_status: z.string().default(''),
  tracking_number: z.string().default(''),
  shipping_provider_name: z.string().default(''),
});

export const DocumentData = z.looseObject({ doc_url: z.url(), tracking_number: z.string().default('') });
