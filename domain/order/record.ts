import type { AttentionLine, OrderState, TimelineLine } from './state';

/** An order that is told the same thing for weeks keeps its first and its latest lines. */
const MOST_TIMELINE_LINES = 200;
const MOST_ATTENTION_LINES = 20;
const FIRST_LINES_KEPT = 50;

export function remember(state: OrderState, line: TimelineLine): void {
  state.timeline.push(line);
  if (state.timeline.length > MOST_TIMELINE_LINES) state.timeline.splice(FIRST_LINES_KEPT, 1);
}

/** Asks for a person's attention. A line that stands already is dated anew: one cause, one line. */
export function raise(state: OrderState, line: AttentionLine): void {
  const others = state.attention.filter(({ kind, about }) => kind !== line.kind || about !== line.about);
  state.attention = [...others, line].slice(-MOST_ATTENTION_LINES);
}

export function settle(state: OrderState, ...kinds: AttentionLine['kind'][]): void {
  state.attention = state.attention.filter(({ kind }) => !kinds.includes(kind));
}
