import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type WorkflowClient,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { TypedSearchAttributes, type SearchAttributePair } from '@temporalio/common';
import type { OrderNotice, TrackingNotice } from '../domain/order/event';
import type { PlatformStatus } from '../domain/order/facts';
import {
  ORDER_LIFECYCLE,
  orderChanged,
  orderWorkflowId,
  searchAttributes,
  trackingChanged,
  type OrderInput,
} from '../workflows/messages';
import { NEWEST_EDITION } from '../domain/order/state';
import { startingWith } from '../engine/start-ahead';
import { summaries } from '../words/order';
import type { ApiDeps } from './deps';

/** One order, by name. */
export type OrderRef = { shopId: string; orderId: string };

/** By which request an order was opened; kept as the workflow's memo. Hashes only. */
export type OpeningRequest = { id: string; bodyHash: string };

/** What an order is opened with: the status and the time that are known of it. */
export type FirstSeen = { status?: PlatformStatus; at: number };

const HOLD_MS = 3_600_000;

/** An order that was never seen and is over already is nobody's work. */
const OVER: readonly PlatformStatus[] = ['completed', 'cancelled'];

/**
 * Tells an order what the platform said of it, and opens the order if this is the first that is heard of it. A notice that
 * names no status, or an end, opens nothing.
 *
 * @returns Whether somebody heard it: nobody does once the order is over.
 */
export async function startOrSignal(deps: ApiDeps, ref: OrderRef, notice: OrderNotice): Promise<boolean> {
  if (notice.status === undefined || OVER.includes(notice.status)) return tellOpenOrder(deps, ref, notice);
  const starter = await starterFor(deps, ref.shopId);
  try {
    await starter.signalWithStart(ORDER_LIFECYCLE, {
      ...openingOf(deps, ref, notice),
      workflowIdConflictPolicy: 'USE_EXISTING',
      signal: orderChanged,
      signalArgs: [notice],
    });
    return true;
  } catch (error) {
    // By the reuse policy: there was such an order and it came to its end.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** Whether a request opened an order, or by which it was opened before; a webhook's opening leaves no request. */
type Opening = { isNew: true } | { isNew: false; openedBy: OpeningRequest | undefined };

/**
 * Opens an order that must be new: of many requests at once exactly one succeeds. It does not signal as well, because the
 * server has no signal-with-start that fails where the order is open; and the first thing an order does is to read itself.
 */
export async function openOrder(
  deps: ApiDeps,
  ref: OrderRef,
  { seen, request }: { seen: FirstSeen; request: OpeningRequest },
): Promise<Opening> {
  const starter = await starterFor(deps, ref.shopId);
  try {
    await starter.start(ORDER_LIFECYCLE, {
      ...openingOf(deps, ref, seen),
      workflowIdConflictPolicy: 'FAIL',
      memo: { request },
    });
    return { isNew: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const { memo } = await deps.client.workflow.getHandle(orderWorkflowId(ref.shopId, ref.orderId)).describe();
    return { isNew: false, openedBy: memo?.['request'] as OpeningRequest | undefined };
  }
}

const tellOpenOrder = (deps: ApiDeps, ref: OrderRef, notice: OrderNotice): Promise<boolean> =>
  isHeard(deps.client.workflow.getHandle(orderWorkflowId(ref.shopId, ref.orderId)).signal(orderChanged, notice));

/** Tells an order what the carrier said of its parcel; `false` if there is no such order or it is over. */
export const tellTracking = (deps: ApiDeps, ref: OrderRef, notice: TrackingNotice): Promise<boolean> =>
  isHeard(deps.client.workflow.getHandle(orderWorkflowId(ref.shopId, ref.orderId)).signal(trackingChanged, notice));

async function isHeard(signal: Promise<void>): Promise<boolean> {
  try {
    await signal;
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

function openingOf(
  { taskQueue }: ApiDeps,
  ref: OrderRef,
  seen: FirstSeen,
): WorkflowStartOptions & { args: [OrderInput] } {
  return {
    workflowId: orderWorkflowId(ref.shopId, ref.orderId),
    taskQueue,
    args: [{ ...ref, edition: NEWEST_EDITION }],
    // One that came to its end stays closed; one that somebody terminated is taken up again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    typedSearchAttributes: new TypedSearchAttributes(attributesOf(ref, seen)),
    staticSummary: summaries.order(ref.orderId),
  };
}

/** Attributes that are given at the start cost nothing, and the order stands in the lists before a worker has seen it. */
function attributesOf({ shopId }: OrderRef, { status, at }: FirstSeen): SearchAttributePair[] {
  const shop = { key: searchAttributes.shopId, value: shopId };
  if (status !== 'onHold' && status !== 'unpaid') return [shop, { key: searchAttributes.phase, value: 'toPack' }];
  return [
    shop,
    { key: searchAttributes.phase, value: 'onHold' },
    { key: searchAttributes.nextDeadlineKind, value: 'holdEnds' },
    { key: searchAttributes.nextDeadlineAt, value: new Date(at + HOLD_MS) },
  ];
}

/** The client that opens the orders of a shop: those of a shop whose time is played are born at its time. */
async function starterFor({ client, startFields }: ApiDeps, shopId: string): Promise<WorkflowClient> {
  return startingWith(client, await startFields?.(shopId));
}
