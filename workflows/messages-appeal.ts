import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AppealNews, AppealStatus } from '../domain/appeal/appeal';
import type { NoteRef } from '../domain/appeal/event';
import type { AppealAnswered } from '../domain/appeal/state';
import type { AppealView } from '../domain/appeal/view';

/** One appeal of one parcel. */
export const APPEAL_CASE = 'appealCase';
export const appealWorkflowId = (shopId: string, caseKey: string): string => `appeal:${shopId}:${caseKey}`;
/** The case of one parcel. */
export const caseKeyOf = (orderId: string, parcel: string): string => `${orderId}-${parcel}`;

/** Where the documents of a case lie. */
export const appealFolder = ({ shopId, caseKey }: { shopId: string; caseKey: string }): string =>
  `appeals/${shopId}/${caseKey}`;
/** Where the text of a person's note lies, by its SHA-256. */
export const appealNoteKey = (ref: { shopId: string; caseKey: string }, noteHash: string): string =>
  `${appealFolder(ref)}/notes/${noteHash}`;

export type AppealInput = {
  shopId: string;
  orderId: string;
  caseKey: string;
  /** What a run that became too long hands to the next. */
  carried?: unknown;
};

/** What stays in history when a case is over. */
export type AppealResult = {
  status: AppealStatus;
  filings: AppealView['filings'];
  evidence: AppealView['evidence'];
};

export const appealNews = defineSignal<[AppealNews]>('appealNews');

export type { AppealView };

/** `bodyHash` is that of the request which was answered, where its caller gave one. */
export type AppealVerdict = AppealAnswered;

/** Given by the API: under a key a refusal is remembered, and a second request under one key is told apart by its hash. */
type Keyed = { key?: string; bodyHash?: string };
/** `note` is what it was before notes were documents: a running case still replays it, and takes no new one. */
export type AppealAgainInput = { actor: string } & NoteRef & Keyed;
export type FileAppealInput = { actor: string; noteHash?: string } & Keyed;
export type RecordDecisionInput = { actor: string; outcome: 'won' | 'lost'; at?: number } & Keyed;

/** Files the first time, as it is: where a limit broke and the case leaves the filing to a person. */
export const fileAppeal = defineUpdate<AppealVerdict, [FileAppealInput]>('fileAppeal');
/** Files a second time, within its window. */
export const appealAgain = defineUpdate<AppealVerdict, [AppealAgainInput]>('appealAgain');
/** Says what the platform decided, where it does not say so by itself. */
export const recordDecision = defineUpdate<AppealVerdict, [RecordDecisionInput]>('recordDecision');

export const appealState = defineQuery<AppealView>('appealState');
