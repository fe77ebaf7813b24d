import type { z } from 'zod';
import {
  batchFileKey,
  batchKey,
  BatchOrders,
  batchOrdersKey,
  BatchPiece,
  batchPieceKey,
  BatchPlan,
  batchPlanKey,
  BatchRequest,
} from '../contracts/batch';
import type { Ports } from './ports';

export type BatchRef = { shopId: string; batchId: string };
type Documents = Pick<Ports, 'documents'>;

async function readAs<T>({ documents }: Documents, key: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await documents.get(key);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

/** Writes it unless something stands there; what stands there then, whoever wrote it. */
async function settle<T extends object>(ports: Documents, key: string, as: { schema: z.ZodType<T>; content: T }) {
  if (await ports.documents.putIfAbsent(key, JSON.stringify(as.content))) return as.content;
  return (await readAs(ports, key, as.schema)) ?? as.content;
}

export const readRequest = (ports: Documents, ref: BatchRef): Promise<BatchRequest | undefined> =>
  readAs(ports, batchKey(ref), BatchRequest);

export const readOrders = async (ports: Documents, ref: BatchRef): Promise<string[]> =>
  (await readAs(ports, batchOrdersKey(ref), BatchOrders))?.orders ?? [];

export const readPlan = (ports: Documents, ref: BatchRef): Promise<BatchPlan | undefined> =>
  readAs(ports, batchPlanKey(ref), BatchPlan);

export const settlePlan = (ports: Documents, ref: BatchRef, plan: BatchPlan): Promise<BatchPlan> =>
  settle(ports, batchPlanKey(ref), { schema: BatchPlan, content: plan });

export const readPiece = (ports: Documents, ref: BatchRef, piece: number): Promise<BatchPiece | undefined> =>
  readAs(ports, batchPieceKey(ref, piece), BatchPiece);

export const settlePiece = (
  ports: Documents,
  ref: BatchRef,
  { piece, content }: { piece: number; content: BatchPiece },
): Promise<BatchPiece> => settle(ports, batchPieceKey(ref, piece), { schema: BatchPiece, content });

export const hasPieceFile = async ({ documents }: Documents, ref: BatchRef, piece: number): Promise<boolean> =>
  (await documents.getFile(batchFileKey(ref, piece))) !== undefined;

export const keepPieceFile = async (
  { documents }: Documents,
  ref: BatchRef,
  { piece, bytes }: { piece: number; bytes: Uint8Array },
): Promise<boolean> => documents.putFileIfAbsent(batchFileKey(ref, piece), bytes);
