import type { Request, RequestHandler } from 'express';
import {
  parseTikTokWebhook,
  topicOfSlug,
  verifyTikTokWebhook,
  type TikTokWebhook,
} from '../../adapters/tiktok-shop/webhook';
import { details, logWords } from '../../words/api';
import { tellAccount } from '../accounts';
import type { ApiDeps } from '../deps';
import { atDoor, bytesOf, shopOfWebhook } from '../door';
import { startOrSignal } from '../orders';
import { Problem } from '../problem';
import { seenIds } from '../seen';

/** TikTok wants its answer within 3 s, else it sends the webhook again. */
const ANSWER_WITHIN_MS = 2_500;

/** A webhook may come up to five times within 16 hours; most repeats follow within minutes. */
const MOST_SEEN = 10_000;

/** What became of a webhook, as it is counted. */
type Outcome = 'told' | 'repeated' | 'notOpen' | 'forged' | 'other' | 'unknownTopic';

type Counting = ApiDeps & { count?: (name: string, labels: Record<string, string>) => void };

/**
 * `POST /v1/webhooks/tiktok/:shopId` and `…/:shopId/:topic`: verified over its bytes, parsed, told to its order or to the shop's
 * account; nothing is fetched or kept.
 */
export function takeTikTokWebhook(deps: Counting): RequestHandler {
  const seen = seenIds(MOST_SEEN);
  const count = (topic: string, outcome: Outcome): void => deps.count?.('webhooks', { topic, outcome });
  return async (req, res) => {
    const { id: shopId, platform } = await shopOfWebhook(deps, req);
    const slug = slugOf(req);
    const rawBody = bytesOf(req);
    // Node keeps the first of several such headers only; here all of them are seen.
    const signature = req.headersDistinct['authorization'];
    if (!verifyTikTokWebhook({ appKey: platform.appKey, appSecret: platform.appSecret, rawBody, signature })) {
      // What a forger calls it must not become a label of a metric.
      count(topicOfSlug(slug)?.slug ?? 'unknown', 'forged');
      throw new Problem('forged-webhook', details.forged);
    }
    const webhook = atDoor(() => parseTikTokWebhook(rawBody, slug));
    if (webhook.shopId !== shopId) throw new Problem('invalid-body', details.otherShop(shopId));
    const id = `${shopId}:${webhook.notificationId}`;
    if (seen.has(id)) count(webhook.topic, 'repeated');
    else {
      count(webhook.topic, await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => tell(deps, webhook)));
      // Only now: one that could not be told must be told when it comes again.
      seen.add(id);
    }
    res.status(200).end();
  };
}

function slugOf(req: Request): string {
  const { topic } = req.params;
  return typeof topic === 'string' ? topic : '';
}

async function tell(deps: ApiDeps, webhook: TikTokWebhook): Promise<Outcome> {
  const { shopId, type, notificationId, isUnknownTopic } = webhook;
  if (isUnknownTopic === true) deps.logger.warn({ shopId, type, notificationId }, logWords.unknownTopic);
  if (webhook.kind === 'account') {
    return (await tellAccount(deps, shopId, webhook.news)) ? 'told' : 'notOpen';
  }
  if (webhook.kind === 'other') {
    deps.logger.info({ shopId, type, notificationId }, logWords.aboutNoOrder);
    return isUnknownTopic === true ? 'unknownTopic' : 'other';
  }
  const heard = await Promise.all(
    webhook.orderIds.map(async (orderId) => {
      const isHeard = await startOrSignal(deps, { shopId, orderId }, webhook.notice);
      if (!isHeard) deps.logger.info({ shopId, orderId, type, notificationId }, logWords.orderNotOpen);
      return isHeard;
    }),
  );
  if (isUnknownTopic === true) return 'unknownTopic';
  return heard.includes(true) ? 'told' : 'notOpen';
}
