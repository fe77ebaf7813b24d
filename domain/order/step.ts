import { fireDue } from './agenda';
import { foldAnswer } from './answers';
import { foldAppeal } from './appeal';
import { foldTracking } from './carrier';
import { commandId, type Command } from './command';
import { decide, endWhenDone } from './decide';
import type { OrderEvent } from './event';
import { keepLooking } from './look';
import { noteLabelNotVoided, notePull } from './loss';
import { noteTelling } from './neighbours';
import { foldAsked, foldShared } from './group';
import { foldManifest } from './manifest';
import { dropEmpty } from './parcels';
import { recordMet } from './milestones';
import { foldOrder } from './persons';
import { foldNotice } from './platform';
import { raise, remember } from './record';
import { noteReplaced } from './replace';
import { noteReady } from './replan';
import { noteCancelledAfterHandover, noteNotCollected } from './stall';
import { advancePhase } from './standing';
import type { OrderState, Verdict } from './state';

/** One turn of an order: its next state, the commands to begin, those to give up, and the answers to people, in order. */
export type Step = {
  state: OrderState;
  start: { id: string; command: Command }[];
  abandon: string[];
  verdicts: Verdict[];
};

// State is plain data by contract, so this copies all of it; the workflow sandbox has no structuredClone.
const copy = (state: OrderState): OrderState => JSON.parse(JSON.stringify(state)) as OrderState;

/**
 * Decides, and does nothing else: facts in, commands out. Every source speaks through here: webhooks, scans, people, timers
 * and the answers of earlier commands.
 */
export function step(before: OrderState, events: readonly OrderEvent[]): Step {
  const state = copy(before);
  const verdicts: Verdict[] = [];
  for (const event of events) {
    const verdict = fold(state, event);
    noteReady(state);
    advancePhase(state, event.at);
    noteLabelNotVoided(state, event.at);
    notePull(state, event.at);
    noteCancelledAfterHandover(state, event.at);
    noteReplaced(state, event.at);
    dropEmpty(state);
    recordMet(state);
    fireDue(state, event.at);
    noteNotCollected(state, event.at);
    keepLooking(state, event.at);
    if (verdict !== undefined) verdicts.push({ ...verdict, phase: state.phase });
  }
  const now = events.at(-1)?.at ?? 0;
  endWhenDone(state, now);
  const { start, abandon } = pausing(state, events, now);
  for (const { id, command } of start) {
    state.outstanding[id] = command;
    if (command.kind === 'loadOrder') noteReading(state);
    noteTelling(state, command);
  }
  return { state, start, abandon, verdicts };
}

function noteReading(state: OrderState): void {
  state.mustReread = false;
  delete state.askAfterSale;
}

/**
 * A command that is wanted again in the very turn that folds its answer would be begun for ever. Whatever the answer was, the
 * order pauses instead and looks at the platform first, later each time.
 */
function pausing(state: OrderState, events: readonly OrderEvent[], now: number): ReturnType<typeof decide> {
  const { start, abandon } = decide(state);
  const answered = new Set(events.flatMap((event) => (event.kind === 'answered' ? [event.command] : [])));
  const isFruitless = start.some(({ id }) => answered.has(id));
  if (!isFruitless) return { start, abandon };
  state.isPaused = true;
  // The look will ask for a reading again.
  state.mustReread &&= !answered.has(commandId({ kind: 'loadOrder', first: false, plan: false }));
  keepLooking(state, now);
  return { start: start.filter(({ id }) => !answered.has(id)), abandon };
}

function fold(state: OrderState, event: OrderEvent): Omit<Verdict, 'phase'> | undefined {
  if (event.kind === 'ordered') return foldOrder(state, event.order, event.at);
  if (isHeard(event)) foldHeard(state, event);
  else foldOwn(state, event);
  return undefined;
}

type Heard = Extract<OrderEvent, { kind: 'noticed' | 'tracked' | 'manifested' | 'appealed' | 'shared' | 'asked' }>;

const HEARD: readonly OrderEvent['kind'][] = ['noticed', 'tracked', 'manifested', 'appealed', 'shared', 'asked'];
const isHeard = (event: OrderEvent): event is Heard => HEARD.includes(event.kind);

/** What others say: the platform, the carrier, the day's manifest, the appeal. */
function foldHeard(state: OrderState, event: Heard): void {
  switch (event.kind) {
    case 'noticed':
      state.heard += 1;
      return foldNotice(state, event.notice);
    case 'tracked':
      state.heard += 1;
      return foldTracking(state, event.notice);
    case 'manifested':
      return foldManifest(state, event.notice);
    case 'appealed':
      return foldAppeal(state, event.notice);
    case 'shared':
      return foldShared(state, event.notice);
    case 'asked':
      return foldAsked(state, event.member);
  }
}

/** What came of our own doing, and of our own waiting. */
function foldOwn(state: OrderState, event: Exclude<OrderEvent, Heard | { kind: 'ordered' }>): void {
  switch (event.kind) {
    case 'opened':
      return remember(state, { at: event.at, what: 'opened' });
    case 'badMessage':
      return raise(state, { kind: 'badMessage', at: event.at, about: event.handler });
    case 'workflowCancelled':
      return raise(state, { kind: 'workflowCancelled', at: event.at, about: state.orderId });
    case 'answered':
      return foldAnswer(state, event);
    case 'woke':
      return;
  }
}
