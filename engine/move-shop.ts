import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { engineWords } from '../words/engine';
import { PlainFailure } from './plain-failure';
import { sandboxClock } from './sandbox-clock';
import type { SandboxClock } from './sandbox-clock';
import type { Say } from './say';
import { earliest, inBatches, lookAtShop } from './shop-workflows';
import type { Answers, ShopWorkflow } from './shop-workflows';
import { fastForward, lookAt } from './virtual-clock';

export interface MoveShop {
  readonly client: Client;
  readonly sandboxUrl: string;
  readonly shopId: string;
  /** Where its clocks shall stand, epoch ms. */
  readonly to: number;
  /** Workflows that the caller knows to be there, however new they are. */
  readonly known?: readonly string[];
  /** What its workflows answered on earlier moves, kept by a caller who moves it again and again. */
  readonly answers?: Answers;
  readonly say?: Say;
}

interface Journey extends MoveShop {
  readonly sandbox: SandboxClock;
  readonly answers: Answers;
}

/** A month of a shop with an outage has some 2,000 happenings; more than this is an agenda that never ends. */
const mostStops = 10_000;
const mostSkipsAStop = 200;
const restLimitMs = 30_000;
/** Clocks are read one after the other and tick; only what is further apart than this is apart. */
const sameInstantMs = 1_000;
const lookAgainMs = 20;
/** A notice that is still pending after this long, with nothing else going on, waits for its next attempt. */
const noticeLimitMs = 2_000;

/**
 * Moves all clocks of a sandbox shop to one instant: those of its running workflows and the sandbox's own. They go
 * together from happening to happening, so that each meets the others at the right time, and rest at every stop.
 */
export async function moveShop(move: MoveShop): Promise<{ now: number; stops: number }> {
  const journey = {
    ...move,
    sandbox: sandboxClock(move.sandboxUrl, move.shopId),
    answers: move.answers ?? (new Map() as Answers),
  };
  for (let stops = 0; stops < mostStops; stops += 1) {
    const workflows = await untilRest(journey);
    const { now, nextAt } = await journey.sandbox.read();
    if (await catchUp(journey, workflows, now)) continue;
    if (now >= move.to) return { now, stops };
    const ahead = [nextAt, ...workflows.map(({ nextWakeAt }) => nextWakeAt)].filter((at) => at !== null && at > now);
    const next = Math.min(move.to, earliest(ahead) ?? move.to);
    await goTo(journey, workflows, next);
    move.say?.(engineWords.movedTo(new Date(next).toISOString(), workflows.length));
  }
  throw new PlainFailure(engineWords.tooManyStops(move.shopId, mostStops));
}

/**
 * The sandbox stops short, so that orders act on their own deadline before the news of that very instant. Its clock ticks on
 * while the workflows are moved: stopped too near, it would tell them of the instant before they are there.
 */
const shortOfMs = 60_000;

async function goTo(journey: Journey, workflows: readonly ShopWorkflow[], at: number): Promise<void> {
  await journey.sandbox.moveTo(at - shortOfMs);
  await inBatches(workflows, (workflow) => forward(journey, workflow, at));
  await untilRest(journey);
  await journey.sandbox.moveTo(at);
}

/** Brings workflows that a client has started on the way, and which live in the real now, to the shop's. */
async function catchUp(journey: Journey, workflows: readonly ShopWorkflow[], now: number): Promise<boolean> {
  const behind = workflows.filter((workflow) => !workflow.isClosed && workflow.now < now - sameInstantMs);
  await inBatches(behind, (workflow) => forward(journey, workflow, now));
  return behind.length > 0;
}

/**
 * Every workflow stops short of its instant and lives through it in real time. The server ends a move when it skips to its
 * target; a move whose target passes while a task or an activity runs is not ended, and would skip on to whatever comes next.
 * The first is what a target that lies before the instant makes sure of; how far before is what a call takes just now.
 */
const shortestMarginMs = 25;
const callsInMargin = 3;
/** Attempts of activities are scheduled less exactly than timers. */
const shortOfAttemptMs = 300;

async function forward({ client }: Journey, workflow: ShopWorkflow, at: number): Promise<void> {
  const { workflowId, isClosed } = workflow;
  if (isClosed) return;
  const asked = Date.now();
  const { now, nextAttemptAt } = await lookAt(client, workflowId);
  const marginMs = Math.max(shortestMarginMs, callsInMargin * (Date.now() - asked));
  const target = Math.min(at - marginMs, (nextAttemptAt ?? Infinity) - shortOfAttemptMs);
  const durationMs = target - now;
  if (durationMs <= 0) return;
  const outcome = await fastForward(client, workflowId, { durationMs, maxSkips: mostSkipsAStop });
  if (outcome === 'stuck' || outcome === 'skipLimit') {
    throw new PlainFailure(engineWords.clockNotMoved(workflowId, outcome));
  }
}

/** Waits until nothing goes on in the shop: two equal looks, for a signal between two workflows is in neither of them. */
async function untilRest(journey: Journey): Promise<ShopWorkflow[]> {
  const deadline = Date.now() + restLimitMs;
  let before = '';
  for (;;) {
    const pending = await journey.sandbox.pendingAfter(noticeLimitMs);
    const workflows = await lookAtShop(journey.client, journey);
    const busy = workflows.find((workflow) => !isAtRest(workflow));
    const after = JSON.stringify([
      pending,
      workflows.map(({ workflowId, historyLength }) => [workflowId, historyLength]),
    ]);
    if (busy === undefined && after === before) return workflows;
    if (Date.now() > deadline) throw new PlainFailure(whoHasNoRest(journey.shopId, busy));
    before = after;
    if (busy !== undefined) await untilQuiet(journey, busy, deadline);
    await pause(lookAgainMs);
  }
}

/** While one is busy nobody rests: it alone is looked at until it pauses, and the others after that. */
async function untilQuiet({ client }: Journey, { workflowId, isQuiet }: ShopWorkflow, deadline: number): Promise<void> {
  let pauses = isQuiet;
  while (!pauses && Date.now() < deadline) {
    await pause(lookAgainMs);
    pauses = (await lookAt(client, workflowId)).isQuiet;
  }
}

/** What is so near is waited for: its timer fires, or its attempt is made, some milliseconds after the instant. */
const nearMs = 500;

function isAtRest({ isQuiet, isClosed, nextWakeAt, now }: ShopWorkflow): boolean {
  return isClosed || (isQuiet && (nextWakeAt === null || nextWakeAt - now > nearMs));
}

function whoHasNoRest(shopId: string, busy: ShopWorkflow | undefined): string {
  const seconds = restLimitMs / 1000;
  return busy === undefined
    ? engineWords.sandboxGetsNoRest(shopId, seconds)
    : engineWords.shopGetsNoRest(busy.workflowId, seconds);
}
