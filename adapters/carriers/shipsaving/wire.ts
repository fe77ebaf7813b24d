import { z } from 'zod';

/** ShipSaving Open API v2, as far as we read it. Money is numbers of dollars, but for the balance; unknown fields pass. */
const Rate = z.looseObject({
  rate_id: z.string().min(1),
  carrier: z.string(),
  service: z.string(),
  /** A number in the publication, a string in its example. */
  delivery_days: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,2}$/)
        .transform(Number),
    ])
    .nullish()
    .catch(null),
  rate: z.number(),
  published_rate: z.number().nullish(),
});
export type Rate = z.infer<typeof Rate>;

export const RateList = z.looseObject({ rates: z.array(Rate) });

/** `label_url` of a purchase; its order's list says `label_urls`. */
export const Purchased = z.looseObject({
  tracking_code: z.string().min(1),
  carrier: z.string(),
  rate: z.number(),
});
export type Purchased = z.infer<typeof Purchased>;

const Label = z.looseObject({
  tracking_code: z.string().min(1),
  carrier: z.string(),
  rate: z.number().nullish(),
  label_urls: z.array(z.string()).nullish(),
  /** Published for purchases; of a label that was given back nothing is published. */
  label_status: z.string().nullish(),
});
export type Label = z.infer<typeof Label>;

export const LabelList = z.array(Label);

export const Voided = z.looseObject({ tracking_code: z.string().nullish() });

export const OrderCreated = z.looseObject({ order_number: z.string() });

export const ScanForm = z.looseObject({ url: z.string().min(1) });

const Found = z.array(z.looseObject({ code: z.string().default('') })).default([]);

export const CheckedAddress = z.looseObject({
  street: z.string().nullish(),
  street2: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  zip: z.string().nullish(),
  errored: z.boolean().default(false),
  corrected: z.boolean().default(false),
  errors: Found,
  corrections: Found,
});
export type CheckedAddress = z.infer<typeof CheckedAddress>;

export const Balance = z.looseObject({
  balance: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ]),
});

/** There are no codes: one sentence, which may repeat what we sent. It is sorted by, and told to nobody. */
export const ErrorBody = z.looseObject({ message: z.string() });
