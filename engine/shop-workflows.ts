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
  for await (const { workflowId } of client.workflow.list({ query })) {
    if (!isByWallClock(workflowId)) workflowIds.add(workflowId);
  }
  const looked = await inBatches([...workflowIds], (workflowId) => lookAtOne(client, workflowId));
  // An order names the workflows that it has just begun.
  const begun = new Set(looked.flatMap(({ neighbours }) => neighbours.filter((id) => !workflowIds.has(id))));
  const more = await inBatches([...begun], (workflowId) => lookAtOne(client, workflowId));
  return [...looked, ...more];
}

/** Tokens, consents and what is printed live by the wall clock, whatever time a shop lives in: what sees to them is not moved with it. */
const isByWallClock = (workflowId: string): boolean => /^(account|connect|batch|slip):/.test(workflowId);

type Looked = ShopWorkflow & { readonly neighbours: readonly string[] };

async function lookAtOne(client: Client, workflowId: string): Promise<Looked> {
  const look = await lookAt(client, workflowId);
  // Asking a busy one would wait behind its task; it is asked when it rests.
  const agenda = look.isQuiet && !look.isClosed ? await askAgenda(client, workflowId) : none;
  if (agenda === notBegun) return { ...look, isQuiet: false, workflowId, nextWakeAt: null, neighbours: [] };
  const { nextWakeAt = null, neighbours = [] } = agenda;
  return { ...look, workflowId, nextWakeAt: earliest([nextWakeAt, look.nextAttemptAt]), neighbours };
}

interface Agenda {
  readonly nextWakeAt?: number | null;
  readonly neighbours?: readonly string[];
}

const none: Agenda = {};
/** Between a delayed start and its first task a workflow looks at rest and has nobody to answer. */
const notBegun = 'notBegun';
const failedPrecondition = 9;

/** The query by which a kind of workflow, as its id begins, tells its agenda; all others are asked as orders are. */
const queries: Readonly<Record<string, string>> = {
  manifest: 'manifestState',
  appeal: 'appealState',
  sweep: 'sweepState',
  carriers: 'carrierWatchState',
  pickup: 'carrierPickupState',
};
/** The alert desk has no agenda. */
const withoutAgenda = 'alerts:';

async function askAgenda(client: Client, workflowId: string): Promise<Agenda | typeof notBegun> {
  if (workflowId.startsWith(withoutAgenda)) return none;
  const query = queries[workflowId.split(':', 1)[0] ?? ''] ?? 'orderState';
  try {
    return await client.workflow.getHandle(workflowId).query<Agenda>(query);
  } catch (error) {
    // Workflows of other kinds may have ids that begin alike.
    if (error instanceof QueryNotRegisteredError) return none;
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
