import { z } from 'zod';
import { itemIn, withGoods } from './order-items';
import { maskedRecipient } from './order-mask';

/** The platform's order statuses and where each may go (Partner Center, "Order API overview"). */
const NEXT_STATUSES = {
  UNPAID: ['ON_HOLD', 'AWAITING_SHIPMENT', 'CANCELLED'],
  ON_HOLD: ['AWAITING_SHIPMENT', 'CANCELLED'],
  AWAITING_SHIPMENT: ['PARTIALLY_SHIPPING', 'AWAITING_COLLECTION', 'CANCELLED'],
  PARTIALLY_SHIPPING: ['AWAITING_COLLECTION', 'CANCELLED'],
  // A full refund completes an order that is under way; it does not cancel it.
  AWAITING_COLLECTION: ['IN_TRANSIT', 'COMPLETED', 'CANCELLED'],
  IN_TRANSIT: ['DELIVERED', 'COMPLETED', 'CANCELLED'],
  DELIVERED: ['COMPLETED'],
  COMPLETED: [],
  CANCELLED: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderStatus = keyof typeof NEXT_STATUSES;

/** The statuses by name, for schemas. */
export const ORDER_STATUSES = Object.keys(NEXT_STATUSES) as [OrderStatus, ...OrderStatus[]];

/** Whether the platform lets an order go from one status to another. */
export function mayGo(from: OrderStatus, to: OrderStatus): boolean {
  const allowed: readonly OrderStatus[] = NEXT_STATUSES[from];
  return allowed.includes(to);
}

const Seconds = z.int().nonnegative();

const LineItem = z.looseObject({
  id: z.string(),
  display_status: z.string().optional(),
  package_id: z.string().optional(),
  package_status: z.string().optional(),
  tracking_number: z.string().optional(),
  shipping_provider_id: z.string().optional(),
  shipping_provider_name: z.string().optional(),
  sku_id: z.string().optional(),
});

/** The deadlines that the platform sets once the hold is over. */
const SlaAfterHold = z.strictObject({
  rts_sla_time: Seconds.optional(),
  tts_sla_time: Seconds.optional(),
  shipping_due_time: Seconds.optional(),
  collection_due_time: Seconds.optional(),
  cancel_order_sla_time: Seconds.optional(),
  delivery_due_time: Seconds.optional(),
  delivery_sla_time: Seconds.optional(),
});

/** An order as a test places it: the two instants may be left to the shop's clock. Unknown fields are kept. */
export const OrderDraft = z.looseObject({
  id: z.string().min(1),
  status: z.enum(ORDER_STATUSES),
  create_time: Seconds.optional(),
  update_time: Seconds.optional(),
  order_type: z.string().optional(),
  release_date: Seconds.optional(),
  fulfillment_type: z.string().optional(),
  shipping_type: z.string().optional(),
  delivery_option_id: z.string().optional(),
  shipping_due_time: Seconds.optional(),
  collection_due_time: Seconds.optional(),
  rts_time: Seconds.optional(),
  request_cancel_time: Seconds.optional(),
  is_buyer_request_cancel: z.boolean().optional(),
  recipient_address: z.unknown().optional(),
  /** Orders of one group are recommended to go in one parcel; `N/A` where the seller opted out. */
  auto_combine_group_id: z.string().optional(),
  split_or_combine_tag: z.string().optional(),
  tracking_number: z.string().optional(),
  packages: z.array(z.looseObject({ id: z.string() })).optional(),
  line_items: z.array(LineItem).min(1),
  /** No field of the platform's: kept back while the order is on hold and never shown by this name. */
  _sla_after_hold: SlaAfterHold.optional(),
});

/** An order in the platform's own words. */
export type Order = z.infer<typeof OrderDraft> & { create_time: number; update_time: number };

/** Fields of other markets (Partner Center, "Get Order Detail": South-East Asia only): a US shop never sees them. */
const FOREIGN = [
  'pick_up_cut_off_time',
  'recommended_shipping_time',
  'fast_dispatch_sla_time',
  'fulfillment_priority_level',
];

/** The order as the API shows it: no address before the hold has ended, and a masked one where TikTok ships. */
export function shown(order: Order): Order {
  const visible = Object.fromEntries(Object.entries(order).filter(([name]) => !FOREIGN.includes(name))) as Order;
  delete visible._sla_after_hold;
  visible.line_items = order.line_items.map(withGoods);
  if (order.status === 'UNPAID' || order.status === 'ON_HOLD') delete visible.recipient_address;
  else if (isMasked(order)) visible.recipient_address = maskedRecipient(order.recipient_address);
  return visible;
}

function isMasked(order: Order): boolean {
  const isShippedByTikTok = order.shipping_type === 'TIKTOK' || order.fulfillment_type === 'FULFILLMENT_BY_TIKTOK';
  return isShippedByTikTok && order.recipient_address !== undefined;
}

const STAMP: Partial<Record<OrderStatus, string>> = {
  ON_HOLD: 'paid_time',
  AWAITING_COLLECTION: 'rts_time',
  IN_TRANSIT: 'collection_time',
  DELIVERED: 'delivery_time',
  CANCELLED: 'cancel_time',
};

/** The order after a status change at an instant in seconds, with the fields that follow from it. */
export function inStatus(order: Order, status: OrderStatus, atSeconds: number): Order {
  const stamp = STAMP[status];
  return {
    ...touched(order, atSeconds),
    status,
    is_on_hold_order: status === 'ON_HOLD',
    ...(status === 'AWAITING_SHIPMENT' ? order._sla_after_hold : {}),
    ...(stamp === undefined ? {} : { [stamp]: atSeconds }),
    line_items: order.line_items.map((item) => itemIn(item, status)),
  };
}

/** The order as changed at an instant in seconds: its last change never goes back. */
export function touched(order: Order, atSeconds: number): Order {
  return { ...order, update_time: Math.max(order.update_time, atSeconds) };
}

/** The name of the end of an order's hold on its shop's agenda. */
export function holdId(orderId: string): string {
  return `hold:${orderId}`;
}
