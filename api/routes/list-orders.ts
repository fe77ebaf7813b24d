import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import type { Phase } from '../../domain/order/phase';
import { details } from '../../words/api';
import { searchAttributes } from '../../workflows/messages';
import type { ApiDeps } from '../deps';
import { knownShop, readQuery } from '../door';
import { ALL_ORDERS, listOrders } from '../order-list';
import { Problem } from '../problem';

const LIST_WITHIN_MS = 5_000;

/** The phases that lists know: an order that is handed over stands under `awaitingHandover` until its first scan. */
const PHASES = [
  'onHold',
  'toPack',
  'awaitingHandover',
  'inTransit',
  'delivered',
  'closed',
  'cancelled',
  'returned',
  'lost',
] as const satisfies readonly Phase[];

const Query = z.strictObject({
  limit: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(100)).default(50),
  cursor: z
    .string()
    .regex(/^[\w-]{1,4000}$/)
    .optional(),
  shop: PlatformId.optional(),
  phase: z.enum(PHASES).optional(),
});
type Query = z.infer<typeof Query>;

/** `GET /v1/orders`: open and ended orders in the server's own order, the newest first, by pages. */
export function listAllOrders(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const asked = readQuery(req, Query);
    if (asked.shop !== undefined) await knownShop(deps, asked.shop);
    const filter = filterOf(asked);
    const token = asked.cursor === undefined ? undefined : tokenOf(asked.cursor, filter);
    const asOf = new Date().toISOString();
    const page = await deps.client.withDeadline(Date.now() + LIST_WITHIN_MS, () =>
      listOrders(deps, { query: filter, pageSize: asked.limit, token }),
    );
    const nextCursor = page.nextToken === undefined ? null : cursorOf(page.nextToken, filter);
    res.json({ data: page.orders, nextCursor, asOf });
  };
}

const MARK_LENGTH = 16;

/** Tells our cursors from made-up ones: Temporal calls those an unknown error, which looks as if it were down. */
const markOf = (token: Uint8Array, filter: string): string =>
  createHash('sha256').update(filter).update(token).digest('base64url').slice(0, MARK_LENGTH);

/** Temporal's own page token, marked with the list that it goes through. */
const cursorOf = (token: Uint8Array, filter: string): string =>
  markOf(token, filter) + Buffer.from(token).toString('base64url');

function tokenOf(cursor: string, filter: string): Uint8Array {
  const token = Buffer.from(cursor.slice(MARK_LENGTH), 'base64url');
  if (cursor === cursorOf(token, filter)) return token;
  const errors = [{ pointer: '/cursor', detail: details.cursor }];
  throw new Problem('invalid-query', details.invalidQuery, { errors });
}

/** Only digits and names of phases get here: nothing in it needs to be quoted. */
function filterOf({ shop, phase }: Query): string {
  const filters = [ALL_ORDERS];
  if (shop !== undefined) filters.push(`${searchAttributes.shopId.name} = '${shop}'`);
  if (phase !== undefined) filters.push(filterOfPhase(phase));
  return filters.join(' AND ');
}

/** An order that was delivered and is over is closed: ending it writes no phase of its own. */
function filterOfPhase(phase: NonNullable<Query['phase']>): string {
  const name = searchAttributes.phase.name;
  if (phase === 'closed') return `ExecutionStatus = 'Completed' AND (${name} = 'delivered' OR ${name} = 'closed')`;
  const filter = `${name} = '${phase}'`;
  return phase === 'delivered' ? `${filter} AND ExecutionStatus = 'Running'` : filter;
}
