import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { TrackingEvent } from '../../../domain/tracking/event';
import { eventsOf } from './tracker';
import { Tracker } from './wire';

/** A webhook as it came, with what its signatures cover. */
export type SignedWebhook = {
  method: string;
  /** Where it came to, as the caller wrote it. */
  path: string;
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
 * The path that was signed must be the one that was called: else what was meant for one address holds at another.
 * Without a secret everything is refused: anyone can sign with none.
 */
export function verifyEasyPostWebhook(secret: string, { method, path, headers, rawBody, now }: SignedWebhook): boolean {
  if (secret === '') return false;
  const second = one(headers['x-hmac-signature-v2']);
  if (second === undefined) return isSignature(one(headers['x-hmac-signature']), hmacOf(secret, [rawBody]));
  const [stamp, signedPath] = [one(headers['x-timestamp']) ?? '', one(headers['x-path']) ?? ''];
  const isFresh = Math.abs(now - Date.parse(stamp)) <= FRESH_MS;
  const isSigned = isSignature(second, hmacOf(secret, [stamp, method, signedPath, rawBody]));
  return isSigned && isFresh && pathOf(signedPath) === pathOf(path);
}

/** A query is no part of it: whether EasyPost signs it is not published. */
const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

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

const Event = z.looseObject({ id: z.string().min(1).max(64), description: z.string() });

const TrackerEvent = z.looseObject({ result: Tracker });

/** A webhook in our words: everything that its carrier has told of the parcel, not its newest line alone. */
export type EasyPostWebhook = { eventId: string; description: string } & (
  { kind: 'tracking'; trackingNumber: string; events: TrackingEvent[] } | { kind: 'other' }
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
  const { result } = TrackerEvent.parse(body);
  return { eventId, description, kind: 'tracking', trackingNumber: result.tracking_code, events: eventsOf(result) };
}
