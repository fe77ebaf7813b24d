import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { nextWake, type Wake } from '../../domain/order/agenda';
import type { OrderState } from '../../domain/order/state';
import { whenOf } from '../../domain/order/view';
import { summaries } from '../../words/order';
import { tell, type Order } from './order';

/** Keeps one timer armed, for the earliest entry of the agenda; it is touched only when the earliest changes. */
export function armTimer(order: Order): void {
  const wake = nextWake(order.state);
  if (order.timer?.at === wake?.at) return;
  order.timer?.scope.cancel();
  order.timer = undefined;
  if (wake === undefined) return;
  const scope = new CancellationScope({ cancellable: true });
  order.timer = { at: wake.at, scope };
  void scope
    .run(() => sleep(Math.max(1, wake.at - Date.now()), { summary: summaryOf(order.state, wake) }))
    .then(() => {
      order.timer = undefined;
      tell(order, { kind: 'woke', at: Math.max(wake.at, Date.now()) });
    })
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
}

function summaryOf(state: OrderState, wake: Wake): string {
  if (wake.kind === 'stall') return summaries.stall(state.packages[wake.package]?.label.trackingNumber ?? '');
  if (!('deadline' in wake)) return summaries[wake.kind];
  const deadline = state.plan?.deadlines.find(({ name }) => name === wake.deadline);
  if (deadline === undefined) return wake.deadline;
  const say = wake.kind === 'warning' ? summaries.warning : summaries.deadline;
  return say(deadline.name, whenOf(deadline), deadline.rule);
}
