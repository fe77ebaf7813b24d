import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { MOST_IN_BATCH } from '../../contracts/batch';
import { PlatformId } from '../../contracts/platform-order';
import type { Shop } from '../../contracts/shop';
import { batchDetails, batchReason } from '../../words/batch';
import {
  askBatch,
  batchIdOf,
  batchOfPath,
  beginBatch,
  earlierBatch,
  listRequests,
  openBatch,
  plannedOrders,
  settledMembers,
  type BatchRef,
} from '../batches';
import type { ApiDeps } from '../deps';
import { readBody, readQuery, shopOfPath } from '../door';
import { Problem } from '../problem';
import { waitingOrders } from './batches-waiting';

/** Hundreds of documents are looked at before a batch without a list begins. */
const CREATE_WITHIN_MS = 15_000;
const READ_WITHIN_MS = 5_000;

const NewBatch = z.strictObject({
  orders: z
    .array(PlatformId)
    .min(1)
    .max(MOST_IN_BATCH)
    .refine((orders) => new Set(orders).size === orders.length, batchDetails.twice)
    .optional(),
  slips: z.boolean().default(false),
  format: z.enum(['pdf', 'zpl']).optional(),
});

/**
 * `POST /v1/shops/:shopId/batches`: begins to gather the labels of these orders, or of all that wait for one. A repeat under one key
 * is the same batch, also where the orders that wait have changed meanwhile. Where each order waits for a person's word, those that
 * are named have it with this; without a list nothing is let go on.
 */
export function createBatch(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const ref = { shopId: shop.id, batchId: batchIdOf(req, shop) };
    const wish = readBody(req, NewBatch);
    const request = await deps.client.withDeadline(Date.now() + CREATE_WITHIN_MS, async () => {
      const known = (await earlierBatch(deps, ref, req)) ?? (await newBatch(deps, ref, { req, shop, wish }));
      await beginBatch(deps, ref, known.total);
      return known;
    });
    const self = `/v1/shops/${shop.id}/batches/${ref.batchId}`;
    res.status(202).location(self);
    res.json({
      batchId: ref.batchId,
      total: request.total,
      links: { self, labels: `${self}/labels.${request.format}` },
    });
  };
}

type Creating = { req: Request; shop: Shop; wish: z.infer<typeof NewBatch> };

async function newBatch(deps: ApiDeps, ref: BatchRef, { req, shop, wish }: Creating) {
  const orders = wish.orders ?? (await waitingOrders(deps, ref.shopId));
  if (orders.length === 0) throw new Problem('refused', batchDetails.noOrders);
  if (orders.length > MOST_IN_BATCH) throw new Problem('refused', batchDetails.tooMany(MOST_IN_BATCH));
  const usual = shop.labels.format === 'zpl' ? 'zpl' : 'pdf';
  const { slips, format = usual, orders: named } = wish;
  return openBatch(deps, ref, { req, orders, wish: { slips, format, mayApprove: named !== undefined } });
}

const Query = z.strictObject({
  limit: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(200)).default(50),
});

/** `GET /v1/shops/:shopId/batches`: the batches of a shop, the newest first. */
export function listBatches(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    const { limit } = readQuery(req, Query);
    const requests = await listRequests(deps, shop.id, limit);
    const data = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () =>
      Promise.all(
        requests.map(async ({ batchId, createdAt, total }) => {
          const { status, settled, failed, pieces } = await progressOf(deps, { shopId: shop.id, batchId });
          return { batchId, createdAt: new Date(createdAt).toISOString(), total, status, settled, failed, pieces };
        }),
      ),
    );
    res.json({ data });
  };
}

/**
 * `GET /v1/shops/:shopId/batches/:batchId`: how far it is, what can be printed now while others are still waited for, which numbers
 * came late (their pages are there after those of higher numbers), and which orders have no label and why.
 */
export function readBatch(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { ref, request } = await batchOfPath(deps, req, await shopOfPath(deps, req));
    const { batchId, createdAt, total, slips, format, actor } = request;
    const [progress, members, orders] = await deps.client.withDeadline(Date.now() + READ_WITHIN_MS, () =>
      Promise.all([progressOf(deps, ref), settledMembers(deps, ref), plannedOrders(deps, ref)]),
    );
    const failures = members.flatMap(({ number, orderId, failure }) =>
      failure === undefined
        ? []
        : [{ number, orderId, reason: failure.reason, sentence: batchReason(failure.reason, failure.about) }],
    );
    failures.sort((a, b) => a.number - b.number);
    res.json({
      ...{ batchId, shopId: ref.shopId, createdAt: new Date(createdAt).toISOString(), actor, total, slips, format },
      ...progress,
      printable: members.filter(({ labels }) => labels.length > 0).length,
      waitedFor: total - members.length,
      late: members.flatMap(({ number, isLate }) => (isLate === true ? [number] : [])).sort((a, b) => a - b),
      failures,
      orders: orders ?? null,
      links: {
        self: `/v1/shops/${ref.shopId}/batches/${batchId}`,
        labels: `/v1/shops/${ref.shopId}/batches/${batchId}/labels.${format}`,
      },
    });
  };
}

type Progress = { status: string; settled: number; failed: number; pieces: number; endedAt: string | null };

/** Its own word where it can be had; what is in its documents where it cannot, or where that is further. */
async function progressOf(deps: ApiDeps, ref: BatchRef): Promise<Progress> {
  const view = await askBatch(deps, ref).catch(() => undefined);
  const { status = 'unknown', settled = 0, failed = 0, pieces = 0, endedAt = null } = view ?? {};
  if (status === 'done') return { status, settled, failed, pieces, endedAt };
  const members = await settledMembers(deps, ref);
  return {
    status,
    settled: Math.max(settled, members.length),
    failed: Math.max(failed, members.filter(({ failure }) => failure !== undefined).length),
    pieces: Math.max(pieces, new Set(members.flatMap(({ labels, piece }) => (labels.length > 0 ? [piece] : []))).size),
    endedAt,
  };
}
