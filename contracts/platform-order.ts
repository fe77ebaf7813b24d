import { z } from 'zod';

/** Ids exceed 2^53: they are strings of digits everywhere. */
export const PlatformId = z.string().regex(/^\d{1,20}$/);

const seconds = z.int().min(0).max(99_999_999_999);

/** The platform's statuses. Webhooks spell the last one `CANCEL`. */
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

const LineItem = z.looseObject({
  id: PlatformId,
  sku_id: z.string().optional(),
  seller_sku: z.string().optional(),
  tracking_number: z.string().optional(),
  package_id: z.string().optional(),
  shipping_provider_name: z.string().optional(),
});

/**
 * One order as TikTok Shop's order detail (202309) tells it: the fields that we read. Times are Unix seconds, money is decimal
 * strings, unknown fields pass. Source: TikTok's generated SDK, `GetOrderDetailResponseDataOrders`.
 */
export const WireOrder = z.looseObject({
  id: PlatformId,
  status: WireStatus,
  order_type: z.string().default(''),
  fulfillment_type: z.string().default('FULFILLMENT_BY_SELLER'),
  shipping_type: z.string().default('SELLER'),
  delivery_option_id: z.string().default(''),
  create_time: seconds,
  update_time: seconds,
  is_on_hold_order: z.boolean().optional(),
  is_buyer_request_cancel: z.boolean().default(false),
  /** When a pre-order is released for handling. */
  release_date: seconds.optional(),
  handling_duration: z.looseObject({ days: z.string(), type: z.string() }).nullish(),
  cancellation_initiator: z.string().optional(),
  cancel_reason: z.string().default(''),
  rts_sla_time: seconds.optional(),
  tts_sla_time: seconds.optional(),
  shipping_due_time: seconds.optional(),
  collection_due_time: seconds.optional(),
  delivery_due_time: seconds.optional(),
  delivery_sla_time: seconds.optional(),
  tracking_number: z.string().optional(),
  shipping_provider: z.string().optional(),
  recipient_address: z.looseObject({}).optional(),
  line_items: z.array(LineItem).min(1).max(500),
});
export type WireOrder = z.infer<typeof WireOrder>;

/** What a caller may leave out of an order that it places: the platform fills these in itself. */
export const NewOrder = WireOrder.partial({ create_time: true, update_time: true });
export type NewOrder = z.infer<typeof NewOrder>;
