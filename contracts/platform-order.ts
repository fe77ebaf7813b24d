import { z } from 'zod';

/** Ids exceed 2^53: they are strings of digits everywhere. */
export const PlatformId = z.string().regex(/^\d{1,20}$/);

const seconds = z.int().min(0).max(99_999_999_999);

/** A time that is not there is absent, null or 0. */
const time = seconds.nullish();

const maybe = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const text = (fallback: string): z.ZodType<string> =>
  z
    .string()
    .nullish()
    .transform((value) => value ?? fallback);

/** The platform's statuses. The last one is spelt `CANCEL` in places: webhooks do it always. */
export const WireStatus = z.enum([
  'UNPAID',
  'ON_HOLD',
  'AWAITING_SHIPMENT',
  'PARTIALLY_SHIPPING',
  'AWAITING_COLLECTION',
  'IN_TRANSIT',
  'DELIVERED',
  'COMPLETED',
  'CANCELLED',
]);
export type WireStatus = z.infer<typeof WireStatus>;

/** One line item is one unit. What a package tells is absent until it is shipped. */
const LineItem = z.looseObject({
  id: PlatformId,
  display_status: z.string().nullish(),
  cancel_user: z.string().nullish(),
  sku_id: z.string().nullish(),
  seller_sku: z.string().nullish(),
  tracking_number: z.string().nullish(),
  package_id: z.string().nullish(),
  shipping_provider_name: z.string().nullish(),
});
export type WireLineItem = z.infer<typeof LineItem>;

/**
 * One order as TikTok Shop's order detail (202309) tells it: the fields that we read. Times are Unix seconds, money is decimal
 * strings, unknown fields pass. Source: TikTok's generated SDK, `GetOrderDetailResponseDataOrders`.
 */
export const WireOrder = z.looseObject({
  id: PlatformId,
  status: z.preprocess((word) => (word === 'CANCEL' ? 'CANCELLED' : word), WireStatus),
  order_type: text(''),
  fulfillment_type: text('FULFILLMENT_BY_SELLER'),
  shipping_type: text('SELLER'),
  delivery_option_id: text(''),
  /** Which of the seller's warehouses it leaves from. */
  warehouse_id: maybe,
  create_time: seconds,
  update_time: seconds,
  is_on_hold_order: z.boolean().nullish(),
  is_buyer_request_cancel: z
    .boolean()
    .nullish()
    .transform((isAsked) => isAsked ?? false),
  /** When a pre-order is released for handling. */
  release_date: time,
  handling_duration: z.looseObject({ days: z.string(), type: z.string() }).nullish(),
  cancellation_initiator: z.string().nullish(),
  cancel_reason: z.string().nullish(),
  rts_sla_time: time,
  tts_sla_time: time,
  shipping_due_time: time,
  collection_due_time: time,
  delivery_due_time: time,
  delivery_sla_time: time,
  /** When the platform cancels the order, whatever for. */
  cancel_order_sla_time: time,
  delivery_time: time,
  is_sample_order: z.boolean().nullish(),
  is_replacement_order: z.boolean().nullish(),
  is_exchange_order: z.boolean().nullish(),
  /** `N/A` where the seller does not want any combined. */
  auto_combine_group_id: z.string().nullish(),
  tracking_number: maybe,
  shipping_provider: maybe,
  recipient_address: z.looseObject({}).nullish(),
  line_items: z.array(LineItem).min(1).max(500),
});
export type WireOrder = z.infer<typeof WireOrder>;

/** What a caller may leave out of an order that it places: the platform fills these in itself. */
export const NewOrder = WireOrder.partial({ create_time: true, update_time: true });
export type NewOrder = z.infer<typeof NewOrder>;
