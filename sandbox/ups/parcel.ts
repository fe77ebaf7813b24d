import { z } from 'zod';
import { listOf } from './wire';

const Address = z.looseObject({ PostalCode: z.string().min(5), CountryCode: z.string().length(2) });
const Party = z.looseObject({ Address });
const Reference = z.looseObject({ Value: z.string().min(1).max(35) });

const Parcel = z.looseObject({
  PackageWeight: z.looseObject({
    UnitOfMeasurement: z.looseObject({ Code: z.enum(['LBS', 'OZS', 'KGS']) }),
    Weight: z.coerce.number().positive(),
  }),
  ReferenceNumber: z.union([Reference, z.array(Reference)]).optional(),
});

/** A shipment as rating and shipping are both asked for it. */
export const UpsParcels = z.looseObject({
  Shipper: Party.extend({ ShipperNumber: z.string().optional() }),
  ShipTo: Party,
  ShipFrom: Party.optional(),
  Service: z.looseObject({ Code: z.string() }).optional(),
  Package: z.union([Parcel, z.array(Parcel).min(1)]),
  ReferenceNumber: z.union([Reference, z.array(Reference)]).optional(),
  ShipmentRatingOptions: z.looseObject({ NegotiatedRatesIndicator: z.string().optional() }).optional(),
  DeliveryTimeInformation: z
    .looseObject({ Pickup: z.looseObject({ Date: z.string().regex(/^\d{8}$/) }).optional() })
    .optional(),
});

export type UpsParcels = z.infer<typeof UpsParcels>;

const POUNDS: Readonly<Record<'LBS' | 'OZS' | 'KGS', number>> = { LBS: 1, OZS: 1 / 16, KGS: 2.204_62 };

/** The weight of each parcel of a shipment, in pounds. */
export function poundsOf({ Package }: UpsParcels): number[] {
  return listOf(Package).map(
    ({ PackageWeight: { UnitOfMeasurement, Weight } }) => Weight * POUNDS[UnitOfMeasurement.Code],
  );
}

/** All references of a shipment: its own and those of its parcels. */
export function referencesOf({ Package, ReferenceNumber }: UpsParcels): string[] {
  const parcels = listOf(Package).flatMap((parcel) => listOf(parcel.ReferenceNumber ?? []));
  return [...parcels, ...listOf(ReferenceNumber ?? [])].map(({ Value }) => Value);
}

/** Whether the account's own prices are asked for beside the published ones. */
export function isNegotiated({ ShipmentRatingOptions }: UpsParcels): boolean {
  return ShipmentRatingOptions?.NegotiatedRatesIndicator !== undefined;
}

/** Where and how often the request is wrong, and never what it said. */
export function wrongParts(error: z.ZodError): string {
  return `Missing or invalid: ${error.issues.map(({ path }) => path.join('/')).join(', ')}`.slice(0, 150);
}
