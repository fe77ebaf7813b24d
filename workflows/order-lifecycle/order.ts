import type { CancellationScope } from '@temporalio/workflow';
import type { OrderEvent } from '../../domain/order/event';
import { newOrder, type OrderState, type Verdict } from '../../domain/order/state';
import type { OrderInput } from '../messages';
import type { ShownAttributes } from './shown';

/** One order while it runs: its state, what is waiting to be folded in, what is under way. Only `state` outlives the run. */
export type Order = {
  state: OrderState;
  inbox: OrderEvent[];
  /** Callers who wait for the verdict on the person's order that they put into the inbox, in the same order. */
  waiting: ((verdict: Verdict) => void)[];
  underWay: Map<string, CancellationScope>;
  timer: { at: number; scope: CancellationScope } | undefined;
  shown: ShownAttributes | undefined;
};

export const openOrder = ({ shopId, orderId, edition, carried }: OrderInput): Order => ({
  // What an earlier build carried lacks what was added since.
  state: { ...newOrder(shopId, orderId, edition ?? 1), ...carried },
  inbox: [{ kind: carried === undefined ? 'opened' : 'woke', at: Date.now() }],
  waiting: [],
  underWay: new Map(),
  timer: undefined,
  shown: undefined,
});

export const tell = (order: Order, event: OrderEvent): void => {
  order.inbox.push(event);
};
