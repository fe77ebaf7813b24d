import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import { notify } from '../webhooks';
import type { World } from '../world';
import type { Cancellation } from './cancellations';
import type { Order } from './order';
import type { Return } from './returns';

/** The numbers that TikTok gives its webhook topics. */
const ORDER_STATUS_CHANGE = 1;
const REVERSE_STATUS_UPDATE = 2;
const RECIPIENT_ADDRESS_UPDATE = 3;
const PACKAGE_UPDATE = 4;
const CANCELLATION_STATUS_CHANGE = 11;
const RETURN_STATUS_CHANGE = 12;

/** Sends the webhook of an order's present status. The platform has none for a partly shipped order. */
export function notifyStatus(world: World, shopId: string, order: Order): void {
  if (order.status === 'PARTIALLY_SHIPPING') return;
  write(world, shopId, {
    type: ORDER_STATUS_CHANGE,
    orderId: order.id,
    fields: {
      is_on_hold_order: order.status === 'ON_HOLD',
      order_id: order.id,
      // The webhook's own spelling; the API says CANCELLED.
      order_status: order.status === 'CANCELLED' ? 'CANCEL' : order.status,
      update_time: order.update_time,
    },
  });
}

/** Sends the webhook of another recipient address. It says that there is one and not which. */
export function notifyAddress(world: World, shopId: string, order: Order): void {
  const fields = { order_id: order.id, update_time: order.update_time };
  write(world, shopId, { type: RECIPIENT_ADDRESS_UPDATE, orderId: order.id, fields });
}

/** What has become of an order's packages. */
export type PackageNews = {
  readonly what: 'SPLIT' | 'COMBINE';
  readonly orderId: string;
  readonly packages: readonly { readonly package_id: string; readonly order_id_list: readonly string[] }[];
};

/** Sends the webhook of packages that were set apart or put together. */
export function notifyPackages(world: World, shopId: string, { what, orderId, packages }: PackageNews): void {
  const fields = {
    sc_type: what,
    role_type: 'SELLER',
    package_list: packages,
    update_time: nowSecondsOf(world, shopId),
  };
  write(world, shopId, { type: PACKAGE_UPDATE, orderId, fields });
}

/** Sends the webhook of where a buyer's request for a cancellation stands. */
export function notifyCancellation(world: World, shopId: string, cancellation: Cancellation): void {
  write(world, shopId, {
    type: CANCELLATION_STATUS_CHANGE,
    orderId: cancellation.orderId,
    fields: {
      order_id: cancellation.orderId,
      cancellations_role: cancellation.role,
      cancel_status: cancellation.status,
      cancel_id: cancellation.id,
      create_time: cancellation.createdAtS,
      update_time: cancellation.updatedAtS,
    },
  });
}

/** Sends both webhooks of where a return stands: the older topic goes on beside the newer one. */
export function notifyReturn(world: World, shopId: string, one: Return): void {
  const fields = { order_id: one.orderId, update_time: one.updatedAtS };
  const older = { reverse_order_id: one.id, reverse_event_type: 'ORDER_RETURN', reverse_user: 'BUYER' };
  write(world, shopId, { type: REVERSE_STATUS_UPDATE, orderId: one.orderId, fields: { ...fields, ...older } });
  const newer = {
    return_id: one.id,
    return_role: 'BUYER',
    return_type: one.type,
    return_status: one.status,
    create_time: one.createdAtS,
  };
  write(world, shopId, { type: RETURN_STATUS_CHANGE, orderId: one.orderId, fields: { ...fields, ...newer } });
}

type Topic = {
  readonly type: number;
  readonly orderId: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

function write(world: World, shopId: string, { type, orderId, fields }: Topic): void {
  const timestamp = nowSecondsOf(world, shopId);
  const body = { type, tts_notification_id: digits(19), shop_id: shopId, timestamp, data: fields };
  notify(world, shopId, { wire: 'tiktok', orderId, body: JSON.stringify(body) });
}
