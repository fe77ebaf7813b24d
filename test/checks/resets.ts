import { randomUUID } from 'node:crypto';
import { proveWords } from '../../words/prove';
import { orderWorkflowId, searchAttributes } from '../../workflows/messages';
import { alertDeskWorkflowId, type AlertView } from '../../workflows/messages-alerts';
import { appealWorkflowId } from '../../workflows/messages-appeal';
import { lookAt } from '../../engine/virtual-clock';
import { openStage, type Stage } from '../../stories/stage';
import { playStory, type Played } from '../../stories/run';
import { stories } from '../../stories';
import { sampleOrder } from '../../stories/sample-order';
import type { Floor } from '../support/floor';
import { untilTrue } from '../support/until';
import { raisedTwice } from './alerts';
import { must, type Check, type Figures } from './check';

const WORKFLOW_TASK_COMPLETED = 7;

/** Without the messages that came later, so that a workflow stands on its own knowledge; and with them, as an operator resets. */
const REAPPLY = { withoutMessages: 2 as never, withMessages: 3 as never };
type Reapply = keyof typeof REAPPLY;

/** How many resets there were, by the kind of workflow: what its id begins with. */
type Kinds = Record<string, number>;

/** Of these there is no story at all in which none is reset. */
const KINDS_OF_ALL = ['order', 'manifest', 'appeal', 'alerts', 'sweep', 'account'];

/**
 * Every story, reset to every completed workflow task, has the effects that it had: a run that is played again finds what
 * it did. The ledger of the sandbox is the judge, and the list of the shop's alerts. All workflows of the story's shop are reset,
 * each in every run that it had. The sample leaves the stories to their own test, which resets each of them once.
 */
export const resets: Check = async (floor, size) => {
  const figures: Figures = {};
  const total: Kinds = {};
  for (const { name } of size === 'all' ? stories : []) {
    const played = await playStory(name, floor);
    const kinds = await resetKinds(floor, played);
    for (const [kind, count] of Object.entries(kinds)) total[kind] = (total[kind] ?? 0) + count;
    figures[name] = `${listed(kinds)}; ${countsOf(await played.stage.ledger())}`;
  }
  for (const kind of size === 'all' ? KINDS_OF_ALL : []) must(`${kind} is reset`, (total[kind] ?? 0) > 0, true);
  return { ...figures, ...(size === 'all' ? { total: listed(total) } : {}), ...(await resetWhileToPack(floor)) };
};

/** Which of a run's completed tasks are reset to. */
type Choice = (points: number[]) => number[];

/** Resets what a story began to the chosen points, both ways. @returns how many resets there were. */
export async function resetAll(floor: Floor, played: Played, choose?: Choice): Promise<number> {
  return Object.values(await resetKinds(floor, played, choose)).reduce((sum, count) => sum + count, 0);
}

async function resetKinds(floor: Floor, played: Played, choose?: Choice): Promise<Kinds> {
  const { stage, orders, report } = played;
  const effects = countsOf(await stage.ledger());
  const kinds: Kinds = {};
  const runs = await runsOf(floor, played, choose === undefined ? orders : sampleOf(orders));
  for (const run of runs) {
    const what = `${report.story}, ${run.workflowId}`;
    const known = keysOf(await judged(stage));
    for (const point of pointsOf(await completedTasks(floor, run), choose)) {
      await reset(floor, { ...run, ...point });
      const after = await judged(stage);
      mustKeep(`${what} reset to event ${point.eventId} ${point.reapply}`, effects, after);
      if (run.kind === 'alerts') mustNotRaise(`${what} reset to event ${point.eventId}`, known, after);
      kinds[run.kind] = (kinds[run.kind] ?? 0) + 1;
    }
    // The last of them was with all its messages.
    if (run.kind === 'alerts') must(`${what}, what it knows at last`, keysOf(await judged(stage)), known);
  }
  await stage.settle();
  mustKeep(`${report.story} at rest after its resets`, effects, await judged(stage));
  mustHaveBegun(played, kinds);
  return kinds;
}

type Point = { eventId: number; reapply: Reapply };

/** All of them, or those that were chosen. With the messages comes last: it leaves the shop as it was. */
function pointsOf(points: number[], choose: Choice = (all) => all): Point[] {
  return choose(points).flatMap((eventId) =>
    (Object.keys(REAPPLY) as Reapply[]).map((reapply) => ({ eventId, reapply })),
  );
}

/** Of a story of many orders the first, and the last two: who is late, voided or a member stands last. */
const sampleOf = (orders: string[]): string[] => [...new Set([...orders.slice(0, 1), ...orders.slice(-2)])];

/** What a reset may not change: the effects by their kinds, in whatever order, and what people were alerted of. */
type Judged = { effects: string; alerts: AlertView[] };

const judged = async (stage: Stage): Promise<Judged> => ({
  effects: countsOf(await stage.ledger()),
  alerts: await stage.alerts(),
});

/**
 * An order that lives again may find another task for people, as of a label that it would give back and cannot any more; and what
 * counts from a person's word, which comes again now, is due at another instant. It has no effect that was not there, and nobody is
 * warned twice of one instant.
 */
function mustKeep(what: string, effects: string, after: Judged): void {
  must(what, after.effects, effects);
  must(`${what}, raised twice`, raisedTwice(after.alerts), []);
}

