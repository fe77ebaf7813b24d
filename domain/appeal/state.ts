import type { Alert } from '../alerts/alert';
import type { AppealNotice, AppealOpening, AppealStatus, Recovered } from './appeal';
import type { Evidence, NoteRef, Survey } from './event';
import type { AppealWindow, FilingNumber } from './windows';

/** All that one case knows. Plain values only: it crosses a continue-as-new. Instants are epoch milliseconds. */
export type AppealState = {
  shopId: string;
  /** Of a case of a form: ''. */
  orderId: string;
  caseKey: string;
  /** 2: its parcels stand in documents, and it counts them. Absent: the first, of one parcel, which its order tells by messages. */
  edition?: 2;
  /** What stood in the documents when they were looked at last. */
  survey?: Survey;
  /** There is something new in them. */
  mustSurvey?: boolean;
  /** A case of many is looked at again no sooner. */
  surveyAt?: number;
  /** When the parcel came that was counted last. */
  joinedAt?: number;
  /** What it claims is to be settled; or somebody came after it was. */
  mustSettle?: boolean;
  claim?: CaseClaim;
  /** Packs that were asked for so far for the first filing. */
  packs?: number;
  /** How many were claimed, and the papers that were kept, when the newest pack was asked for. */
  packFor?: number;
  papers?: string;
  /** When the newest gathering was begun. */
  gatheredAt?: number;
  /** The window is over, and until then a person may still say that it was filed in time. */
  graceUntil?: number;
  /** What came of it is written down. */
  isKept?: boolean;
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
  byHand?: { filing: FilingNumber; at: number; why?: Doubt; lookAt?: number };
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

/** What a case claims: how many parcels, and how many went on in a next case or had lost nothing. */
export type CaseClaim = { members: number; leftOut: number; spared: number; settledAt: number };

/**
 * `weak`: the evidence is. `late`: the form was scanned only after the limit. `seller`: by the platform's rule the delay is the
 * seller's. `unclear`: the rule does not say whose it is.
 */
export type Doubt = 'weak' | 'late' | 'seller' | 'unclear';

type AppealFiling = {
  number: FilingNumber;
  caseNumber: string;
  /** The pack that it was filed with. */
  evidence?: { key: string; sha256: string };
  filedAt: number;
  /** A person filed it, so that no desk knows of it. */
  byHand?: boolean;
  outcome?: 'won' | 'lost';
  decidedAt?: number;
  recovered?: Recovered;
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
  | ({ kind: 'tellOrder' } & Untold)
  | { kind: 'surveyCase' }
  | { kind: 'settleClaim' }
  | ({ kind: 'tellCase' } & Untold)
  | { kind: 'saveCaseResult' };

/** One command of a kind, and one filing of a number, is under way at a time. */
export const commandId = (command: AppealCommand): string =>
  command.kind === 'fileAppeal' ? `${command.kind}:${command.number}` : command.kind;

export const nothingUntold = (): Untold => ({ notices: [], raise: [], settle: [] });

/** A case of which nothing is known yet but its name. */
export const newAppeal = ({ shopId, orderId, caseKey, edition }: CaseRef): AppealState => ({
  shopId,
  orderId,
  caseKey,
  ...(edition === undefined ? {} : { edition }),
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

type CaseRef = { shopId: string; orderId: string; caseKey: string; edition?: 2 };

/** Whether it is of all parcels of a form, and not of one. */
export const isOfForm = ({ orderId }: Pick<AppealState, 'orderId'>): boolean => orderId === '';
