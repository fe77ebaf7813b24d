import { WithStartWorkflowOperation, type Client, type WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes, type UpdateDefinition } from '@temporalio/common';
import { accountSummaries } from '../words/account';
import { watchSummaries } from '../words/carriers';
import { sweepSummaries } from '../words/sweep';
import { searchAttributes } from '../workflows/messages';
import {
  CARRIER_WATCH,
  carriersNow,
  carrierWatchWorkflowId,
  type CarrierWatchInput,
} from '../workflows/messages-carriers';
import { SHOP_SWEEP, sweepNow, sweepWorkflowId, type SweepInput } from '../workflows/messages-sweep';
import {
  accountNews,
  accountWorkflowId,
  SHOP_ACCOUNT,
  type AccountInput,
  type AccountNews,
} from '../workflows/messages-account';
import { untilHeard } from './send-update';

/** One shop's account, on one task queue. */
export type AccountRef = { taskQueue: string; shopId: string };

/** How an account is begun where it is not there yet. By the wall clock, in played shops too: tokens do not live by a shop's time. */
function openingOf({ taskQueue, shopId }: AccountRef) {
  const input: AccountInput = { shopId };
  return {
    workflowId: accountWorkflowId(shopId),
    taskQueue,
    args: [input] as [AccountInput],
    // It has no end of its own: one that somebody terminated is begun again, from what is kept of it.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
    staticSummary: accountSummaries.account(shopId),
  } as const;
}

/** Orders something of a shop's account and waits for its answer. */
export const updateAccount = <Ret, Input>(
  { workflow }: Pick<Client, 'workflow'>,
  ref: AccountRef,
  order: { update: UpdateDefinition<Ret, [Input]>; input: Input; updateId?: string },
): Promise<Ret> =>
  untilHeard(() =>
    workflow.executeUpdateWithStart(order.update, {
      args: [order.input],
      ...(order.updateId === undefined ? {} : { updateId: order.updateId }),
      startWorkflowOperation: new WithStartWorkflowOperation(SHOP_ACCOUNT, openingOf(ref)),
    }),
  );

/** Tells a shop's account what the platform says of the owner's consent. */
export async function signalAccount(
  client: Pick<Client, 'workflow'>,
  ref: AccountRef,
  news: AccountNews,
): Promise<void> {
  await client.workflow.signalWithStart(SHOP_ACCOUNT, {
    ...openingOf(ref),
    signal: accountNews,
    signalArgs: [news],
  });
}

/** Begins a shop's account where it is not there. */
export async function beginAccount({ workflow }: Pick<Client, 'workflow'>, ref: AccountRef): Promise<void> {
  await workflow.start(SHOP_ACCOUNT, openingOf(ref));
}

/**
 * Begins a shop's sweep where it is not there, and has it look at once.
 * @param starter The client that begins workflows of this shop: those of a played shop live in its own time.
 */
export async function beginSweep(
  starter: Pick<Client, 'workflow'> | { workflow: WorkflowClient },
  { taskQueue, shopId }: AccountRef,
): Promise<void> {
  await starter.workflow.signalWithStart(SHOP_SWEEP, {
    workflowId: sweepWorkflowId(shopId),
    taskQueue,
    args: [{ shopId } satisfies SweepInput],
    signal: sweepNow,
    // It has no end of its own: one that somebody terminated is begun again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
    staticSummary: sweepSummaries.sweep,
  });
}

/**
 * Begins the watch over a shop's carrier accounts where it is not there, and has it look at once.
 * @param starter The client that begins workflows of this shop: those of a played shop live in its own time.
 */
export async function beginCarrierWatch(
  starter: Pick<Client, 'workflow'> | { workflow: WorkflowClient },
  { taskQueue, shopId }: AccountRef,
): Promise<void> {
  await starter.workflow.signalWithStart(CARRIER_WATCH, {
    workflowId: carrierWatchWorkflowId(shopId),
    taskQueue,
    args: [{ shopId } satisfies CarrierWatchInput],
    signal: carriersNow,
    // It has no end of its own: one that somebody terminated is begun again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
    staticSummary: watchSummaries.watch,
  });
}
