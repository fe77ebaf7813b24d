import type { Client } from '@temporalio/client';
import { defaultNamespace } from '../engine/settings';

/** temporal.api.enums.v1.EventType, whose package is not ours to import. */
const EVENT = {
  workflowTaskCompleted: 7,
  activityScheduled: 10,
  timerStarted: 17,
  marker: 25,
  signaled: 26,
  upserted: 40,
  updateAccepted: 41,
};
/** What a clock that is moved leaves in a history; an order on the real clock has none of it. */
const OF_CLOCKS = [55, 60];

/** What one workflow's history holds. */
export type Counts = Record<
  | 'actions'
  | 'events'
  | 'clockEvents'
  | 'transitions'
  | 'executions'
  | 'workflowTasks'
  | 'timers'
  | 'localActivities'
  | 'upserts'
  | 'signals'
  | 'updates'
  | 'historyBytes',
  number
>;

export async function countsOf(client: Client, workflowId: string): Promise<Counts> {
  const { workflowExecutionInfo: info } = await client.workflowService.describeWorkflowExecution({
    namespace: defaultNamespace,
    execution: { workflowId },
  });
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const types = (events ?? []).map(({ eventType }) => Number(eventType));
  const count = (...wanted: number[]): number => types.filter((type) => wanted.includes(type)).length;
  const { count: executions } = await client.workflow.count(`WorkflowId = "${workflowId}"`);
  return {
    actions: actionsIn(events ?? [], count),
    events: types.length - count(...OF_CLOCKS),
    clockEvents: count(...OF_CLOCKS),
    transitions: Number(info?.stateTransitionCount),
    executions,
    workflowTasks: count(EVENT.workflowTaskCompleted),
    timers: count(EVENT.timerStarted),
    localActivities: count(EVENT.marker),
    upserts: count(EVENT.upserted),
    signals: count(EVENT.signaled),
    updates: count(EVENT.updateAccepted),
    historyBytes: Number(info?.historySizeBytes),
  };
}

type Event = { activityTaskStartedEventAttributes?: { attempt?: number | null } | null };

/**
 * Billable actions by Temporal's own list: a start (with its first signal one), each further signal, update, timer, write of
 * search attributes, activity and each repeat of it; the local activities of one workflow task together. Heartbeats leave
 * nothing in a history and are not in it.
 */
function actionsIn(events: Event[], count: (...types: number[]) => number): number {
  const attempts = events.map(({ activityTaskStartedEventAttributes: started }) => started?.attempt ?? 0);
  const repeats = attempts.reduce((sum, attempt) => sum + Math.max(0, attempt - 1), 0);
  const { signaled, updateAccepted, timerStarted, upserted, activityScheduled, marker } = EVENT;
  return (
    Math.max(1, count(signaled)) + count(updateAccepted, timerStarted, upserted, activityScheduled, marker) + repeats
  );
}

type Actions = Record<string, number>;

/** The server's own counter, by what it counted. */
export async function actionsByType(): Promise<Actions> {
  const text = await (await fetch(process.env['SHIPCLOCK_TEST_METRICS_URL'] ?? '')).text();
  const lines = text.matchAll(/^action\{([^}]*)\} (\d+)$/gm);
  const ours = [...lines].filter(([, labels = '']) => labels.includes(`namespace="${defaultNamespace}"`));
  return Object.fromEntries(
    ours.map(([, labels = '', count]) => [/action_type="([^"]*)"/.exec(labels)?.[1] ?? '', Number(count)]),
  );
}

export function actionsSince(before: Actions, after: Actions): { actions: number; actionsByType: Actions } {
  const byType = Object.entries(after)
    .map(([type, count]) => [type, count - (before[type] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  return { actions: byType.reduce((sum, [, count]) => sum + count, 0), actionsByType: Object.fromEntries(byType) };
}
