import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AppealNews, AppealStatus, CaseMember, Recovered } from '../domain/appeal/appeal';
import type { NoteRef } from '../domain/appeal/event';
import type { AppealAnswered } from '../domain/appeal/state';
import type { AppealView } from '../domain/appeal/view';

/** One appeal, of one parcel or of all parcels of a form that stalled. */
export const APPEAL_CASE = 'appealCase';
export const appealWorkflowId = (shopId: string, caseKey: string): string => `appeal:${shopId}:${caseKey}`;
/** The case of one parcel. */
export const caseKeyOf = (orderId: string, parcel: string): string => `${orderId}-${parcel}`;

const MOST_FORM_ID = 64;

/**
 * A case of all parcels of a form. What is not in the first, because it stalled later or because a desk takes no more orders at
 * once, is in the next: `number` counts from 1.
 */
export const formCaseKeyOf = (formId: string, number: number): string =>
  `form-${formId.replace(/[^A-Za-z0-9_-]/g, '').slice(0, MOST_FORM_ID)}-${number}`;

/** Whether a case is of a form, by its key. */
export const isFormCase = (caseKey: string): boolean => caseKey.startsWith('form-');

/** Where the documents of a case lie. */
export const appealFolder = ({ shopId, caseKey }: { shopId: string; caseKey: string }): string =>
  `appeals/${shopId}/${caseKey}`;
/** Where the text of a person's note lies, by its SHA-256. */
export const appealNoteKey = (ref: { shopId: string; caseKey: string }, noteHash: string): string =>
  `${appealFolder(ref)}/notes/${noteHash}`;

/** What a parcel of a case is known to have lived through: each kind is a document, written once. */
export type CaseKind = AppealNews['kind'];

/** The documents of a case's parcels lie right in here: one listing shows them all. */
export const caseMembersFolder = (ref: { shopId: string; caseKey: string }): string => `${appealFolder(ref)}/members`;
/** `members/<orderId>-<package>.<kind>`: what an order told, as it told it. */
export const caseMemberKey = (
  ref: { shopId: string; caseKey: string },
  { orderId, package: parcel }: CaseMember,
  kind: CaseKind,
): string => `${caseMembersFolder(ref)}/${orderId}-${parcel}.${kind}`;

const MEMBER_NAME = /^(\d{1,20})-([\w.-]{1,64})\.(opened|limitBroken|moved|over)$/;

/** Whose document a key is, and of what; undefined if it is none. */
export function caseMemberOf(key: string): (CaseMember & { kind: CaseKind }) | undefined {
  const [, orderId, parcel, kind] = MEMBER_NAME.exec(key.slice(key.lastIndexOf('/') + 1)) ?? [];
  if (orderId === undefined || parcel === undefined || kind === undefined) return undefined;
  return { orderId, package: parcel, kind: kind as CaseKind };
}

/** `{settledAt, members: [{orderId, package, limitBroken}]}`: what is claimed, written once; nobody joins a case that has one. */
export const claimKey = (ref: { shopId: string; caseKey: string }): string => `${appealFolder(ref)}/claim`;

/** What came of a shop's cases, one document each. */
export const caseResultsFolder = (shopId: string): string => `appeals/${shopId}/results`;
export const caseResultKey = ({ shopId, caseKey }: { shopId: string; caseKey: string }): string =>
  `${caseResultsFolder(shopId)}/${caseKey}`;

export type { CaseResult } from '../domain/appeal/result';

export type AppealInput = {
  shopId: string;
  /** Of a case of a form it is none: ''. */
  orderId: string;
  caseKey: string;
  /** What it was begun with; absent: the first, which one order told everything by messages. */
  edition?: 2;
  /** What a run that became too long hands to the next. */
  carried?: unknown;
};

/** What stays in history when a case is over. */
export type AppealResult = {
  status: AppealStatus;
  filings: AppealView['filings'];
  evidence: AppealView['evidence'];
};

/**
 * What an order tells its case. From edition 2 on it stands in the documents of the case, and this only says that there is
 * something new.
 */
export const appealNews = defineSignal<[AppealNews]>('appealNews');

export type { AppealView };

/** `bodyHash` is that of the request which was answered, where its caller gave one. */
export type AppealVerdict = AppealAnswered;

/** Given by the API: under a key a refusal is remembered, and a second request under one key is told apart by its hash. */
type Keyed = { key?: string; bodyHash?: string };
/** `note` is what it was before notes were documents: a running case still replays it, and takes no new one. */
export type AppealAgainInput = { actor: string } & NoteRef & Keyed;
export type FileAppealInput = { actor: string; noteHash?: string } & Keyed;
export type RecordDecisionInput = {
  actor: string;
  outcome: 'won' | 'lost';
  at?: number;
  recovered?: Recovered;
} & Keyed;
/** `filedAt`: when the person filed it in Seller Center, by the page there; absent: now. */
export type RecordFilingInput = { actor: string; caseNumber: string; filedAt?: number } & Keyed;

/** Files the first time, as it is: where a limit broke and the case leaves the filing to a person. */
export const fileAppeal = defineUpdate<AppealVerdict, [FileAppealInput]>('fileAppeal');
/** Files a second time, within its window. */
export const appealAgain = defineUpdate<AppealVerdict, [AppealAgainInput]>('appealAgain');
/** Says under which number a person filed it in Seller Center. */
export const recordFiling = defineUpdate<AppealVerdict, [RecordFilingInput]>('recordFiling');
/** Says what the platform decided, where it does not say so by itself. */
export const recordDecision = defineUpdate<AppealVerdict, [RecordDecisionInput]>('recordDecision');

export const appealState = defineQuery<AppealView>('appealState');
