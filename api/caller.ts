import { createHash, randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { details } from '../words/api';
import { bytesOf } from './door';
import { Problem } from './problem';

/** Who asks, and under which key a repeat of the request is known. */
export type Caller = { actor: string; key?: string };

// No control characters: both end up in history, in logs and on pages.
const KEY = /^[\x20-\x7e]{1,255}$/;
const ACTOR = /^[\x20-\x7e]{1,64}$/;
const DEFAULT_ACTOR = 'operator';

/** Reads the headers `X-Actor` and `Idempotency-Key`. */
export function callerOf(req: Request): Caller {
  const actor = req.get('X-Actor') ?? DEFAULT_ACTOR;
  if (!ACTOR.test(actor)) throw new Problem('invalid-header', details.actor);
  const key = req.get('Idempotency-Key');
  if (key === undefined) return { actor };
  if (!KEY.test(key)) throw new Problem('invalid-header', details.idempotencyKey);
  return { actor, key };
}

/**
 * The id of a request. The same caller, shop, route and key make the same id, so that a repeat finds what the first did;
 * without a key every request is a new one.
 */
export function requestIdOf({ actor, key }: Caller, shopId: string, route: string): string {
  return key === undefined ? randomUUID() : sha256(JSON.stringify([actor, shopId, route, key]));
}

/** The hash by which two bodies under one key are told apart. No body is the same as an empty object. */
export function bodyHashOf(req: Request): string {
  const bytes = bytesOf(req);
  return sha256(bytes.length === 0 ? '{}' : bytes);
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
