import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import { notify } from '../webhooks';
import type { World } from '../world';
import type { Order } from './order';

/** The numbers that TikTok gives its webhook topics. */
const ORDER_STATUS_CHANGE = 1;
const CANCELLATION_STATUS_CHANGE = 11;

/** Sends the webhook of an order's present status. The platform has none for a partly shipped order. */
export function notifyStatus(world: World, shopId: string, order: Order): void {
  if (order.status === 'PARTIALLY_SHIPPING') return;
  write(world, shopId, {
    type: ORDER_STATUS_CHANGE,
    data: {
      is_on_hold_order: order.status === 'ON_HOLD',
      order_id: order.id,
      // The webhook's own spelling; the API says CANCELLED.
      order_status: order.status === 'CANCELLED' ? 'CANCEL' : order.status,
      update_time: order.update_time,
    },
  });
}

/** Sends the webhook of a buyer who asks for a cancellation. */
export function notifyCancelRequest(world: World, shopId: string, order: Order): void {
  write(world, shopId, {
    type: CANCELLATION_STATUS_CHANGE,
    data: {
      order_id: order.id,
      cancellations_role: 'BUYER',
      cancel_status: 'CANCELLATION_REQUEST_PENDING',
      cancel_id: digits(19),
      create_time: order.update_time,
    },
  });
}

type Topic = {
  readonly type: number;
  readonly data: { readonly order_id: string } & Readonly<Record<string, unknown>>;
};

function write(world: World, shopId: string, { type, data }: Topic): void {
  const body = { type, tts_notification_id: digits(19), shop_id: shopId, timestamp: nowSecondsOf(world, shopId), data };
  notify(world, shopId, { wire: 'tiktok', orderId: data.order_id, body: JSON.stringify(body) });
}
