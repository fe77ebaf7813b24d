import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import type { OrderNotice } from '../../domain/order/event';
import { heldStatus, platformStatusOf } from './status';
import { OTHER_TYPES, TOPICS, type Topic } from './topics';

export { platformStatusOf };

/**
 * TikTok Shop's webhooks. Source: Partner Center, "TikTok Shop webhooks overview": the header `Authorization` is the lower
 * hex HMAC-SHA256, under the app's secret, of the app's key followed by the body's bytes. It covers no time, so an old
 * webhook can be sent again unchanged: repeats must be harmless. A header that is given twice is refused, whichever is right:
 * whoever else reads the request may see the other one. Without a secret everything is refused: anyone can sign with none.
 */
export function verifyTikTokWebhook(webhook: {
  appKey: string;
  appSecret: string;
  rawBody: Buffer;
  /** Every value of the header, as it came. */
  signature: readonly string[] | string | undefined;
}): boolean {
  const expected = createHmac('sha256', webhook.appSecret).update(webhook.appKey).update(webhook.rawBody).digest();
  const [given = '', ...others] = [webhook.signature ?? []].flat();
  const isOne = webhook.appSecret !== '' && others.length === 0 && /^[0-9a-f]{64}$/.test(given);
  return isOne && timingSafeEqual(Buffer.from(given, 'hex'), expected);
}

const seconds = z.int().min(1).max(99_999_999_999);

const Envelope = z.looseObject({
  type: z.int(),
  tts_notification_id: z.string().min(1).max(64),
  shop_id: PlatformId,
  timestamp: seconds,
  data: z.looseObject({}).nullish(),
});
type Envelope = z.infer<typeof Envelope>;

const StatusChange = z.looseObject({
  order_id: PlatformId,
  order_status: z.string(),
  update_time: seconds,
  is_on_hold_order: z.boolean().nullish(),
});

const AboutOrder = z.looseObject({
  order_id: PlatformId.optional(),
  update_time: seconds.optional(),
  create_time: seconds.optional(),
  package_list: z
    .array(z.looseObject({ order_id_list: z.array(PlatformId).max(500).default([]) }))
    .max(500)
    .default([]),
});

/** Its instant comes as digits in a string too. */
const Expiring = z.looseObject({ expiration_time: z.coerce.number().int().min(1).max(99_999_999_999) });

/** What became of our permission to act for a shop. Epoch milliseconds. */
type AccountNews = { kind: 'deauthorised'; at: number } | { kind: 'expiring'; at: number; expiresAt: number };

/** A webhook in our words. A notice without a status says: read the order again. */
export type TikTokWebhook = {
  notificationId: string;
  shopId: string;
  type: number;
  /** The topic as its address ends; `other` for one that we do not take, `unknown` for one that we never heard of. */
  topic: string;
  /** Of a topic that the platform has added since: what it means is found by reading the order again. */
  isUnknownTopic?: true;
} & (
  | { kind: 'order'; orderIds: string[]; notice: OrderNotice }
  | { kind: 'account'; news: AccountNews }
  /** Nothing that we have to hear. */
  | { kind: 'other' }
);

/** The topic that an address of ours is registered for; undefined for any other ending. */
export const topicOfSlug = (slug: string): Topic | undefined => TOPICS.find((topic) => topic.slug === slug);

/**
 * Reads a verified webhook. The address that it came to says what it is about before the number in it does: TikTok advises
 * against going by the number alone. Where it says what became of the owner's consent, the number must say so, too: the signature
 * does not cover the address, and any old webhook of an order could be sent there.
 *
 * @throws SyntaxError if it is not JSON; ZodError if a field that is needed is missing or wrong.
 */
export function parseTikTokWebhook(rawBody: Buffer, slug = ''): TikTokWebhook {
  const envelope = Envelope.parse(JSON.parse(rawBody.toString('utf8')));
  const { type, tts_notification_id: notificationId, shop_id: shopId } = envelope;
  const topic = topicOf(slug, type);
  const about = { notificationId, shopId, type, topic: topic?.slug ?? 'other' };
  if (topic !== undefined) return { ...about, ...newsOf(envelope, topic) };
  if (OTHER_TYPES.includes(type)) return { ...about, kind: 'other' };
  return { ...about, ...unknownNews(envelope), topic: 'unknown', isUnknownTopic: true };
}

/** Undefined for one that we do not know, and for an account's that is not what it says. */
function topicOf(slug: string, type: number): Topic | undefined {
  const named = topicOfSlug(slug);
  if (named === undefined) return TOPICS.find((one) => one.type === type);
  const isAboutAccount = named.kind === 'deauthorised' || named.kind === 'expiring';
  return isAboutAccount && named.type !== type ? undefined : named;
}

type News =
  | { kind: 'order'; orderIds: string[]; notice: OrderNotice }
  | { kind: 'account'; news: AccountNews }
  | { kind: 'other' };

function newsOf(envelope: Envelope, topic: Topic): News {
  const at = envelope.timestamp * 1_000;
  switch (topic.kind) {
    case 'status':
      return statusChange(envelope);
    case 'readAgain':
      return readAgain(envelope, topic.about);
    case 'deauthorised':
      return { kind: 'account', news: { kind: 'deauthorised', at } };
    case 'expiring': {
      const { expiration_time: expiresAt } = Expiring.parse(envelope.data ?? {});
      return { kind: 'account', news: { kind: 'expiring', at, expiresAt: expiresAt * 1_000 } };
    }
  }
}

function statusChange({ data }: Envelope): News {
  const {
    order_id: orderId,
    order_status: word,
    update_time: time,
    is_on_hold_order: isHeld,
  } = StatusChange.parse(data);
  const status = platformStatusOf(word);
  const told = status === undefined ? {} : { status: heldStatus(status, isHeld) };
  return { kind: 'order', orderIds: [orderId], notice: { at: time * 1_000, via: 'webhook', ...told } };
}

function readAgain({ timestamp, data }: Envelope, about: OrderNotice['about']): News {
  const { order_id, update_time, create_time, package_list } = AboutOrder.parse(data ?? {});
  const inPackages = package_list.flatMap(({ order_id_list }) => order_id_list);
  const orderIds = [...new Set(order_id === undefined ? inPackages : [order_id])];
  if (orderIds.length === 0) return { kind: 'other' };
  const at = (update_time ?? create_time ?? timestamp) * 1_000;
  return { kind: 'order', orderIds, notice: { at, via: 'webhook', ...(about === undefined ? {} : { about }) } };
}

/** Whatever else it says is not ours to judge: one without an order that can be read is about none. */
function unknownNews(envelope: Envelope): News {
  const orderId = PlatformId.safeParse(envelope.data?.['order_id']).data;
  return orderId === undefined ? { kind: 'other' } : readAgain({ ...envelope, data: { order_id: orderId } }, undefined);
}
