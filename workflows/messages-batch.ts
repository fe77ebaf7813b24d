import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { BatchCounts } from '../domain/batch/state';
import type { BatchView } from '../domain/batch/view';

export type { BatchCounts, BatchView };

/** Gathers the labels of many orders for the printer; the orders buy them. Lives by the wall clock. */
export const LABEL_BATCH = 'labelBatch';
export const batchWorkflowId = (shopId: string, batchId: string): string => `batch:${shopId}:${batchId}`;

/** Members stand in the batch's documents; `total` is how many they are. */
export type BatchInput = { shopId: string; batchId: string; total: number };

export const batchProgress = defineSignal<[BatchCounts]>('batchProgress');
export const batchState = defineQuery<BatchView>('batchState');

/** Has the packing slips of one order made and kept, for a caller that may not read the platform itself. */
export const PACKING_SLIP = 'packingSlip';
export const slipWorkflowId = (shopId: string, orderId: string): string => `slip:${shopId}:${orderId}`;
export type SlipInput = { shopId: string; orderId: string };
