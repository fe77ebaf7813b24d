import { inBatches, lookAtShop, type ShopWorkflow } from '../../engine/shop-workflows';
import { sandboxClock } from '../../engine/sandbox-clock';
import { fastForward, readClock } from '../../engine/virtual-clock';
import type { Stage } from '../../stories/stage';
import type { Floor } from './floor';

/** More attempts than any activity makes in one step. */
const MOST_SKIPS = 200;
const MOST_MOVES = 10;
/** Clocks tick while they are read. */
const SAME_INSTANT_MS = 1_000;

/**
 * Lets time pass in a shop where every order is trying again and again. `Stage.advance` rests at each attempt of each of them, which
 * is exact and, for a hundred orders, endless; here the sandbox goes a step ahead and each workflow follows by itself, through
 * all its attempts and timers on the way.
 */
export async function passInSteps(
  { client, sandboxUrl }: Floor,
  { shopId, now }: Stage,
  { forMs, stepMs }: { forMs: number; stepMs: number },
): Promise<void> {
  const end = (await now()) + forMs;
  const clock = sandboxClock(sandboxUrl, shopId);
  for (let to = end - forMs + stepMs; to <= end; to += stepMs) {
    await clock.moveTo(to);
    const workflows = await lookAtShop(client, { shopId });
    await inBatches(workflows, (workflow) => follow(workflow, to));
  }

  async function follow({ workflowId, isClosed, now: from }: ShopWorkflow, to: number): Promise<void> {
    let at = from;
    for (let moves = 0; !isClosed && to - at > SAME_INSTANT_MS; moves += 1) {
      if (moves > MOST_MOVES) throw new Error(`${workflowId} does not come to its step`);
      const outcome = await fastForward(client, workflowId, { durationMs: to - at, maxSkips: MOST_SKIPS });
      if (outcome === 'stuck') throw new Error(`${workflowId} was not moved`);
      // One that has used up its skips has come some of the way; one that arrived between two looks says the same.
      at = outcome === 'skipLimit' ? await readClock(client, workflowId) : to;
    }
  }
}
