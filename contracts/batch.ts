import { z } from 'zod';

/** A batch has at most as many orders as TikTok Seller Center prints at once (Shipping help: 600). */
export const MOST_IN_BATCH = 600;
/** At most so many members share a file: the first can be printed while the last are still being bought for. */
export const PIECE_SIZE = 20;

/** Small, because all batches of a shop are listed by it. `createdAt` is epoch milliseconds; `bodyHash` tells repeats apart. */
export const BatchRequest = z.object({
  batchId: z.string(),
  createdAt: z.number(),
  actor: z.string(),
  bodyHash: z.string(),
  total: z.int(),
  /** A person named these orders: in a shop where each waits for a word, that was the word. */
  mayApprove: z.boolean().default(false),
  slips: z.boolean(),
  format: z.enum(['pdf', 'zpl']),
});
export type BatchRequest = z.infer<typeof BatchRequest>;

/** `bodyHash`: of the request that named them; two at once under one key may ask for different things. */
export const BatchOrders = z.object({ orders: z.array(z.string()), bodyHash: z.string().exactOptional() });
export type BatchOrders = z.infer<typeof BatchOrders>;

/** The members in the order of picking: the first is number 1. `begunAt`: by the wall clock, epoch milliseconds. */
export const BatchPlan = z.object({ begunAt: z.number(), orders: z.array(z.string()) });
export type BatchPlan = z.infer<typeof BatchPlan>;

/** One parcel's label. `itemIds`: where the order goes in more than one. */
const BatchLabel = z.object({
  package: z.string(),
  attempt: z.int(),
  format: z.enum(['pdf', 'png', 'zpl']),
  itemIds: z.array(z.string()).exactOptional(),
});
export type BatchLabel = z.infer<typeof BatchLabel>;

/** Why an order has no page; a key of the catalogue of reasons. `about`: what the order itself says. */
const BatchFailure = z.object({ reason: z.string(), about: z.string().exactOptional() });
export type BatchFailure = z.infer<typeof BatchFailure>;

/** What became of one member. `pages`: how many of the piece's pages are its own, slips among them. */
const BatchMember = z.object({
  number: z.int(),
  orderId: z.string(),
  labels: z.array(BatchLabel),
  pages: z.int(),
  failure: BatchFailure.exactOptional(),
  /** It comes after members with higher numbers: its label was not there when theirs were. */
  isLate: z.literal(true).exactOptional(),
});
export type BatchMember = z.infer<typeof BatchMember>;

/** Decided once, before its file is made: the file shows what stands here. Without any label it has no file. */
export const BatchPiece = z.object({ members: z.array(BatchMember) });
export type BatchPiece = z.infer<typeof BatchPiece>;

type BatchRef = { shopId: string; batchId: string };

export const batchesFolder = (shopId: string): string => `batches/${shopId}`;
export const batchKey = ({ shopId, batchId }: BatchRef): string => `${batchesFolder(shopId)}/${batchId}`;
export const batchOrdersKey = (ref: BatchRef): string => `${batchKey(ref)}/orders`;
export const batchPlanKey = (ref: BatchRef): string => `${batchKey(ref)}/plan`;
export const batchPiecesFolder = (ref: BatchRef): string => `${batchKey(ref)}/pieces`;

const serialOf = (piece: number): string => String(piece).padStart(3, '0');

/** Pieces count from 1. */
export const batchPieceKey = (ref: BatchRef, piece: number): string => `${batchPiecesFolder(ref)}/${serialOf(piece)}`;
export const batchFileKey = (ref: BatchRef, piece: number): string => `${batchKey(ref)}/labels-${serialOf(piece)}.pdf`;
