import { isUtf8 } from 'node:buffer';
import { raw, type Request } from 'express';
import { z } from 'zod';
import { PlatformId } from '../contracts/platform-order';
import type { Shop } from '../contracts/shop';
import { details } from '../words/api';
import type { ApiDeps } from './deps';
import { Problem, type FieldError } from './problem';

/** Where what comes from outside is read: behind it there are types. */

/** Takes a body as the bytes that came: signatures and hashes are over these, whatever the sender calls them. */
export const readBytes = raw({ type: () => true, limit: '256kb' });

/** The bytes of the body; none if there was no body. */
export function bytesOf(req: Request): Buffer {
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** Reads a JSON body by its schema. No body reads as an empty object. */
export function readBody<Schema extends z.ZodType>(req: Request, schema: Schema): z.infer<Schema> {
  const bytes = bytesOf(req);
  if (bytes.length > 0 && req.is(['json', '+json']) === false) {
    throw new Problem('wrong-content-type', details.wrongContentType);
  }
  return atDoor(() => schema.parse(bytes.length === 0 ? {} : parseJson(bytes)));
}

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new SyntaxError();
  return JSON.parse(bytes.toString('utf8'));
}

/** Runs a reader of something from outside; what it objects to becomes the caller's problem. */
export function atDoor<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) {
      throw new Problem('invalid-body', details.invalidBody, { errors: fieldErrors(error) });
    }
    // JSON.parse quotes the body in what it throws: its words go nowhere.
    if (error instanceof SyntaxError) throw new Problem('malformed-json', details.malformedJson);
    throw error;
  }
}

/** Reads the query by its schema. */
export function readQuery<Schema extends z.ZodType>(req: Request, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse({ ...req.query });
  if (parsed.success) return parsed.data;
  throw new Problem('invalid-query', details.invalidQuery, { errors: fieldErrors(parsed.error) });
}

function fieldErrors({ issues }: z.ZodError): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerOf(issue.path), detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: details.unknownField }));
  });
}

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The shop that a path names. */
export function shopOfPath(deps: ApiDeps, req: Request): Promise<Shop> {
  return knownShop(deps, String(req.params['shopId']));
}

/**
 * The shop that a webhook names as its own. One that is not known here answers as a wrong signature does: a stranger at the public
 * door does not learn which shops there are.
 */
export async function shopOfWebhook(deps: ApiDeps, req: Request): Promise<Shop> {
  const shop = await shopNamed(deps, String(req.params['shopId']));
  if (shop === undefined) throw new Problem('forged-webhook', details.forged);
  return shop;
}

/** The order that a path names, by id: whether there is one is for Temporal to say. */
export function orderIdOfPath(req: Request): string {
  const orderId = String(req.params['orderId']);
  if (!PlatformId.safeParse(orderId).success) throw new Problem('unknown-order', details.unknownOrder(orderId));
  return orderId;
}

/** The shop of an id, or the problem that there is none. */
export async function knownShop(deps: ApiDeps, shopId: string): Promise<Shop> {
  const shop = await shopNamed(deps, shopId);
  if (shop === undefined) throw new Problem('unknown-shop', details.unknownShop(shopId));
  return shop;
}

const shopNamed = async ({ findShop }: ApiDeps, shopId: string): Promise<Shop | undefined> =>
  PlatformId.safeParse(shopId).success ? findShop(shopId) : undefined;
