import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { WatchState } from '../domain/carriers/state';
import type { WatchView } from '../domain/carriers/view';

/** Watches over the carrier accounts of one shop, for ever: balances, pauses, parcels of which nobody hears. */
export const CARRIER_WATCH = 'carrierWatch';
export const carrierWatchWorkflowId = (shopId: string): string => `carriers:${shopId}`;

export type CarrierWatchInput = {
  shopId: string;
  /** What a day's run hands to the next. */
  carried?: WatchState;
};

/** Looks at once, and goes on by the hour. Whoever begins a watch sends it too. */
export const carriersNow = defineSignal<[unknown?]>('carriersNow');

export const carrierWatchState = defineQuery<WatchView>('carrierWatchState');

export type { WatchView };
