import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { TrackingNotice } from '../../../domain/order/event';
import type { TrackingMeaning } from '../../../domain/order/state';

/** A webhook as it came, with what its signatures cover. */
export type SignedWebhook = {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawBody: Buffer;
  /** Epoch milliseconds, by the wall clock: stale signatures are refused by it. */
  now: number;
};

/** How far a second-version signature may be from now. EasyPost's own tolerance is not published. */
const FRESH_MS = 5 * 60_000;

/**
 * Checks EasyPost's signature. Source: EasyPost's libraries (first version, `X-Hmac-Signature`, over the bytes) and its
 * support article 39826034964237 (second version, which also covers a time stamp, the method and the path). A second
 * version that is there decides alone: falling back to the first would let an old webhook be sent again for ever.
 * Without a secret everything is refused: anyone can sign with none.
 */
export function verifyEasyPostWebhook(secret: string, { method, headers, rawBody, now }: SignedWebhook): boolean {
  if (secret === '') return false;
  const second = one(headers['x-hmac-signature-v2']);
  if (second === undefined) return isSignature(one(headers['x-hmac-signature']), hmacOf(secret, [rawBody]));
  const stamp = one(headers['x-timestamp']) ?? '';
  const isFresh = Math.abs(now - Date.parse(stamp)) <= FRESH_MS;
  return isFresh && isSignature(second, hmacOf(secret, [stamp, method, one(headers['x-path']) ?? '', rawBody]));
}

const one = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' ? header : undefined;

function hmacOf(secret: string, parts: readonly (string | Buffer)[]): Buffer {
  // EasyPost normalises the secret before use.
  const hmac = createHmac('sha256', secret.normalize('NFKD'));
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

function isSignature(given: string | undefined, expected: Buffer): boolean {
  const hex = /^hmac-sha256-hex=([0-9a-f]{64})$/.exec(given ?? '')?.[1];
  return hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), expected);
}

const instant = z.iso.datetime({ offset: true });

const Detail = z.looseObject({
  datetime: instant,
  message: z.string().nullish(),
  status: z.string().nullish(),
  status_detail: z.string().nullish(),
});
type Detail = z.infer<typeof Detail>;

const Event = z.looseObject({ id: z.string().min(1).max(64), description: z.string() });

const TrackerEvent = z.looseObject({
  result: z.looseObject({
    tracking_code: z.string().min(1).max(64),
    status: z.string(),
    status_detail: z.string().nullish(),
    updated_at: instant,
    tracking_details: z.array(Detail).max(1000).default([]),
  }),
});
type Tracker = z.infer<typeof TrackerEvent>['result'];

/** A webhook in our words. */
export type EasyPostWebhook = { eventId: string; description: string } & (
  { kind: 'tracking'; notice: TrackingNotice } | { kind: 'other' }
);

/**
 * Reads a verified webhook.
 *
 * @throws SyntaxError if it is not JSON; ZodError if a field that is needed is missing or wrong.
 */
export function parseEasyPostWebhook(rawBody: Buffer): EasyPostWebhook {
  const body: unknown = JSON.parse(rawBody.toString('utf8'));
  const { id: eventId, description } = Event.parse(body);
  if (description !== 'tracker.updated' && description !== 'tracker.created') {
    return { eventId, description, kind: 'other' };
  }
  return { eventId, description, kind: 'tracking', notice: noticeOf(TrackerEvent.parse(body).result) };
}

function noticeOf(tracker: Tracker): TrackingNotice {
  // EasyPost does not promise an order of the details; carriers add late ones.
  const newest = [...tracker.tracking_details].sort((a, b) => Date.parse(b.datetime) - Date.parse(a.datetime))[0];
  return {
    at: Date.parse(newest?.datetime ?? tracker.updated_at),
    trackingNumber: tracker.tracking_code,
    meaning: meaningOf(tracker, newest),
  };
}

/** A status that is not here means nothing: falling forward would call a parcel moving that nobody has seen. */
const MEANINGS: Readonly<Record<string, TrackingMeaning>> = {
  pre_transit: 'labelCreated',
  in_transit: 'inTransit',
  // At a counter, for the buyer to fetch: the carrier has it.
  available_for_pickup: 'inTransit',
  out_for_delivery: 'outForDelivery',
  delivered: 'delivered',
  return_to_sender: 'returned',
  failure: 'exception',
  error: 'exception',
};

function meaningOf(tracker: Tracker, newest: Detail | undefined): TrackingMeaning {
  const detail = newest?.status_detail ?? tracker.status_detail ?? '';
  if (detail === 'lost') return 'lost';
  const meaning = Object.hasOwn(MEANINGS, tracker.status) ? MEANINGS[tracker.status] : undefined;
  return meaning === 'inTransit' ? firstScanOf(detail, newest?.message ?? '') : (meaning ?? 'none');
}

/**
 * What "in transit" hides. USPS files "Shipment Received, Package Acceptance Pending" (event TM) and "Awaiting Item"
 * under it too, and those prove only that a label or a form was read, not that the carrier has the piece.
 */
function firstScanOf(detail: string, message: string): TrackingMeaning {
  if (/acceptance pending|awaiting item/i.test(message)) return 'labelCreated';
  const isFirstScan = detail === 'received_at_origin_facility' || /\baccept(ed|ance)\b/i.test(message);
  return isFirstScan ? 'accepted' : 'inTransit';
}
