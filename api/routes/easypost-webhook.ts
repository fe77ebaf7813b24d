import type { RequestHandler } from 'express';
import { z } from 'zod';
import {
  parseEasyPostWebhook,
  verifyEasyPostWebhook,
  type EasyPostWebhook,
} from '../../adapters/carriers/easypost/webhook';
import { PlatformId } from '../../contracts/platform-order';
import { details, logWords } from '../../words/api';
import type { ApiDeps } from '../deps';
import { atDoor, bytesOf, shopOfWebhook } from '../door';
import { tellTracking, type OrderRef } from '../orders';
import { Problem } from '../problem';
import { seenIds } from '../seen';

/** EasyPost's limit is said to be 7 s. */
const ANSWER_WITHIN_MS = 5_000;

const MOST_SEEN = 10_000;

/** `POST /v1/webhooks/easypost/:shopId`: a carrier's word, told to the order whose label has the tracking number. */
export function takeEasyPostWebhook(deps: ApiDeps): RequestHandler {
  const seen = seenIds(MOST_SEEN);
  return async (req, res) => {
    const { id: shopId, carrier } = await shopOfWebhook(deps, req);
    const rawBody = bytesOf(req);
    const signed = { method: req.method, headers: req.headers, rawBody, now: Date.now() };
    if (!verifyEasyPostWebhook(carrier.webhookSecret, signed)) throw new Problem('forged-webhook', details.forged);
    const webhook = atDoor(() => parseEasyPostWebhook(rawBody));
    const id = `${shopId}:${webhook.eventId}`;
    if (!seen.has(id)) {
      await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => tellOrder(deps, shopId, webhook));
      seen.add(id);
    }
    res.status(200).end();
  };
}

async function tellOrder(deps: ApiDeps, shopId: string, webhook: EasyPostWebhook): Promise<void> {
  const { eventId, description } = webhook;
  if (webhook.kind === 'other' || webhook.notice.meaning === 'none') {
    deps.logger.info({ shopId, eventId, description }, logWords.aboutNoParcel);
    return;
  }
  const { notice } = webhook;
  const ref = await orderOfLabel(deps, shopId, notice.trackingNumber);
  const isHeard = ref !== undefined && (await tellTracking(deps, ref, notice));
  if (!isHeard) deps.logger.info({ shopId, eventId, orderId: ref?.orderId }, logWords.parcelOfNobody);
}

/** Written by the activity that buys a label. */
const LabelDocument = z.looseObject({ shopId: PlatformId, orderId: PlatformId });

// A tracking number becomes part of a document's key.
const TRACKING_NUMBER = /^[A-Za-z0-9]{1,64}$/;

async function orderOfLabel(deps: ApiDeps, shopId: string, trackingNumber: string): Promise<OrderRef | undefined> {
  if (!TRACKING_NUMBER.test(trackingNumber)) return undefined;
  const text = await deps.documents.get(`labels/by-tracking/${trackingNumber}`);
  if (text === undefined) return undefined;
  const label = LabelDocument.parse(JSON.parse(text));
  // One shop's carrier account says nothing about another's parcels.
  return label.shopId === shopId ? { shopId, orderId: label.orderId } : undefined;
}
