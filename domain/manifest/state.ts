import type { ManifestCommand } from './command';
import type { ManifestVerdict, Orphans } from './event';
import type { BroughtForm, FormMade, ManifestKey, MemberRef } from './manifest';
import type { Reported } from './scan';

/** `empty`: nobody was on it when it closed. `failed`: the provider refused to make the form, or nobody brought one. */
export type ManifestPhase = 'open' | 'closing' | 'formed' | 'scanned' | 'empty' | 'failed';

/** What people are asked to do by the alert desk. */
export type TaskName =
  | 'scanNotReported'
  | 'formFailed'
  /** Before the cut-off: a person makes the form and brings its number. */
  | 'makeFormByHand'
  /** After it. */
  | 'formNotBrought'
  /** Before the cut-off: parcels with a label are on no form. */
  | 'parcelsWithoutForm'
  /** After the scan: parcels of the form of which the carrier has said nothing. */
  | 'parcelsWithoutEvent';

type AttentionKind = 'badMessage' | 'workflowCancelled' | 'commandFailed' | 'formNotTaken';
export type ManifestAttention = { kind: AttentionKind; at: number; about: string };

/** What a manifest is begun with. Instants are epoch milliseconds. */
export type ManifestAbout = ManifestKey & {
  shopId: string;
  closesAt: number;
  asksAt: number;
  /** Absent: the first, with one form, no rounds, no looks, and proofs that need no file. */
  edition?: 2;
  /** When people are told what will not make the cut-off. */
  warnAt?: number;
  /** A person makes its form, on this page. */
  byHand?: { url: string };
};

/**
 * All that a manifest's workflow knows. Parcels are documents: here are their numbers alone. Plain values only: it crosses a
 * continue-as-new. Instants are epoch milliseconds.
 */
export type ManifestState = ManifestAbout & {
  phase: ManifestPhase;
  joined: number;
  left: number;
  /** Nobody is named where the cut-off closed it. */
  closed?: { at: number; by?: string };
  /** When its first parcel came, as far as it was told. */
  firstJoinedAt?: number;
  /** The forms of its closing, in the order of their making: more than one where a form takes no more, or a bad parcel was looked for. */
  forms: FormMade[];
  /** How many parcels the provider did not take. */
  leftOff: number;
  /** How many were listed and go with a later form. */
  late?: number;
  /** How many numbers on a form that a person made are none of its parcels. */
  strangers?: number;
  /** By hand: how many parcels are on the list. */
  listed?: number;
  /** By hand: the form that a person brought, until it is taken in. */
  brought?: BroughtForm;
  /** The hour has come at which people are told what will not make the cut-off. */
  isWarning?: boolean;
  /** By hand: the cut-off has passed. */
  isPastCutOff?: boolean;
  /** What the look before the cut-off found. */
  orphans?: Orphans;
  /** How many parcels the carrier had said nothing of, each 2 h after the scan of its form. */
  silent?: number;
  /** The look after a scan that is due, and at which forms. */
  look?: { forms: string[] };
  /** The forms whose scan was looked at, or is. */
  looked?: string[];
  /** Why the provider refused. */
  reason?: string;
  /** What people reported of its scan, as it came in. */
  reports: Reported[];
  /** The hour has come at which people are asked what became of the form. */
  isAsking: boolean;
  /** Nobody reported a scan, or completed its evidence, for so long that nobody will. */
  gaveUpAt?: number;
  /** Parcels that joined after it closed: each hears whether it is on the form. */
  waiting: MemberRef[];
  /** Commands that are done, or failed for good: they are not begun again. */
  done: string[];
  /** What stands on the alert desk. */
  onDesk: TaskName[];
  attention: ManifestAttention[];
  outstanding: Record<string, ManifestCommand>;
  /** The latest verdicts, by the id of their update: callers who repeat themselves hear the same. */
  answered: { id: string; verdict: ManifestVerdict }[];
  endedAt?: number;
};

/** A manifest that has just been begun. */
export const newManifest = (about: ManifestAbout): ManifestState => ({
  ...aboutOf(about),
  phase: 'open',
  joined: 0,
  left: 0,
  forms: [],
  leftOff: 0,
  reports: [],
  isAsking: false,
  waiting: [],
  done: [],
  onDesk: [],
  attention: [],
  outstanding: {},
  answered: [],
});

/** What a run was begun with, and nothing else: the next run is begun with the same. */
export function aboutOf(about: ManifestAbout): ManifestAbout {
  const { shopId, account, shipFrom, date, closesAt, asksAt, round, edition, warnAt, byHand } = about;
  return {
    shopId,
    account,
    shipFrom,
    date,
    closesAt,
    asksAt,
    ...(round === undefined ? {} : { round }),
    ...(edition === undefined ? {} : { edition }),
    ...(warnAt === undefined ? {} : { warnAt }),
    ...(byHand === undefined ? {} : { byHand }),
  };
}

/** What a run of the first edition handed over: one form, and no list of them. */
type Carried = Omit<ManifestState, 'forms'> & { forms?: FormMade[]; form?: FormMade };

/** What an earlier run handed over, in today's shape. */
export function carriedManifest({ form, ...carried }: Carried): ManifestState {
  return { ...carried, forms: carried.forms ?? (form === undefined ? [] : [form]) };
}

/** The key alone: what activities are asked with. */
export const keyOf = ({ account, shipFrom, date, round }: ManifestKey): ManifestKey => ({
  account,
  shipFrom,
  date,
  ...(round === undefined ? {} : { round }),
});

/** Whether it knows several forms, looks and files. */
export const isSecond = ({ edition }: Pick<ManifestState, 'edition'>): boolean => edition === 2;

/** Parcels that joined and did not leave; those on the list, once it is settled; those on a form, once there is one. */
export function membersOf({ forms, listed, joined, left }: ManifestState): number {
  if (forms.length > 0) return forms.reduce((sum, { members }) => sum + members, 0);
  return listed ?? Math.max(0, joined - left);
}
