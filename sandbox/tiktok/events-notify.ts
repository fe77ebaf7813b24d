import { nowSecondsOf, toSeconds } from '../clock';
import { digits } from '../ids';
import { notify } from '../webhooks';
import type { World } from '../world';
import { SELLER_DEAUTHORIZATION, UPCOMING_AUTHORIZATION_EXPIRATION } from './events-topics';

/** A webhook's content before it is put into its envelope. */
type Topic = {
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Said again under the same id, it is the same notification to its receiver. */
  readonly notificationId?: string | undefined;
};

const OF_CONSENT = new Set([SELLER_DEAUTHORIZATION, UPCOMING_AUTHORIZATION_EXPIRATION]);

/** Sends a webhook of any topic, known or not, and answers its notification id. */
export function notifyTopic(world: World, shopId: string, { type, data, notificationId = digits(19) }: Topic): string {
  // Consent lives by the wall clock, as its tokens do: a shop in another time must not date it before its own beginning.
  const timestamp = OF_CONSENT.has(type) ? toSeconds(Date.now()) : nowSecondsOf(world, shopId);
  const body = { type, tts_notification_id: notificationId, shop_id: shopId, timestamp, data };
  const orderId = data['order_id'];
  notify(world, shopId, {
    wire: 'tiktok',
    orderId: typeof orderId === 'string' ? orderId : null,
    body: JSON.stringify(body),
  });
  return notificationId;
}
