import type { RequestHandler } from 'express';
import { z } from 'zod';
import {
  parseEasyPostWebhook,
  verifyEasyPostWebhook,
  type EasyPostWebhook,
  type SignedWebhook,
} from '../../adapters/carriers/easypost/webhook';
import { PlatformId } from '../../contracts/platform-order';
import type { Shop } from '../../contracts/shop';
import { changesOf, isSameMark, readMark, trackingMarkKey } from '../../domain/tracking/mark';
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
    const shop = await shopOfWebhook(deps, req);
    const rawBody = bytesOf(req);
    const { method, originalUrl: path, headers } = req;
    if (!isOfAnAccount(shop, { method, path, headers, rawBody, now: Date.now() }))
      throw new Problem('forged-webhook', details.forged);
    const webhook = atDoor(() => parseEasyPostWebhook(rawBody));
    const id = `${shop.id}:${webhook.eventId}`;
    if (!seen.has(id)) {
      await deps.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => tellOrder(deps, shop.id, webhook));
      seen.add(id);
    }
    res.status(200).end();
  };
}

/** All accounts are tried, so that the time that it takes does not tell which one signs. */
const isOfAnAccount = ({ carriers }: Shop, signed: SignedWebhook): boolean =>
  Object.values(carriers)
    .map((account) => account.kind === 'easypost' && verifyEasyPostWebhook(account.webhookSecret, signed))
    .includes(true);

async function tellOrder(deps: ApiDeps, shopId: string, webhook: EasyPostWebhook): Promise<void> {
  const { eventId, description } = webhook;
  if (webhook.kind === 'other' || webhook.events.every(({ meaning }) => meaning === 'none')) {
    deps.logger.info({ shopId, eventId, description }, logWords.aboutNoParcel);
    return;
  }
  const ref = await orderOfLabel(deps, shopId, webhook.trackingNumber);
  const isHeard = ref !== undefined && (await tellChanges(deps, ref, webhook));
  if (!isHeard) deps.logger.info({ shopId, eventId, orderId: ref?.orderId }, logWords.parcelOfNobody);
}

/**
 * Tells an order what is news to it. What was told is written down afterwards: where that fails it is told again, and the order
 * itself is the judge of what it hears.
 *
 * @returns `false` if there is no such order or it is over.
 */
async function tellChanges(
  deps: ApiDeps,
  ref: OrderRef,
  { trackingNumber, events }: Extract<EasyPostWebhook, { kind: 'tracking' }>,
): Promise<boolean> {
  const key = trackingMarkKey(ref.shopId, trackingNumber);
  const known = readMark(await deps.documents.get(key));
  const { tell, mark } = changesOf(known, events);
  for (const { at, meaning } of tell)
    if (!(await tellTracking(deps, ref, { at, trackingNumber, meaning }))) return false;
  if (!isSameMark(known, mark)) await deps.documents.put(key, JSON.stringify(mark));
  return true;
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
