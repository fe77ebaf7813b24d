import { z } from 'zod';

const Text = z.string().min(1);

const Address = z.looseObject({ name: Text, street: Text, city: Text, state: Text, zip: Text, country: Text });

const Parcel = z.looseObject({
  length: z.number().positive(),
  width: z.number().positive(),
  height: z.number().positive(),
  /** Pounds. */
  weight: z.number().positive(),
  custom_print1: z.string().optional(),
  custom_print2: z.string().optional(),
});

/** What is to be shipped (the published ShipmentRequest). One parcel a call: of more this sandbox knows nothing. */
export const ParcelRequest = z.looseObject({
  from: Address,
  to: Address,
  shipments: z.tuple([Parcel]),
  order: z
    .looseObject({
      warehouse_name: Text,
      store_name: z.string().optional(),
      order_number: z.string().optional(),
      service_type: z.string().optional(),
      signature: z.enum(['NO_SIGNATURE', 'SIGNATURE', 'ADULT_SIGNATURE']).optional(),
    })
    // "If you use order_number, then the store_name of the order is required."
    .refine((order) => order.order_number === undefined || order.store_name !== undefined)
    .optional(),
  options: z
    .looseObject({
      ship_date: z.iso.datetime({ offset: true }).optional(),
      label_type: z.enum(['png', 'pdf']).optional(),
    })
    .optional(),
  carrier: z.looseObject({ carrier_token: z.string().optional() }).optional(),
});

export type ParcelRequest = z.infer<typeof ParcelRequest>;
