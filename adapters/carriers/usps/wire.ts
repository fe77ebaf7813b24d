import { z } from 'zod';

/** USPS APIs v3, as far as we read them. Money is numbers of dollars, weights are pounds; unknown fields pass. */
export const Token = z.looseObject({
  access_token: z.string().min(1),
  /** Seconds, as a number or as text. */
  expires_in: z.coerce.number().positive(),
});

export const PaymentAuthorization = z.looseObject({ paymentAuthorizationToken: z.string().min(1) });

const Rate = z.looseObject({
  mailClass: z.string().optional(),
  rateIndicator: z.string().optional(),
  processingCategory: z.string().optional(),
  destinationEntryFacilityType: z.string().optional(),
});

const RateOption = z.looseObject({
  totalPrice: z.number().optional(),
  totalBasePrice: z.number().optional(),
  commitment: z
    .looseObject({
      name: z.string().optional(),
      scheduleDeliveryDate: z.string().optional(),
      expectedDeliveryDate: z.string().optional(),
    })
    .optional(),
  rates: z.array(Rate).default([]),
});
export type RateOption = z.infer<typeof RateOption>;

const PricingOption = z.looseObject({
  priceType: z.string().optional(),
  shippingOptions: z
    .array(z.looseObject({ mailClass: z.string().optional(), rateOptions: z.array(RateOption).default([]) }))
    .default([]),
});
export type PricingOption = z.infer<typeof PricingOption>;

export const Options = z.looseObject({ pricingOptions: z.array(PricingOption).default([]) });

/** `postage` is what was charged without fees; an image is base64. */
export const Label = z.looseObject({
  trackingNumber: z.string().min(1),
  postage: z.number().optional(),
  fees: z.array(z.looseObject({ price: z.number().default(0) })).default([]),
  labelImage: z.string().optional(),
});
export type Label = z.infer<typeof Label>;

/** A label that is printed again: what it is stands beside the image, or in an object of its own. */
export const Reprinted = z.looseObject({
  labelImage: z.string().min(1),
  labelMetadata: z.looseObject({}).optional(),
});

export const Cancelled = z.looseObject({
  trackingNumber: z.string().optional(),
  status: z.enum(['CANCELED', 'DISPUTED']),
});

export const ScanForm = z.looseObject({
  manifestNumber: z.string().min(1),
  trackingNumbers: z.array(z.string()).default([]),
  SCANFormImage: z.string().min(1),
});

export const Tracking = z.looseObject({
  trackingEvents: z
    .array(
      z.looseObject({
        eventCode: z.string().default(''),
        /** Has a zone; `eventTimestamp` beside it is the local time and has none. */
        GMTTimestamp: z.string().optional(),
      }),
    )
    .default([]),
});

export const Pickup = z.looseObject({
  confirmationNumber: z.string().min(1),
  pickupDate: z.string().optional(),
});

export const ErrorBody = z.looseObject({
  error: z.looseObject({
    code: z.coerce.string().default(''),
    message: z.string().default(''),
    errors: z
      .array(
        z.looseObject({
          code: z.coerce.string().default(''),
          title: z.string().default(''),
          detail: z.string().default(''),
          source: z.looseObject({ parameter: z.string().default('') }).optional(),
        }),
      )
      .default([]),
  }),
});
export type UspsProblem = z.infer<typeof ErrorBody>['error']['errors'][number];
