import { fireDue } from './agenda';
import { foldAnswer } from './answers';
import { foldTracking } from './carrier';
import type { Command } from './command';
import { decide, endWhenDone } from './decide';
import type { OrderEvent } from './event';
import { recordMet } from './milestones';
import { foldOrder } from './persons';
import { foldNotice } from './platform';
import { raise, remember } from './record';
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
    advancePhase(state, event.at);
    recordMet(state);
    fireDue(state, event.at);
    if (verdict !== undefined) verdicts.push({ ...verdict, phase: state.phase });
  }
  endWhenDone(state, events.at(-1)?.at ?? 0);
  const { start, abandon } = decide(state);
  for (const { id, command } of start) {
    state.outstanding[id] = command;
    if (command.kind === 'loadOrder') state.mustReread = false;
  }
  return { state, start, abandon, verdicts };
}

function fold(state: OrderState, event: OrderEvent): Omit<Verdict, 'phase'> | undefined {
  switch (event.kind) {
    case 'ordered':
      return foldOrder(state, event.order, event.at);
    case 'opened':
      remember(state, { at: event.at, what: 'opened' });
      break;
    case 'noticed':
      foldNotice(state, event.notice);
      break;
    case 'tracked':
      foldTracking(state, event.notice);
      break;
    case 'badMessage':
      raise(state, { kind: 'badMessage', at: event.at, about: event.handler });
      break;
    case 'workflowCancelled':
      raise(state, { kind: 'workflowCancelled', at: event.at, about: state.orderId });
      break;
    case 'answered':
      foldAnswer(state, event);
      break;
    case 'woke':
      break;
  }
  return undefined;
}
