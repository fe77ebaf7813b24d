import type { Command } from './command';
import { noteTold } from './desk';
import type { Answer } from './event';
import { foldAskedOwner, noteGroupTold } from './group';
import { foldJoinAnswer, foldLeft } from './manifest';
import { replacePlan } from './replan';
import type { OrderState, Package } from './state';

/** What could not be told is told again after this long; the workflows beside us are on the same server as we are. */
const TELL_AGAIN_MS = 15 * 60_000;

type Kind = 'planOrder' | 'joinManifest' | 'leaveManifest' | 'tellAppeal' | 'tellGroup' | 'askOwner' | 'tellDesk';
export type NeighbourCommand = Extract<Command, { kind: Kind }>;

const KINDS: readonly Command['kind'][] = [
  'planOrder',
  'joinManifest',
  'leaveManifest',
  'tellAppeal',
  'tellGroup',
  'askOwner',
  'tellDesk',
];

export const isOfNeighbours = (command: Command): command is NeighbourCommand => KINDS.includes(command.kind);

const EXPECTED: Record<Kind, readonly Answer['kind'][]> = {
  planOrder: ['planned'],
  joinManifest: ['joined', 'noForm', 'notThere'],
  leaveManifest: ['left', 'stays'],
  tellAppeal: ['told'],
  tellGroup: ['told'],
  askOwner: ['told'],
  tellDesk: ['told'],
};

type Answered = { state: OrderState; answer: Answer; at: number };

/** Folds in what came of telling a neighbour, or of planning again. */
export function foldNeighbourAnswer(command: NeighbourCommand, { state, answer, at }: Answered): void {
  // Whatever else came back, it was not done.
  if (!EXPECTED[command.kind].includes(answer.kind)) state.tellAgain[command.kind] = at + TELL_AGAIN_MS;
  else if (answer.kind === 'planned') replacePlan(state, answer.plan, at);
  else if (command.kind === 'tellDesk') noteTold(state, command.news);
  else if (command.kind === 'tellGroup') noteGroupTold(state, command);
  else if (command.kind !== 'planOrder') foldOfParcel(command, { state, answer, at });
}

function foldOfParcel(
  command: Exclude<NeighbourCommand, { kind: 'planOrder' | 'tellDesk' | 'tellGroup' }>,
  { state, answer, at }: Answered,
): void {
  const parcel = state.packages[command.package];
  if (parcel === undefined) return;
  switch (command.kind) {
    case 'joinManifest':
      return foldJoinAnswer(state, parcel, { answer, at });
    case 'leaveManifest':
      return foldLeft(parcel, answer.kind === 'stays');
    case 'askOwner':
      return foldAskedOwner(state, parcel, { isOver: answer.kind === 'told' && answer.isOver === true, at });
    case 'tellAppeal':
      return noteCaseTold(parcel, command, answer);
  }
}

function noteCaseTold({ appeal }: Package, { news }: Extract<Command, { kind: 'tellAppeal' }>, answer: Answer): void {
  if (appeal === undefined) return;
  appeal.told.push(...news.map(({ kind }) => kind));
  if (answer.kind === 'told' && answer.caseKey !== undefined) appeal.caseKey = answer.caseKey;
}
