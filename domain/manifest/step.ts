import { fireDue, tasksOf } from './agenda';
import { commandId, type ManifestCommand } from './command';
import type { Counts, ManifestAnswer, ManifestEvent, ManifestVerdict } from './event';
import type { MemberRef } from './manifest';
import { foldOrder } from './persons';
import { instantsOf, waitsForScan } from './scan';
import type { ManifestAttention, ManifestState } from './state';

/** One turn of a manifest: its next state, the commands to begin, and the answers to people, in order. */
export type ManifestStep = {
  state: ManifestState;
  start: { id: string; command: ManifestCommand }[];
  verdicts: ManifestVerdict[];
};

/** Whoever is not answered at once asks again by its own agenda. */
const MOST_WAITING = 1_000;
const MOST_LATE_AT_ONCE = 200;
const MOST_ATTENTION_LINES = 20;

// State is plain data by contract, so this copies all of it; the workflow sandbox has no structuredClone.
const copy = (state: ManifestState): ManifestState => JSON.parse(JSON.stringify(state)) as ManifestState;

/** Decides, and does nothing else: joins, leavers, people, the clock and the answers of earlier commands all speak through here. */
export function step(before: ManifestState, events: readonly ManifestEvent[]): ManifestStep {
  const state = copy(before);
  const verdicts: ManifestVerdict[] = [];
  for (const event of events) {
    // What comes in after the cut-off finds it closed, though the timer's own event may be behind it.
    fireDue(state, event.at);
    if (event.kind === 'ordered') verdicts.push(foldOrder(state, event.order, event.at));
    else fold(state, event);
    fireDue(state, event.at);
  }
  const start = wantedOf(state)
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined);
  for (const { id, command } of start) state.outstanding[id] = command;
  if (isOver(state)) state.endedAt ??= events.at(-1)?.at ?? 0;
  return { state, start, verdicts };
}

function fold(state: ManifestState, event: Exclude<ManifestEvent, { kind: 'ordered' }>): void {
  switch (event.kind) {
    case 'joined':
      count(state, event.counts);
      if (state.phase !== 'open') letWait(state, event.member);
      break;
    case 'left':
      count(state, event.counts);
      break;
    case 'answered':
      foldAnswer(state, event);
      break;
    case 'badMessage':
      raise(state, { kind: 'badMessage', at: event.at, about: event.handler });
      break;
    case 'workflowCancelled':
      raise(state, { kind: 'workflowCancelled', at: event.at, about: state.date });
      break;
    case 'opened':
    case 'woke':
      break;
  }
}

function count(state: ManifestState, { joined, left }: Counts): void {
  state.joined = Math.max(state.joined, joined);
  state.left = Math.max(state.left, left);
}

const isSame = (a: MemberRef, b: MemberRef): boolean => a.orderId === b.orderId && a.package === b.package;

function letWait(state: ManifestState, member: MemberRef): void {
  if (state.waiting.length >= MOST_WAITING || state.waiting.some((other) => isSame(other, member))) return;
  state.waiting.push(member);
}

/** One cause, one line: one that stands already is dated anew. */
function raise(state: ManifestState, line: ManifestAttention): void {
  const others = state.attention.filter(({ kind, about }) => kind !== line.kind || about !== line.about);
  state.attention = [...others, line].slice(-MOST_ATTENTION_LINES);
}

function foldAnswer(state: ManifestState, { at, command: id, answer }: ManifestEvent & { kind: 'answered' }): void {
  const command = state.outstanding[id];
  if (command === undefined) return;
  state.outstanding = Object.fromEntries(Object.entries(state.outstanding).filter(([other]) => other !== id));
  if (answer.kind === 'failed') raise(state, { kind: 'commandFailed', at, about: `${id}: ${answer.type}` });
  switch (command.kind) {
    case 'makeForm':
      foldForm(state, answer);
      break;
    case 'answerLate':
      state.waiting = state.waiting.filter((member) => !command.to.some((told) => isSame(told, member)));
      break;
    case 'tellDesk':
      state.onDesk = command.tasks;
      break;
    // Done, or failed for good: a person sees it, and it is not begun for ever.
    case 'keepScan':
    case 'tellMembers':
      state.done.push(id);
      break;
  }
}

function foldForm(state: ManifestState, answer: ManifestAnswer): void {
  switch (answer.kind) {
    case 'formed':
      state.phase = 'formed';
      state.form = answer.form;
      state.leftOff = answer.leftOff;
      break;
    case 'empty':
      state.phase = 'empty';
      break;
    case 'refused':
    case 'failed':
      state.phase = 'failed';
      state.reason = answer.kind === 'refused' ? answer.reason : answer.message;
      break;
    case 'done':
      break;
  }
}

/** What it wants done now, derived from the state alone: the same state always wants the same. */
function wantedOf(state: ManifestState): ManifestCommand[] {
  if (state.endedAt !== undefined) return [];
  return [...wantedForForm(state), ...wantedForMembers(state), ...wantedForDesk(state)];
}

function wantedForForm(state: ManifestState): ManifestCommand[] {
  if (state.phase === 'closing' && state.closed !== undefined) return [{ kind: 'makeForm', at: state.closed.at }];
  // One after the other: each is kept under the next free name.
  const next = state.reports
    .map((_, index): ManifestCommand => ({ kind: 'keepScan', number: index + 1 }))
    .find((command) => !state.done.includes(commandId(command)));
  return next === undefined ? [] : [next];
}

/** Members first, then those who came too late to be one. */
function wantedForMembers(state: ManifestState): ManifestCommand[] {
  const { phase, waiting } = state;
  if (phase === 'open' || phase === 'closing') return [];
  const news = newsOf(state);
  const late: ManifestCommand[] =
    waiting.length > 0 ? [{ kind: 'answerLate', to: waiting.slice(0, MOST_LATE_AT_ONCE) }] : [];
  return [...(news === undefined ? [] : [news]), ...late];
}

/** What the members have not been told yet, one thing at a time: a scan is news of a form that they know of. */
function newsOf(state: ManifestState): ManifestCommand | undefined {
  const { phase, form, closed, done } = state;
  const news: (ManifestCommand & { kind: 'tellMembers' })[] = [
    ...(phase === 'failed' ? [{ kind: 'tellMembers', what: 'leftOff', at: closed?.at ?? 0 } as const] : []),
    ...(form === undefined ? [] : [{ kind: 'tellMembers', what: 'formed', at: form.madeAt } as const]),
    ...instantsOf(state).map((at, index) => ({ kind: 'tellMembers', what: 'scanned', at, number: index + 1 }) as const),
  ];
  return news.find((command) => !done.includes(commandId(command)));
}

function wantedForDesk(state: ManifestState): ManifestCommand[] {
  const tasks = tasksOf(state);
  const raised = tasks.filter((task) => !state.onDesk.includes(task));
  const settled = state.onDesk.filter((task) => !tasks.includes(task));
  return raised.length + settled.length > 0 ? [{ kind: 'tellDesk', tasks, raise: raised, settle: settled }] : [];
}

/** Nothing is to come, nothing is under way, and everybody knows. */
function isOver(state: ManifestState): boolean {
  const isComplete = state.phase === 'scanned' && !waitsForScan(state);
  const isFinal = state.gaveUpAt !== undefined || isComplete || ['empty', 'failed'].includes(state.phase);
  return isFinal && Object.keys(state.outstanding).length === 0 && wantedOf(state).length === 0;
}
