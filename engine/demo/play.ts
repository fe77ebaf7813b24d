import { NEXT } from '../../domain/order/phase';
import { engineWords } from '../../words/engine';
import type { Say } from '../say';
import type { DemoOrder, DemoStep } from './demo-order';
import { order, readOrder, standingLimitMs, untilSeen } from './doors';
import type { Call, DemoDoors } from './doors';
import { closeForm, untilOnForms } from './form';
import { demoOrders, onScannedForm } from './orders';

/** So many orders are played at once: each is asked where it stands several times a second. */
const atOnce = 6;

/** The phases from the first to the last. */
const ranks = Object.keys(NEXT);

export interface Playing {
  readonly doors: DemoDoors;
  /** The instant from which ages count, epoch ms. */
  readonly at: number;
  /** The orders that are there: what could not be placed is not waited for. */
  readonly ids: readonly string[];
  readonly say: Say;
}

/**
 * Lets people, buyers and carriers do to the demo orders what their stage needs, in three rounds: what comes before the form of the
 * day, the form, and what comes after. Every step may be repeated. One that fails is told in a line, and its order is left as it is.
 */
export async function playDemo(playing: Playing): Promise<void> {
  const { doors, ids } = playing;
  const onForm = onScannedForm.filter((id) => ids.includes(id));
  await playAll(playing, ({ before }) => before);
  await telling(playing, engineWords.demoForm(), async () => {
    await untilOnForms(doors, onForm);
    // Their labels may be of several accounts, each of which has a form of its own.
    for (const id of onForm) await closeForm(doors, id);
  });
  await playAll(playing, ({ after }) => after);
}

async function playAll(playing: Playing, stepsOf: (one: DemoOrder) => readonly DemoStep[]): Promise<void> {
  const waiting = demoOrders.filter((one) => playing.ids.includes(one.id) && stepsOf(one).length > 0);
  const playNext = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const { id } = one;
      const steps = stepsOf(one);
      await telling(playing, id, () => playSteps(playing, id, steps));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, playNext));
}

async function playSteps(playing: Playing, id: string, steps: readonly DemoStep[]): Promise<void> {
  for (const step of steps) {
    await untilSeen(playing.doors, {
      what: step.once,
      limitMs: standingLimitMs,
      look: async () => standsAt(await readOrder(playing.doors, id), step),
    });
    await order(playing.doors, callOf(playing, id, step));
  }
}

/** What the carrier says of a parcel that it has not scanned by itself. */
const notYet = ['none', 'preTransit', 'originAccepted'];

/** An order of which nothing was read yet stands nowhere, whatever its first phase is called. */
function standsAt(found: Awaited<ReturnType<typeof readOrder>>, { once, isScanned }: DemoStep): true | undefined {
  if (found?.platformStatus == null || ranks.indexOf(found.phase) < ranks.indexOf(once)) return undefined;
  const isHeard = Object.values(found.packages).every(({ tracking }) => !notYet.includes(tracking.meaning));
  return isScanned !== true || isHeard ? true : undefined;
}

function callOf({ doors, at }: Playing, id: string, step: DemoStep): Call {
  const { apiUrl, sandboxUrl, shopId } = doors;
  if ('person' in step) {
    const { person, body } = step;
    const url = `${apiUrl}/v1/orders/${shopId}/${id}/${person}`;
    // A key counts per order and verb: no order does one thing twice.
    return { method: 'POST', url, body: body?.(at) ?? {}, headers: { 'idempotency-key': 'demo' } };
  }
  const outside = `${sandboxUrl}/control/shops/${shopId}/orders/${id}`;
  if ('carrier' in step) return { method: 'POST', url: `${outside}/carrier`, body: { status: step.carrier } };
  if ('buyer' in step) return { method: 'POST', url: `${outside}/buyer-cancel`, body: {} };
  const { platform, agoH, reason } = step;
  const body = { status: platform, at: at - agoH * 3_600_000, ...(reason === undefined ? {} : { reason }) };
  return { method: 'POST', url: `${outside}/status`, body };
}

/** Does some of it and tells a failure in one line; a stop is none, and ends all of it. */
async function telling({ doors, say }: Playing, what: string, work: () => Promise<void>): Promise<void> {
  const { signal } = doors;
  signal.throwIfAborted();
  try {
    await work();
  } catch (error) {
    signal.throwIfAborted();
    say(engineWords.demoStepFailed(what, error instanceof Error ? error.message : String(error)));
  }
}
