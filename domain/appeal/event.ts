import type { AppealNews, AppealOpening, Recovered } from './appeal';

/** Everything that can happen to a case. `at` is the case's own time, epoch milliseconds. */
export type AppealEvent =
  | { kind: 'woke'; at: number }
  | { kind: 'told'; at: number; news: AppealNews }
  /** There is something new in the documents of the case. */
  | { kind: 'pinged'; at: number }
  | { kind: 'ordered'; at: number; order: PersonsAppeal }
  | { kind: 'badMessage'; at: number; handler: string }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number }
  | { kind: 'answered'; at: number; command: string; answer: AppealAnswer };

/** What a person orders of a case. `decidedAt` is the platform's own time of its decision. */
export type PersonsAppeal =
  | ({ verb: 'appealAgain'; actor: string } & NoteRef)
  /** The first, as it is: where the case would not file by itself. */
  | ({ verb: 'fileAppeal'; actor: string } & NoteRef)
  /** It was filed in Seller Center, under the number that stands there. */
  | { verb: 'recordFiling'; actor: string; caseNumber: string; filedAt?: number }
  | { verb: 'recordDecision'; actor: string; outcome: 'won' | 'lost'; decidedAt?: number; recovered?: Recovered };

/**
 * What a person adds, by the SHA-256 of its text, which is a document: free text has no place in history. `note`: the text, of
 * an order that was sent before notes were documents.
 */
export type NoteRef = { note?: string; noteHash?: string };

/** The evidence as it was written down: nothing of it but its hash stands in history. */
export type Evidence = {
  key: string;
  sha256: string;
  /** The form that names the parcel, and a stamp, a signature or a proof of pickup. */
  complete: boolean;
  /** What was not found, by the names in `words/appeal.ts`. */
  missing: string[];
  /** When the form was scanned, as a person reported last. */
  scannedAt?: number;
  /** Whose fault it is by the platform's rule. */
  responsibility?: Responsibility;
  /** The same as pages. */
  pdf?: { key: string; sha256: string };
};

export type Responsibility = 'carrier' | 'seller' | 'unclear';

/** What stands in the documents of a case: how many parcels, and what is known of them. */
export type Survey = {
  members: number;
  /** Of which nothing is known yet but that they stand still. */
  undecided: number;
  /** Whose limit broke, and who had not moved before it. */
  broken: number;
  moved: number;
  over: number;
  /** The earliest of the broken limits. */
  firstBroken?: { deadline: string; at: number };
  /** How many that are claimed have lost by all that is known now; absent before there is a claim. */
  claimed?: number;
  /** When the parcel moved, of a case of one. */
  movedAt?: number;
  /** A mark of the papers that are kept for it: another one means that there are new ones. */
  papers: string;
};

/** What came back from a command. */
export type AppealAnswer =
  | ({ kind: 'gathered' } & Evidence)
  /** `opening`: of the parcel that was first, the same every time. */
  | ({ kind: 'surveyed'; opening?: AppealOpening } & Survey)
  /** `members`: how many are claimed. `leftOut`: how many went on to a next case. `spared`: how many had lost nothing. */
  | {
      kind: 'settled';
      members: number;
      leftOut: number;
      spared: number;
      limitBroken?: { deadline: string; at: number };
    }
  | { kind: 'kept' }
  | { kind: 'filed'; caseNumber: string; status: FilingStatus; decidedAt: number | null; recovered?: Recovered }
  /** Nobody takes it by HTTP: a person files. */
  | { kind: 'byHand' }
  /** The pack names other orders than are claimed by now: nothing was filed, and another pack is wanted. */
  | { kind: 'claimChanged' }
  | { kind: 'windowClosed' }
  | { kind: 'read'; status: FilingStatus; decidedAt: number | null; recovered?: Recovered }
  | { kind: 'toldAll' }
  | { kind: 'refused'; reason: string }
  /** Given up on our own wish; what it did outside is not known. */
  | { kind: 'abandoned' }
  | { kind: 'failed'; type: string; message: string };

type FilingStatus = 'pending' | 'won' | 'lost';
