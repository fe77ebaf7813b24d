import type { AppealNews } from './appeal';

/** Everything that can happen to a case. `at` is the case's own time, epoch milliseconds. */
export type AppealEvent =
  | { kind: 'woke'; at: number }
  | { kind: 'told'; at: number; news: AppealNews }
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
  | { verb: 'recordDecision'; actor: string; outcome: 'won' | 'lost'; decidedAt?: number };

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
};

/** What came back from a command. */
export type AppealAnswer =
  | ({ kind: 'gathered' } & Evidence)
  | { kind: 'filed'; caseNumber: string; status: FilingStatus; decidedAt: number | null }
  /** Nobody takes it by HTTP: a person files. */
  | { kind: 'byHand' }
  | { kind: 'windowClosed' }
  | { kind: 'read'; status: FilingStatus; decidedAt: number | null }
  | { kind: 'toldAll' }
  | { kind: 'refused'; reason: string }
  /** Given up on our own wish; what it did outside is not known. */
  | { kind: 'abandoned' }
  | { kind: 'failed'; type: string; message: string };

type FilingStatus = 'pending' | 'won' | 'lost';
