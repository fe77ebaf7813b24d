import { createHash } from 'node:crypto';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Request } from 'express';
import {
  batchesFolder,
  batchKey,
  BatchOrders,
  batchOrdersKey,
  BatchPiece,
  batchPiecesFolder,
  BatchPlan,
  batchPlanKey,
  BatchRequest,
  type BatchMember,
} from '../contracts/batch';
import type { Shop } from '../contracts/shop';
import { details } from '../words/api';
import { batchDetails, batchSummaries } from '../words/batch';
import { searchAttributes } from '../workflows/messages';
import { batchState, batchWorkflowId, LABEL_BATCH, type BatchInput, type BatchView } from '../workflows/messages-batch';
import { bodyHashOf, callerOf, requestIdOf } from './caller';
import type { ApiDeps } from './deps';
import { Problem } from './problem';

/** Also files, which few routes give out. */
export type FileDeps = ApiDeps & { documents: { getFile(key: string): Promise<Uint8Array | undefined> } };

export type BatchRef = { shopId: string; batchId: string };

/** What a batch is to be, beside its members. */
export type BatchWish = Pick<BatchRequest, 'slips' | 'format' | 'mayApprove'>;

const BATCH_ID = /^[0-9a-f]{12}$/;

/** A repeat under one key is the same batch. */
export function batchIdOf(req: Request, { id }: Shop): string {
  const request = requestIdOf(callerOf(req), id, 'batches');
  return createHash('sha256').update(request).digest('hex').slice(0, 12);
}

/** Writes a batch down and begins it; a repeat finds it, and begins it where the first could not. */
export async function openBatch(
  deps: ApiDeps,
  ref: BatchRef,
  { req, orders, wish }: { req: Request; orders: readonly string[]; wish: BatchWish },
): Promise<BatchRequest> {
  const bodyHash = bodyHashOf(req);
  // Of two requests at once under one key the first one stands, as a whole.
  const mine: BatchOrders = { orders: [...orders], bodyHash };
  const isFirst = await deps.documents.putIfAbsent(batchOrdersKey(ref), JSON.stringify(mine));
  const kept = isFirst ? mine : await keptOrders(deps, ref);
  if (kept.bodyHash !== bodyHash) throw new Problem('key-reused', details.keyReused);
  const request: BatchRequest = {
    ...wish,
    batchId: ref.batchId,
    createdAt: Date.now(),
    actor: callerOf(req).actor,
    bodyHash,
    total: kept.orders.length,
  };
  await deps.documents.putIfAbsent(batchKey(ref), JSON.stringify(request));
  return (await readRequest(deps, ref)) ?? request;
}

async function keptOrders({ documents }: ApiDeps, ref: BatchRef): Promise<BatchOrders> {
  return BatchOrders.parse(JSON.parse((await documents.get(batchOrdersKey(ref))) ?? '{}'));
}

/** A batch that an earlier request under the same key wrote down. */
export async function earlierBatch(deps: ApiDeps, ref: BatchRef, req: Request): Promise<BatchRequest | undefined> {
  const earlier = await readRequest(deps, ref);
  if (earlier !== undefined && earlier.bodyHash !== bodyHashOf(req)) throw new Problem('key-reused', details.keyReused);
  return earlier;
}

/** Lives by the wall clock, in a shop whose time is played as well: it waits for other processes. */
export async function beginBatch({ client, taskQueue }: ApiDeps, ref: BatchRef, total: number): Promise<void> {
  const input: BatchInput = { ...ref, total };
  try {
    await client.workflow.start(LABEL_BATCH, {
      workflowId: batchWorkflowId(ref.shopId, ref.batchId),
      taskQueue,
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: ref.shopId }]),
      staticSummary: batchSummaries.batch(total),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** The batch that a path names, or the problem that there is none. */
export async function batchOfPath(
  deps: ApiDeps,
  req: Request,
  { id: shopId }: Shop,
): Promise<{ ref: BatchRef; request: BatchRequest }> {
  const ref = { shopId, batchId: String(req.params['batchId']) };
  const request = BATCH_ID.test(ref.batchId) ? await readRequest(deps, ref) : undefined;
  if (request === undefined) throw new Problem('unknown-batch', batchDetails.unknown(ref.batchId));
  return { ref, request };
}

async function readRequest({ documents }: ApiDeps, ref: BatchRef): Promise<BatchRequest | undefined> {
  const text = await documents.get(batchKey(ref));
  return text === undefined ? undefined : BatchRequest.parse(JSON.parse(text));
}

/** The batches of a shop, the newest first. */
export async function listRequests({ documents }: ApiDeps, shopId: string, limit: number): Promise<BatchRequest[]> {
  const texts = await Promise.all((await documents.list(batchesFolder(shopId))).map((key) => documents.get(key)));
  const requests = texts.filter((text) => text !== undefined).map((text) => BatchRequest.parse(JSON.parse(text)));
  return requests.sort((a, b) => b.createdAt - a.createdAt).slice(0, limit);
}

/** The members whose file is decided, by number. */
export async function settledMembers({ documents }: ApiDeps, ref: BatchRef): Promise<(BatchMember & Placed)[]> {
  const keys = await documents.list(batchPiecesFolder(ref));
  const texts = await Promise.all(keys.map((key) => documents.get(key)));
  return texts.flatMap((text, index) => {
    if (text === undefined) return [];
    const { members } = BatchPiece.parse(JSON.parse(text));
    const piece = Number(keys[index]?.slice(-3));
    return members.map((member, at) => ({ ...member, piece, firstPage: pagesBefore(members, at) }));
  });
}

/** In which file a member's pages are, and which is the first of them, counted from 0. */
type Placed = { piece: number; firstPage: number };

const pagesBefore = (members: readonly BatchMember[], at: number): number =>
  members.slice(0, at).reduce((sum, { pages }) => sum + pages, 0);

/** The members in the order of picking; undefined until that is worked out. */
export async function plannedOrders({ documents }: ApiDeps, ref: BatchRef): Promise<string[] | undefined> {
  const text = await documents.get(batchPlanKey(ref));
  return text === undefined ? undefined : BatchPlan.parse(JSON.parse(text)).orders;
}

/** What the batch itself says; undefined where Temporal knows it no more, or not yet. */
export async function askBatch({ client }: ApiDeps, { shopId, batchId }: BatchRef): Promise<BatchView | undefined> {
  try {
    return await client.workflow.getHandle(batchWorkflowId(shopId, batchId)).query(batchState);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
