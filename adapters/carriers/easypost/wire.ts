import { z } from 'zod';

/** EasyPost API v2, as far as we read it. Money is decimal strings; unknown fields pass. */
const Rate = z.looseObject({
  id: z.string(),
  carrier: z.string(),
  service: z.string(),
  rate: z.string(),
  currency: z.string().default('USD'),
  delivery_days: z.number().nullish(),
});

export const Shipment = z.looseObject({
  id: z.string(),
  rates: z.array(Rate).default([]),
  tracking_code: z.string().nullish(),
  selected_rate: Rate.nullish(),
  postage_label: z.looseObject({}).nullish(),
  refund_status: z.string().nullish(),
});
export type Shipment = z.infer<typeof Shipment>;

export const ErrorBody = z.looseObject({ error: z.looseObject({ code: z.string().default('') }) });
