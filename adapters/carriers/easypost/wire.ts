import { z } from 'zod';

/** EasyPost API v2, as far as we read it. Money is decimal strings; unknown fields pass. */
const Rate = z.looseObject({
  id: z.string(),
  carrier: z.string(),
  service: z.string(),
  rate: z.string(),
  currency: z.string().default('USD'),
  /** What it costs with the carrier's usual account, and at its counter. */
  list_rate: z.string().nullish(),
  retail_rate: z.string().nullish(),
  delivery_days: z.number().nullish(),
  delivery_date: z.string().nullish(),
});

/** What a carrier has against a shipment, or a pickup. Its text may repeat an address and is not read. */
const Message = z.looseObject({ carrier: z.string().nullish(), type: z.string().nullish() });

export const Shipment = z.looseObject({
  id: z.string(),
  rates: z.array(Rate).default([]),
  messages: z.array(Message).nullish(),
  tracking_code: z.string().nullish(),
  selected_rate: Rate.nullish(),
  postage_label: z
    .looseObject({
      label_url: z.string().nullish(),
      label_file_type: z.string().nullish(),
      label_pdf_url: z.string().nullish(),
      label_zpl_url: z.string().nullish(),
    })
    .nullish(),
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

const instant = z.iso.datetime({ offset: true });

const TrackingDetail = z.looseObject({
  datetime: instant,
  message: z.string().nullish(),
  status: z.string().nullish(),
  status_detail: z.string().nullish(),
  source: z.string().nullish(),
  carrier_code: z.string().nullish(),
});

export const Tracker = z.looseObject({
  tracking_code: z.string().min(1).max(64),
  carrier: z.string().nullish(),
  status: z.string(),
  status_detail: z.string().nullish(),
  updated_at: instant,
  tracking_details: z.array(TrackingDetail).max(1000).default([]),
});
export type Tracker = z.infer<typeof Tracker>;

export const TrackerList = z.looseObject({ trackers: z.array(Tracker) });

const Verification = z.looseObject({
  success: z.boolean(),
  errors: z.array(z.looseObject({ code: z.string().default('') })).default([]),
});

export const VerifiedAddress = z.looseObject({
  street1: z.string().nullish(),
  street2: z.string().nullish(),
  city: z.string().nullish(),
  state: z.string().nullish(),
  zip: z.string().nullish(),
  verifications: z.looseObject({ delivery: Verification.nullish() }).nullish(),
});
export type VerifiedAddress = z.infer<typeof VerifiedAddress>;

const PickupRate = z.looseObject({
  carrier: z.string(),
  service: z.string(),
  rate: z.string(),
  currency: z.string().default('USD'),
});

export const Pickup = z.looseObject({
  id: z.string(),
  status: z.string(),
  reference: z.string().nullish(),
  confirmation: z.string().nullish(),
  pickup_rates: z.array(PickupRate).default([]),
  messages: z.array(Message).nullish(),
});
export type Pickup = z.infer<typeof Pickup>;

export const PickupList = z.looseObject({ pickups: z.array(Pickup), has_more: z.boolean().default(false) });

/** The account's owner, of whom only the wallet is read. */
export const Owner = z.object({ balance: z.string() });
