import { allHandlersFinished, CancellationScope, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { deadlineViews } from '../../domain/order/view';
import { step } from '../../domain/order/step';
import type { OrderInput, OrderResult } from '../messages';
import { abandonCommand, startCommand } from './commands';
import { listen } from './listen';
import { openOrder, tell, type Order } from './order';
import { show } from './shown';
import { armTimer } from './timer';

/** A run is continued as a new one at this many events, far below the server's limits. */
const MOST_EVENTS = 1_500;

/**
 * One TikTok Shop US order, from its creation to its end. It waits for nothing but its inbox and its one timer: what it does
 * outside runs in the background, so a cancel, a hold and a deadline act while a purchase is being retried.
 */
export async function orderLifecycle(input: OrderInput): Promise<OrderResult> {
  const order = openOrder(input);
  listen(order);
  // Temporal's own cancel would leave the order without anybody who watches it; people mean `cancelOrder`.
  CancellationScope.current().cancelRequested.catch(() => tell(order, { kind: 'workflowCancelled', at: Date.now() }));
  return CancellationScope.nonCancellable(() => live(order));
}

async function live(order: Order): Promise<OrderResult> {
  resume(order);
  while (!isDone(order)) {
    await condition(() => order.inbox.length > 0 || isDone(order));
    advance(order);
    armTimer(order);
    show(order);
    if (isTooLong(order)) await goOnAsNew(order);
  }
  return resultOf(order);
}

/** Takes the inbox in, decides, and sets going what was decided. */
function advance(order: Order): void {
  const events = order.inbox.splice(0);
  const { state, start, abandon, verdicts } = step(order.state, events);
  order.state = state;
  for (const verdict of verdicts) order.waiting.shift()?.(verdict);
  for (const id of abandon) abandonCommand(order, id);
  for (const { id, command } of start) startCommand(order, id, command);
}

/** A run that was continued begins again what was under way: every command first reads back what it did. */
function resume(order: Order): void {
  for (const [id, command] of Object.entries(order.state.outstanding)) startCommand(order, id, command);
}

const isOver = ({ state }: Order): boolean => state.ended?.dossierSaved === true && isIdle(state);

/** Nobody who asked leaves without an answer. */
const isDone = (order: Order): boolean => isOver(order) && order.inbox.length === 0 && allHandlersFinished();

const isIdle = (state: Order['state']): boolean => Object.keys(state.outstanding).length === 0;

const isTooLong = (order: Order): boolean =>
  !isOver(order) && (workflowInfo().historyLength > MOST_EVENTS || workflowInfo().continueAsNewSuggested);

/** Hands everything to a new run. What came in meanwhile is folded in first, and callers get their answers first. */
async function goOnAsNew(order: Order): Promise<void> {
  await condition(() => allHandlersFinished() || order.inbox.length > 0);
  if (order.inbox.length > 0) return;
  await continueAsNew<typeof orderLifecycle>({
    shopId: order.state.shopId,
    orderId: order.state.orderId,
    carried: order.state,
  });
}

function resultOf({ state }: Order): OrderResult {
  const outcome = state.ended?.outcome ?? 'delivered';
  const hasDossier = outcome !== 'alreadyClosed' && outcome !== 'unknownOrder';
  return {
    outcome,
    endedAt: new Date(state.ended?.at ?? Date.now()).toISOString(),
    deadlines: deadlineViews(state).map(({ name, met }) => ({ name, met })),
    dossier: hasDossier ? `orders/${state.shopId}/${state.orderId}/dossier` : null,
  };
}
