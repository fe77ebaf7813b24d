import { appealPage, appealSentence, appealToDo } from '../../words/appeal';
import type { AppealStatus } from './appeal';
import { nextWake } from './agenda';
import type { AppealState } from './state';

/** One case as people and programs read it: instants as ISO 8601 in UTC. */
export type AppealView = {
  shopId: string;
  orderId: string;
  caseKey: string;
  status: AppealStatus;
  openedAt: string | null;
  stalledAt: string | null;
  limitBroken: { deadline: string; at: string } | null;
  movedAt: string | null;
  /** The newest pack. */
  evidence: { key: string; sha256: string; complete: boolean; missing: string[] } | null;
  filings: {
    number: number;
    caseNumber: string;
    filedAt: string;
    outcome: 'won' | 'lost' | null;
    decidedAt: string | null;
    /** The pack that it was filed with. */
    evidence: { key: string; sha256: string } | null;
  }[];
  /** The last instant of the window that is open. */
  appealBy: string | null;
  /** Epoch milliseconds of the next thing that the case does by itself: what its one timer is armed for. */
  nextWakeAt: number | null;
  toDo: string[];
  timeline: { at: string; sentence: string }[];
};

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : iso(at));

export function appealView(state: AppealState): AppealView {
  const { limitBroken, opening } = state;
  return {
    shopId: state.shopId,
    orderId: state.orderId,
    caseKey: state.caseKey,
    status: state.status,
    openedAt: isoOrNull(state.openedAt),
    stalledAt: isoOrNull(opening?.stalledAt),
    limitBroken: limitBroken ? { deadline: limitBroken.deadline, at: iso(limitBroken.at) } : null,
    movedAt: isoOrNull(state.movedAt),
    evidence: evidenceOf(state),
    filings: state.filings.map(({ number, caseNumber, filedAt, outcome, decidedAt, evidence }) => ({
      number,
      caseNumber,
      filedAt: iso(filedAt),
      outcome: outcome ?? null,
      decidedAt: isoOrNull(decidedAt),
      evidence: evidence ?? null,
    })),
    appealBy: isoOrNull(appealBy(state)),
    nextWakeAt: nextWake(state)?.at ?? null,
    toDo: toDoOf(state),
    timeline: timelineOf(state),
  };
}

function evidenceOf({ evidence }: AppealState): AppealView['evidence'] {
  if (evidence === undefined) return null;
  const { key, sha256, complete, missing } = evidence;
  return { key, sha256, complete, missing };
}

/** When the window ends in which something can be filed now. */
export const appealBy = ({ window, endedAt }: AppealState): number | undefined =>
  endedAt === undefined && window?.isOver !== true ? window?.endsAt : undefined;

function toDoOf(state: AppealState): string[] {
  if (state.endedAt !== undefined) return [];
  const { evidence, badMessages } = state;
  return [
    ...(badMessages > 0 ? [appealToDo.badMessages(badMessages)] : []),
    ...(evidence?.complete === false ? [appealToDo.weak(evidence.missing)] : []),
    ...toFile(state),
  ];
}

/** What only a person can file or decide to file. */
function toFile({ byHand, evidence, status, window }: AppealState): string[] {
  if (byHand !== undefined) return [appealToDo.fileByHand(evidence?.key ?? '', byHand.why, window?.endsAt)];
  return status === 'lost' && window !== undefined ? [appealToDo.appealAgain(window.endsAt)] : [];
}

/** The story in the order of the events' own times. */
const timelineOf = (state: AppealState): AppealView['timeline'] =>
  [...state.timeline]
    .sort((a, b) => a.at - b.at)
    .map(({ at, what, about }) => ({ at: iso(at), sentence: appealSentence(what, about) }));

/** The case as a page of Markdown: what to do first, then its story. */
export function appealPageOf(state: AppealState): string {
  const { opening, evidence } = state;
  const endsAt = appealBy(state);
  const toDo = toDoOf(state).map((sentence) => `- ${sentence}`);
  return [
    appealPage.title(state.caseKey, state.status),
    ...(opening ? [appealPage.about(opening.trackingNumber, opening.formId, opening.scannedAt)] : []),
    ...(endsAt === undefined ? [] : [appealPage.appealBy(endsAt)]),
    ...(evidence ? [appealPage.evidence(evidence.key, evidence.sha256)] : []),
    [appealPage.toDo, ...(toDo.length > 0 ? toDo : [appealPage.nothingToDo])].join('\n'),
    [appealPage.timeline, ...timelineOf(state).map(({ at, sentence }) => `- ${at} ${sentence}`)].join('\n'),
  ].join('\n\n');
}