/** A desk says what it was told and nothing else: without the messages of later it knows less. */
function mustNotRaise(what: string, known: string[], after: Judged): void {
  must(
    `${what}, raised anew`,
    keysOf(after).filter((key) => !known.includes(key)),
    [],
  );
}

const keysOf = ({ alerts }: Judged): string[] => alerts.map(({ key, raisedAt }) => `${key} ${raisedAt}`).sort();

/** What a story shows to have been there was reset: nothing is passed over in silence. */
function mustHaveBegun({ report: { story, effects, appeal, alerts } }: Played, kinds: Kinds): void {
  const needed = {
    order: true,
    manifest: effects.some(({ kind }) => kind === 'formCreated'),
    appeal: appeal !== 'none' || effects.some(({ kind }) => kind === 'appealFiled'),
    alerts: alerts.length > 0,
  };
  for (const [kind, isNeeded] of Object.entries(needed)) {
    if (isNeeded && kinds[kind] === undefined) throw new Error(proveWords.noneReset(story, kind));
  }
}

type Run = { workflowId: string; runId: string; kind: string };

/** Temporal's list is a moment behind. */
const LIST_WITHIN_MS = 10_000;

/** Every run of every workflow of the story's shop; of its orders those that are wanted. */
async function runsOf(floor: Floor, { stage, orders, report }: Played, wanted: string[]): Promise<Run[]> {
  const known = await knownOf(stage, orders);
  let runs: Run[] = [];
  const missing = (): string[] => known.filter((id) => !runs.some(({ workflowId }) => workflowId === id));
  const isWhole = async (): Promise<boolean> => {
    runs = await listedRuns(floor, stage.shopId);
    return missing().length === 0;
  };
  await untilTrue('the list is whole', isWhole, LIST_WITHIN_MS).catch(() => {
    throw new Error(proveWords.notThere(report.story, missing()));
  });
  const left = orders.filter((id) => !wanted.includes(id)).map((id) => orderWorkflowId(stage.shopId, id));
  return runs.filter(({ workflowId }) => !left.includes(workflowId)).reverse();
}

async function listedRuns({ client }: Floor, shopId: string): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const { workflowId, runId } of client.workflow.list({
    query: `${searchAttributes.shopId.name} = "${shopId}"`,
  })) {
    runs.push({ workflowId, runId, kind: workflowId.split(':')[0] ?? workflowId });
  }
  return runs;
}

/** What the orders of a story name: themselves, the manifests that they are on, their cases, and the desk. */
async function knownOf(stage: Stage, orders: string[]): Promise<string[]> {
  const known = new Set<string>();
  for (const order of orders) {
    const { neighbours, packages } = await stage.view(order);
    const former = Object.values(packages).flatMap(({ appeal }) => appeal?.former ?? []);
    const cases = former.map((caseKey) => appealWorkflowId(stage.shopId, caseKey));
    for (const id of [orderWorkflowId(stage.shopId, order), ...neighbours, ...cases]) known.add(id);
  }
  if ((await stage.alerts()).length > 0) known.add(alertDeskWorkflowId(stage.shopId));
  return [...known];
}

/**
 * The dangerous moment: the label is bought and the platform would still take another one. A run that begins again here is
 * kept from buying only by what was written down before the purchase.
 */
async function resetWhileToPack(floor: Floor): Promise<Figures> {
  const stage = await openStage(floor);
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  const workflowId = orderWorkflowId(stage.shopId, order.id);
  must('label before the resets', countsOf(await stage.ledger()), 'labelBought 1');
  const { runId } = await floor.client.workflow.getHandle(workflowId).describe();
  const points = pointsOf(await completedTasks(floor, { workflowId, runId }));
  for (const point of points) {
    await reset(floor, { workflowId, runId, ...point });
    must(`to pack, reset to event ${point.eventId}`, countsOf(await stage.ledger()), 'labelBought 1');
  }
  await stage.settle();
  await stage.person(order.id, 'packed');
  must('effects after the resets', countsOf(await stage.ledger()), 'labelBought 1, trackingUploaded 1');
  return { 'to-pack resets': points.length };
}

/** How many effects of each kind there were: a reset may not add one, in whatever order. */
function countsOf(ledger: Awaited<ReturnType<Stage['ledger']>>): string {
  const counts: Kinds = {};
  for (const { kind } of ledger) counts[kind] = (counts[kind] ?? 0) + 1;
  return listed(counts);
}

const listed = (counts: Kinds): string =>
  Object.entries(counts)
    .map(([kind, count]) => `${kind} ${count}`)
    .sort()
    .join(', ');

async function completedTasks({ client }: Floor, { workflowId, runId }: Omit<Run, 'kind'>): Promise<number[]> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  return (events ?? []).flatMap(({ eventType, eventId }) =>
    Number(eventType) === WORKFLOW_TASK_COMPLETED ? [Number(eventId)] : [],
  );
}

async function reset(
  { client }: Floor,
  { workflowId, runId, eventId, reapply }: Omit<Run, 'kind'> & Point,
): Promise<void> {
  await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: eventId as never,
    requestId: randomUUID(),
    reason: 'test',
    resetReapplyType: REAPPLY[reapply],
  });
  await untilTrue(`${workflowId} at rest after a reset to ${eventId}`, async () => {
    const { isQuiet, isClosed } = await lookAt(client, workflowId);
    return isQuiet || isClosed;
  });
}
