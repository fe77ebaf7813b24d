import type { Alert } from '../alerts/alert';
import type { AppealNotice, AppealOpening, AppealStatus } from './appeal';
import type { Evidence, NoteRef } from './event';
import type { AppealWindow, FilingNumber } from './windows';

/** All that one case knows. Plain values only: it crosses a continue-as-new. Instants are epoch milliseconds. */
export type AppealState = {
  shopId: string;
  orderId: string;
  caseKey: string;
  status: AppealStatus;
  /** Absent until the order has said what it is about. */
  opening?: AppealOpening;
  openedAt?: number;
  /** Of several limits the first that was told: the window counts from it. */
  limitBroken?: { deadline: string; at: number };
  movedAt?: number;
  /** When the order was over for another reason. */
  overAt?: number;
  /** The newest pack: what is filed next is filed with it. */
  evidence?: Evidence;
  /** The pack that a person's filing waits for: proofs may have been reported since the last. */
  nextPack?: string;
  filings: AppealFiling[];
  /** The window in which the next filing is possible. */
  window?: AppealWindow;
  /** A filing that is a person's, because no desk takes it, or because of a doubt. */
  byHand?: { filing: FilingNumber; at: number; why?: Doubt };
  /** A person wants the first filing made as it is. */
  fileIt?: { actor: string; times: number } & NoteRef;
  /** A person wants the second filing. */
  again?: { actor: string } & NoteRef;
  /** It was begun by code that filed with any evidence, and goes on so. */
  filesAll?: boolean;
  /** When the desk is read next. */
  readAt?: number;
  mustRead: boolean;
  /** Reminders of the open window that were given, by how long before. */
  reminded: number[];
  /** Tasks that people have been given and that are not done. */
  tasks: string[];
  /** What the order and the alert desk have still to be told. */
  untold: Untold;
  outstanding: Record<string, AppealCommand>;
  /** Commands that failed for good, and when each may be tried again. */
  pausedUntil: Record<string, number>;
  badMessages: number;
  timeline: { at: number; what: string; about?: string }[];
  /** People's orders that were answered, newest last, for a repeat after continue-as-new. */
  answered: { id: string; verdict: AppealAnswered }[];
  endedAt?: number;
};

/** `weak`: the evidence is. `late`: the form was scanned only after the limit. */
export type Doubt = 'weak' | 'late';

type AppealFiling = {
  number: FilingNumber;
  caseNumber: string;
  /** The pack that it was filed with. */
  evidence?: { key: string; sha256: string };
  filedAt: number;
  outcome?: 'won' | 'lost';
  decidedAt?: number;
};

export type Untold = { notices: AppealNotice[]; raise: Alert[]; settle: string[] };

/** The answer to a person's order. */
export type AppealAnswered = {
  accepted: boolean;
  reason?: string;
  status: AppealStatus;
  at: number;
  bodyHash?: string;
};

/**
 * What a case wants done outside. Derived from the state, so it may be issued again after a crash: each one first reads back
 * whether it already happened, or does no harm when it is done twice.
 */
export type AppealCommand =
  /** `pack`: which one, where it is not the first. */
  | { kind: 'gatherEvidence'; pack?: string }
  | { kind: 'fileAppeal'; number: FilingNumber }
  | { kind: 'readDecision'; caseNumber: string }
  | ({ kind: 'tellOrder' } & Untold);

/** One command of a kind, and one filing of a number, is under way at a time. */
export const commandId = (command: AppealCommand): string =>
  command.kind === 'fileAppeal' ? `${command.kind}:${command.number}` : command.kind;

export const nothingUntold = (): Untold => ({ notices: [], raise: [], settle: [] });

/** A case of which nothing is known yet but its name. */
export const newAppeal = ({ shopId, orderId, caseKey }: CaseRef): AppealState => ({
  shopId,
  orderId,
  caseKey,
  status: 'gathering',
  filings: [],
  mustRead: false,
  reminded: [],
  tasks: [],
  untold: nothingUntold(),
  outstanding: {},
  pausedUntil: {},
  badMessages: 0,
  timeline: [],
  answered: [],
});

type CaseRef = { shopId: string; orderId: string; caseKey: string };
