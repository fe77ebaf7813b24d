import { QueryNotRegisteredError, ServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { codeOf } from './plain-failure';
import { lookAt } from './virtual-clock';
import type { Look } from './virtual-clock';

/** A workflow of a shop as it was a moment ago. */
export interface ShopWorkflow extends Look {
  readonly workflowId: string;
  /** The next instant at which it acts by itself: an agenda entry, or another attempt of an activity. */
  readonly nextWakeAt: number | null;
}

const atOnce = 16;

/** Looks at every running workflow of a shop, and at those in `known`: visibility lags behind what was just begun. */
export async function lookAtShop(client: Client, shopId: string, known: readonly string[]): Promise<ShopWorkflow[]> {
  const query = `ShopId = "${shopId}" AND ExecutionStatus = "Running"`;
  const workflowIds = new Set(known);
  for await (const { workflowId } of client.workflow.list({ query })) workflowIds.add(workflowId);
  return inBatches([...workflowIds], (workflowId) => lookAtOne(client, workflowId));
}

async function lookAtOne(client: Client, workflowId: string): Promise<ShopWorkflow> {
  const look = await lookAt(client, workflowId);
  // Asking a busy one would wait behind its task; it is asked when it rests.
  const wake = look.isQuiet && !look.isClosed ? await nextWake(client, workflowId) : null;
  if (wake === notBegun) return { ...look, isQuiet: false, workflowId, nextWakeAt: null };
  return { ...look, workflowId, nextWakeAt: earliest([wake, look.nextAttemptAt]) };
}

/** Between a delayed start and its first task a workflow looks at rest and has nobody to answer. */
const notBegun = 'notBegun';
const failedPrecondition = 9;

async function nextWake(client: Client, workflowId: string): Promise<number | null | typeof notBegun> {
  try {
    const handle = client.workflow.getHandle(workflowId);
    const { nextWakeAt } = await handle.query<{ nextWakeAt?: number | null }>('orderState');
    return nextWakeAt ?? null;
  } catch (error) {
    // Manifests, sweeps and the like have no agenda that can be asked for.
    if (error instanceof QueryNotRegisteredError) return null;
    if (error instanceof ServiceError && codeOf(error.cause) === failedPrecondition) return notBegun;
    throw error;
  }
}

/** The smallest of the instants that there are. */
export function earliest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Works on all items, a few at once: a shop may have thousands. */
export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  }
  return results;
}
