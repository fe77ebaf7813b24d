import type { RequestHandler } from 'express';
import { parseTikTokWebhook, verifyTikTokWebhook, type TikTokWebhook } from '../../adapters/tiktok-shop/webhook';
import { details, logWords } from '../../words/api';
import type { ApiDeps } from '../deps';
import { atDoor, bytesOf, shopOfPath } from '../door';
import { startOrSignal } from '../orders';
import { Problem } from '../problem';
import { seenIds } from '../seen';

/** TikTok wants its answer within 3 s, else it sends the webhook again. */
const ANSWER_WITHIN_MS = 2_500;

/** A webhook may come up to five times within 16 hours; most repeats follow within minutes. */
const MOST_SEEN = 10_000;

/** `POST /v1/webhooks/tiktok/:shopId`: verified over its bytes, parsed, told to its order; nothing is fetched or kept. */
export function takeTikTokWebhook(deps: ApiDeps): RequestHandler {
  const seen = seenIds(MOST_SEEN);
  return async (req, res) => {
    const { id: shopId, platform } = await shopOfPath(deps, req);
    const rawBody = bytesOf(req);
    const { appKey, appSecret } = platform;
    if (!verifyTikTokWebhook({ appKey, appSecret, rawBody, signature: req.get('Authorization') })) {
      throw new Problem('forged-webhook', details.forged);
    }
    const webhook = atDoor(() => parseTikTokWebhook(rawBody));
    if (webhook.shopId !== shopId) throw new Problem('invalid-body', details.otherShop(shopId));
    const id = `${shopId}:${webhook.notificationId}`;
    if (!seen.has(id)) {
      await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => tellOrders(deps, webhook));
      // Only now: one that could not be told must be told when it comes again.
      seen.add(id);
    }
    res.status(200).end();
  };
}

async function tellOrders(deps: ApiDeps, webhook: TikTokWebhook): Promise<void> {
  const { shopId, type, notificationId } = webhook;
  if (webhook.kind === 'other') {
    deps.logger.info({ shopId, type, notificationId }, logWords.aboutNoOrder);
    return;
  }
  await Promise.all(
    webhook.orderIds.map(async (orderId) => {
      const isHeard = await startOrSignal(deps, { shopId, orderId }, webhook.notice);
      if (!isHeard) deps.logger.info({ shopId, orderId, type, notificationId }, logWords.orderNotOpen);
    }),
  );
}
