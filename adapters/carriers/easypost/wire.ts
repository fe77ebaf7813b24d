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
  scan_form: z.looseObject({ id: z.string() }).nullish(),
});
export type Shipment = z.infer<typeof Shipment>;

export const ScanForm = z.looseObject({
  id: z.string(),
  status: z.enum(['creating', 'created', 'failed']),
  tracking_codes: z.array(z.string()).default([]),
  /** The number under the barcode; null until the form is made. */
  confirmation: z.string().nullish(),
  form_url: z.string().nullish(),
});
export type ScanForm = z.infer<typeof ScanForm>;

export const ScanFormList = z.looseObject({ scan_forms: z.array(ScanForm), has_more: z.boolean().default(false) });

export const ErrorBody = z.looseObject({ error: z.looseObject({ code: z.string().default('') }) });
