import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { codeOf } from './plain-failure';

// Server 1.32 can move the clock of a single workflow. That is unannounced and the SDK has no words for it yet, so it is
// spoken here, in raw calls, and nowhere else. Sources: the comments of temporal.api.common.v1.TimeSkippingConfig in the
// SDK's own protos, and trials against Server 1.32.0. It needs `virtualClocks` of dynamic-config.ts.

type WorkflowService = Client['workflowService'];
type Description = Awaited<ReturnType<WorkflowService['describeWorkflowExecution']>>;
type StartRequest = Parameters<WorkflowService['signalWithStartWorkflowExecution']>[0];
type StartFields = Pick<StartRequest, 'timeSkippingConfig' | 'workflowStartDelay'>;
type Duration = NonNullable<StartRequest['workflowStartDelay']>;

/** How a move of a workflow's clock ended. */
export type FastForwardOutcome =
  | 'reached'
  /** The workflow closed on its way: it had no more to do. */
  | 'closed'
  /** It skipped as often as it was allowed to; a failing activity that skips its own back-off does that. */
  | 'skipLimit'
  /** Something stayed in flight for so long that the wait was given up. The move stays asked for. */
  | 'stuck';

export interface FastForwardLimits {
  /** How many timers and retries may be skipped on the way. */
  readonly maxSkips: number;
  readonly patienceMs?: number;
}

/** One look at a workflow. */
export interface Look {
  /** The workflow's own now, epoch ms: the real one as long as its clock was never moved. */
  readonly now: number;
  readonly isClosed: boolean;
  /** No workflow task, and no activity that runs or is about to. One that waits for its next attempt is quiet. */
  readonly isQuiet: boolean;
  /** The earliest next attempt of an activity that failed, on the workflow's clock. */
  readonly nextAttemptAt: number | null;
  /** Grows with every step of a run: two equal looks at the same run mean that nothing happened between them. */
  readonly historyLength: number;
  readonly runId: string;
}

// temporal.api.enums.v1, whose package is not ours to import.
const workflowIsRunning = 1;
const pollTimedOut = 1;
const pollCompleted = 2;
/** gRPC's CANCELLED and DEADLINE_EXCEEDED: whichever side notices the end of our patience first says its own. */
const pollEnded: readonly unknown[] = [1, 4];
const pollMs = 1_000;

const usualPatienceMs = 60_000;

/** The workflow's own now, epoch ms. */
export async function readClock(client: Client, workflowId: string): Promise<number> {
  return clockOf(await describe(client, workflowId));
}

/** Looks at a workflow: its clock, and whether it rests. */
export async function lookAt(client: Client, workflowId: string): Promise<Look> {
  const description = await describe(client, workflowId);
  const { pendingActivities, pendingWorkflowTask, workflowExecutionInfo } = description;
  const now = clockOf(description);
  const waits = pendingActivities.map(({ nextAttemptScheduleTime: at }) => (at == null ? null : toMs(at)));
  const attempts = waits.filter((at): at is number => at !== null && at > now);
  const closed = isClosed(description);
  return {
    now,
    isClosed: closed,
    isQuiet: closed || (pendingWorkflowTask == null && attempts.length === waits.length),
    nextAttemptAt: attempts.length === 0 ? null : Math.min(...attempts),
    historyLength: Number(workflowExecutionInfo?.historyLength ?? 0),
    runId: workflowExecutionInfo?.execution?.runId ?? '',
  };
}

/**
 * Moves the clock of a running workflow forward by exactly this much, through every timer on the way, and waits until
 * it is there. Only workflow code that waits for time is skipped; whatever is in flight is waited for.
 */
export async function fastForward(
  client: Client,
  workflowId: string,
  { durationMs, maxSkips, patienceMs = usualPatienceMs }: FastForwardLimits & { durationMs: number },
): Promise<FastForwardOutcome> {
  const id = randomUUID();
  const timeSkippingConfig = {
    enabled: true,
    fastForwardConfig: { id, duration: durationOf(durationMs) },
    maxSessionSkipCount: maxSkips,
  };
  try {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: { timeSkippingConfig },
      updateMask: { paths: ['time_skipping_config'] },
    });
  } catch (error) {
    if (isClosed(await describe(client, workflowId))) return 'closed';
    throw error;
  }
  return untilMoved({ client, workflowId, id, deadline: Date.now() + patienceMs });
}

/**
 * What a raw start or signal-with-start needs so that the new workflow lives this far ahead of the real clock. The delay
 * lets its first step happen there already; with the clock alone it would begin now and live through every day between.
 */
export function startFieldsForOffset(offsetMs: number): StartFields {
  if (offsetMs <= 0) return {};
  const duration = durationOf(Math.max(1, offsetMs - shortOfStartMs));
  return {
    workflowStartDelay: durationOf(offsetMs),
    timeSkippingConfig: { enabled: true, fastForwardConfig: { id: randomUUID(), duration } },
  };
}

/**
 * The move ends before the first step: one whose target passes while a task runs is not ended, and skips on to the workflow's
 * first timer. A second signal with start may begin that task at any moment.
 */
const shortOfStartMs = 50;

async function untilMoved(move: Move): Promise<FastForwardOutcome> {
  for (;;) {
    const result = await poll(move);
    if (result === pollCompleted) return 'reached';
    const outcome = whyNot(await describe(move.client, move.workflowId));
    // A move that arrives between the two looks has ended too: only the poll can tell it from one that used up its skips.
    if (outcome === 'skipLimit' && (await poll(move)) === pollCompleted) return 'reached';
    if (outcome !== 'stuck' || result !== pollTimedOut || Date.now() > move.deadline) return outcome;
  }
}

/** The server holds a poll for 20 s and does not answer it when the skips are used up; so it is asked for short whiles. */
async function poll({ client, workflowId, id }: Move): Promise<number> {
  const namespace = client.options.namespace;
  try {
    const answer = await client.connection.withDeadline(Date.now() + pollMs, () =>
      client.workflowService.pollWorkflowExecutionTimeSkipping({
        namespace,
        workflowExecution: { workflowId },
        fastForwardId: id,
      }),
    );
    return answer.fastForwardPollingResult;
  } catch (error) {
    if (pollEnded.includes(codeOf(error))) return pollTimedOut;
    throw error;
  }
}

interface Move {
  readonly client: Client;
  readonly workflowId: string;
  readonly id: string;
  readonly deadline: number;
}

function whyNot(description: Description): FastForwardOutcome {
  if (isClosed(description)) return 'closed';
  const isEnabled = description.workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled;
  return isEnabled === true ? 'stuck' : 'skipLimit';
}

function describe(client: Client, workflowId: string): Promise<Description> {
  const namespace = client.options.namespace;
  return client.workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
}

function isClosed({ workflowExecutionInfo }: Description): boolean {
  const status: number = workflowExecutionInfo?.status ?? 0;
  return status !== workflowIsRunning;
}

function clockOf({ workflowExtendedInfo }: Description): number {
  const now = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return now == null ? Date.now() : toMs(now);
}

function toMs({ seconds, nanos }: Duration): number {
  return Number(seconds ?? 0) * 1000 + Math.floor((nanos ?? 0) / 1_000_000);
}

function durationOf(ms: number): Duration {
  // The SDK types 64-bit numbers as an object of another package and sends plain ones all the same.
  const seconds = Math.floor(ms / 1000) as unknown as NonNullable<Duration['seconds']>;
  return { seconds, nanos: Math.round(ms % 1000) * 1_000_000 };
}
