import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { PLATFORM_STATUS } from './status';
import { PlatformId, type WireStatus } from '../../contracts/platform-order';
import type { OrderNotice } from '../../domain/order/event';
import type { PlatformStatus } from '../../domain/order/facts';

/**
 * TikTok Shop's webhooks. Source: Partner Center, "TikTok Shop webhooks overview": the header `Authorization` is the lower
 * hex HMAC-SHA256, under the app's secret, of the app's key followed by the body's bytes. It covers no time, so an old
 * webhook can be sent again unchanged: repeats must be harmless.
 */
export function verifyTikTokWebhook(webhook: {
  appKey: string;
  appSecret: string;
  rawBody: Buffer;
  signature: string | undefined;
}): boolean {
  const expected = createHmac('sha256', webhook.appSecret).update(webhook.appKey).update(webhook.rawBody).digest();
  const given = webhook.signature ?? '';
  return /^[0-9a-f]{64}$/.test(given) && timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

/** The platform's statuses in our words. Webhooks say CANCEL where the order itself says CANCELLED. */
/** A status of an order or a webhook in our words; undefined for one that the platform has added since. */
export const platformStatusOf = (wire: string): PlatformStatus | undefined =>
  Object.hasOwn(PLATFORM_STATUS, wire) ? PLATFORM_STATUS[wire as WireStatus] : undefined;

const seconds = z.int().min(1).max(99_999_999_999);

const Envelope = z.looseObject({
  type: z.int(),
  tts_notification_id: z.string().min(1).max(64),
  shop_id: PlatformId,
  timestamp: seconds,
  data: z.looseObject({}).optional(),
});
type Envelope = z.infer<typeof Envelope>;

const ORDER_STATUS_CHANGE = 1;
const PACKAGE_UPDATE = 4;

const StatusChange = z.looseObject({ order_id: PlatformId, order_status: z.string(), update_time: seconds });

/** Returns, addresses, cancellations: topics that name an order and leave it to be read again. */
const READ_AGAIN: readonly number[] = [2, 3, PACKAGE_UPDATE, 11, 12];

const AboutOrder = z.looseObject({
  order_id: PlatformId.optional(),
  update_time: seconds.optional(),
  create_time: seconds.optional(),
  package_list: z
    .array(z.looseObject({ order_id_list: z.array(PlatformId).max(500).default([]) }))
    .max(500)
    .default([]),
});

/** A webhook in our words. A notice without a status says: read the order again. */
export type TikTokWebhook = { notificationId: string; shopId: string; type: number } & (
  | { kind: 'order'; orderIds: string[]; notice: OrderNotice }
  /** Not about an order, or of a topic that is not known yet. */
  | { kind: 'other' }
);

/**
 * Reads a verified webhook.
 *
 * @throws SyntaxError if it is not JSON; ZodError if a field that is needed is missing or wrong.
 */
export function parseTikTokWebhook(rawBody: Buffer): TikTokWebhook {
  const envelope = Envelope.parse(JSON.parse(rawBody.toString('utf8')));
  const { type } = envelope;
  const about = { notificationId: envelope.tts_notification_id, shopId: envelope.shop_id, type };
  const news = type === ORDER_STATUS_CHANGE ? statusChange(envelope) : readAgain(envelope);
  return news === undefined ? { ...about, kind: 'other' } : { ...about, kind: 'order', ...news };
}

type News = { orderIds: string[]; notice: OrderNotice };

function statusChange({ data }: Envelope): News {
  const { order_id, order_status, update_time } = StatusChange.parse(data);
  const status = platformStatusOf(order_status);
  return {
    orderIds: [order_id],
    notice: { at: update_time * 1000, via: 'webhook', ...(status === undefined ? {} : { status }) },
  };
}

function readAgain({ type, timestamp, data }: Envelope): News | undefined {
  if (!READ_AGAIN.includes(type)) return undefined;
  const { order_id, update_time, create_time, package_list } = AboutOrder.parse(data ?? {});
  const inPackages = package_list.flatMap(({ order_id_list }) => order_id_list);
  const orderIds = [...new Set(order_id === undefined ? inPackages : [order_id])];
  if (orderIds.length === 0) return undefined;
  return { orderIds, notice: { at: (update_time ?? create_time ?? timestamp) * 1000, via: 'webhook' } };
}
