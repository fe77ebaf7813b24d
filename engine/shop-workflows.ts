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

/** Which shop is looked at, and what its looker knows of it. */
export interface ShopLook {
  readonly shopId: string;
  /** Workflows that are there, however new they are: visibility lags behind what was just begun. */
  readonly known?: readonly string[];
  /** What workflows answered in earlier looks: what has not moved since is not asked again. */
  readonly answers?: Answers;
}

/** The last answer of each workflow, and the step of its run that it was given at. */
export type Answers = Map<string, { readonly step: string; readonly agenda: Agenda }>;

/** Looks at every running workflow of a shop, and at those in `known`. */
export async function lookAtShop(client: Client, look: ShopLook): Promise<ShopWorkflow[]> {
  const { shopId, known = [], answers = new Map() as Answers } = look;
  const query = `ShopId = "${shopId}" AND ExecutionStatus = "Running"`;
  const workflowIds = new Set(known);
  for await (const { workflowId } of client.workflow.list({ query })) {
    if (!isByWallClock(workflowId)) workflowIds.add(workflowId);
  }
  const looked = await inBatches([...workflowIds], (workflowId) => lookAtOne(client, workflowId, answers));
  // An order names the workflows that it has just begun.
  const begun = new Set(looked.flatMap(({ neighbours }) => neighbours.filter((id) => !workflowIds.has(id))));
  const more = await inBatches([...begun], (workflowId) => lookAtOne(client, workflowId, answers));
  return [...looked, ...more];
}

/** Tokens, consents and what is printed live by the wall clock, whatever time a shop lives in: what sees to them is not moved with it. */
const isByWallClock = (workflowId: string): boolean => /^(account|connect|batch|slip):/.test(workflowId);

type Looked = ShopWorkflow & { readonly neighbours: readonly string[] };

async function lookAtOne(client: Client, workflowId: string, answers: Answers): Promise<Looked> {
  const look = await lookAt(client, workflowId);
  // Asking a busy one would wait behind its task; it is asked when it rests.
  const agenda = look.isQuiet && !look.isClosed ? await agendaOf(client, { workflowId, look, answers }) : none;
  if (agenda === notBegun) return { ...look, isQuiet: false, workflowId, nextWakeAt: null, neighbours: [] };
  const { nextWakeAt = null, neighbours = [] } = agenda;
  return { ...look, workflowId, nextWakeAt: earliest([nextWakeAt, look.nextAttemptAt]), neighbours };
}

interface Asked {
  readonly workflowId: string;
  readonly look: Look;
  readonly answers: Answers;
}

/**
 * A query is the dearest part of a look: it goes through the server to the worker and back. A workflow's state changes with its
 * history and with nothing else, so an answer holds until the history has grown, or another run has begun.
 */
async function agendaOf(client: Client, { workflowId, look, answers }: Asked): Promise<Agenda | typeof notBegun> {
  const step = `${look.runId} ${look.historyLength}`;
  const last = answers.get(workflowId);
  if (last?.step === step) return last.agenda;
  const agenda = await askAgenda(client, workflowId);
  if (agenda !== notBegun) answers.set(workflowId, { step, agenda });
  return agenda;
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
