import { fireDue } from './agenda';
import { foldAnswer } from './answers';
import { commandId, type ManifestCommand } from './command';
import type { Counts, ManifestEvent, ManifestVerdict } from './event';
import type { MemberRef } from './manifest';
import { foldOrder } from './persons';
import { raise } from './record';
import { nextLook, waitsForScan } from './scan';
import type { ManifestState } from './state';
import { wantedOf } from './wanted';

/** One turn of a manifest: its next state, the commands to begin, and the answers to people, in order. */
export type ManifestStep = {
  state: ManifestState;
  start: { id: string; command: ManifestCommand }[];
  verdicts: ManifestVerdict[];
};

/** Whoever is not answered at once asks again by its own agenda. */
const MOST_WAITING = 1_000;

// State is plain data by contract, so this copies all of it; the workflow sandbox has no structuredClone.
const copy = (state: ManifestState): ManifestState => JSON.parse(JSON.stringify(state)) as ManifestState;

/** Decides, and does nothing else: joins, leavers, people, the clock and the answers of earlier commands all speak through here. */
export function step(before: ManifestState, events: readonly ManifestEvent[]): ManifestStep {
  const state = copy(before);
  const verdicts: ManifestVerdict[] = [];
  const waiting = waitingIn(state);
  for (const event of events) {
    // What comes in after the cut-off finds it closed, though the timer's own event may be behind it.
    fireDue(state, event.at);
    if (event.kind === 'ordered') verdicts.push(foldOrder(state, event.order, event.at));
    else fold(state, event, waiting);
    fireDue(state, event.at);
  }
  const start = wantedOf(state)
    .map((command) => ({ id: commandId(command), command }))
    .filter(({ id }) => state.outstanding[id] === undefined);
  for (const { id, command } of start) state.outstanding[id] = command;
  if (isOver(state)) state.endedAt ??= events.at(-1)?.at ?? 0;
  return { state, start, verdicts };
}

function fold(state: ManifestState, event: Exclude<ManifestEvent, { kind: 'ordered' }>, waiting: Waiting): void {
  switch (event.kind) {
    case 'joined':
      count(state, event.counts);
      state.firstJoinedAt ??= event.at;
      if (state.phase !== 'open') waiting.add(event.member);
      break;
    case 'left':
      count(state, event.counts);
      break;
    case 'answered':
      foldAnswer(state, event);
      waiting.readAgain();
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

/** Nobody leaves who did not join: such counts are no manifest's, and what is greatest would hold for ever. */
function count(state: ManifestState, { joined, left }: Counts): void {
  if (left > Math.max(state.joined, joined)) return;
  state.joined = Math.max(state.joined, joined);
  state.left = Math.max(state.left, left);
}

/** Who waits for an answer, each once. A burst of thousands comes in one turn: looking each up in the list would take seconds. */
type Waiting = { add: (member: MemberRef) => void; readAgain: () => void };

function waitingIn(state: ManifestState): Waiting {
  const nameOf = ({ orderId, package: parcel }: MemberRef): string => `${orderId}-${parcel}`;
  let names: Set<string> | undefined;
  return {
    add: (member) => {
      names ??= new Set(state.waiting.map(nameOf));
      if (state.waiting.length >= MOST_WAITING || names.has(nameOf(member))) return;
      names.add(nameOf(member));
      state.waiting.push(member);
    },
    readAgain: () => {
      names = undefined;
    },
  };
}

/** Nothing is to come, nothing is under way, and everybody knows. */
function isOver(state: ManifestState): boolean {
  const isComplete = state.phase === 'scanned' && !waitsForScan(state);
  const isFinal = state.gaveUpAt !== undefined || isComplete || ['empty', 'failed'].includes(state.phase);
  if (!isFinal || nextLook(state) !== undefined) return false;
  return Object.keys(state.outstanding).length === 0 && wantedOf(state).length === 0;
}
