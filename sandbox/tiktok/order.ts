import { z } from 'zod';

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
  is_buyer_request_cancel: z.boolean().optional(),
  recipient_address: z.unknown().optional(),
  packages: z.array(z.looseObject({ id: z.string() })).optional(),
  line_items: z.array(LineItem).min(1),
  /** No field of the platform's: kept back while the order is on hold and never shown by this name. */
  _sla_after_hold: SlaAfterHold.optional(),
});

/** An order in the platform's own words. */
export type Order = z.infer<typeof OrderDraft> & { create_time: number; update_time: number };

/** The order as the API shows it: TikTok gives no address before the hold has ended. */
export function shown(order: Order): Order {
  const visible = { ...order };
  delete visible._sla_after_hold;
  if (order.status === 'UNPAID' || order.status === 'ON_HOLD') delete visible.recipient_address;
  return visible;
}

const PACKAGE_STATUS: Partial<Record<OrderStatus, string>> = {
  AWAITING_COLLECTION: 'PROCESSING',
  IN_TRANSIT: 'FULFILLING',
  DELIVERED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
};

const STAMP: Partial<Record<OrderStatus, string>> = {
  ON_HOLD: 'paid_time',
  AWAITING_COLLECTION: 'rts_time',
  IN_TRANSIT: 'collection_time',
  DELIVERED: 'delivery_time',
  CANCELLED: 'cancel_time',
};

/** The order after a status change at an instant in seconds, with the fields that follow from it. */
export function inStatus(order: Order, status: OrderStatus, atSeconds: number): Order {
  const packageStatus = PACKAGE_STATUS[status];
  const stamp = STAMP[status];
  return {
    ...order,
    status,
    update_time: Math.max(order.update_time, atSeconds),
    is_on_hold_order: status === 'ON_HOLD',
    ...(status === 'AWAITING_SHIPMENT' ? order._sla_after_hold : {}),
    ...(stamp === undefined ? {} : { [stamp]: atSeconds }),
    line_items: order.line_items.map((item) => ({
      ...item,
      display_status: status,
      ...(item.package_id === undefined || packageStatus === undefined ? {} : { package_status: packageStatus }),
    })),
  };
}

/** The name of the end of an order's hold on its shop's agenda. */
export function holdId(orderId: string): string {
  return `hold:${orderId}`;
}
