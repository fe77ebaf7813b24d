import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { SweepState } from '../domain/sweep/state';
import type { SweepView } from '../domain/sweep/view';

/** Looks every few minutes for what a shop's webhooks did not tell: one for each shop, for ever. */
export const SHOP_SWEEP = 'shopSweep';
export const sweepWorkflowId = (shopId: string): string => `sweep:${shopId}`;

export type SweepInput = {
  shopId: string;
  /** What a day's run hands to the next. */
  carried?: SweepState;
};

/** Looks at once, and goes on by its hours. Whoever begins a sweep sends it too. */
export const sweepNow = defineSignal<[unknown?]>('sweepNow');

export const sweepState = defineQuery<SweepView>('sweepState');

export type { SweepView };
