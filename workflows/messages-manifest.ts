import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Counts, ManifestVerdict, ScanReport } from '../domain/manifest/event';
import { manifestIdOf, type BroughtForm, type ManifestKey, type MemberRef } from '../domain/manifest/manifest';
import type { ManifestPhase } from '../domain/manifest/state';
import type { ManifestView } from '../domain/manifest/view';

export type { ManifestVerdict, ManifestView };

/** The forms of one account, ship-from and mailing date: nobody else makes one. */
export const MANIFEST_DAY = 'manifestDay';
export const manifestWorkflowId = manifestIdOf;

const MANIFEST_ID = /^manifest:([\w.-]+):([\w.-]+):(\d{4}-\d{2}-\d{2})(?::([2-9]|[1-9]\d{1,2}))?$/;

/** What a workflow id says; undefined if it is no manifest's. */
export function manifestKeyOf(workflowId: string): ManifestKey | undefined {
  const [, account, shipFrom, date, round] = MANIFEST_ID.exec(workflowId) ?? [];
  if (account === undefined || shipFrom === undefined || date === undefined) return undefined;
  return { account, shipFrom, date, ...(round === undefined ? {} : { round: Number(round) }) };
}

/**
 * Where a manifest's documents lie: `<this>/members/<orderId>-<package>.<turn>`, `/left/…`, `/closed`, `/listed`, `/form`; the
 * reports of its scan `/scan`, `/scan-2`, `/scan-3` and so on.
 */
export const manifestFolder = ({ account, shipFrom, date, round = 1 }: ManifestKey): string =>
  `manifests/${account}/${shipFrom}/${date}${round === 1 ? '' : `.${round}`}`;

/** Where people's words about a manifest lie, as `{text}`, by the SHA-256 of the text: history holds the hash alone. */
export const manifestNote = (key: ManifestKey, hash: string): string => `${manifestFolder(key)}/notes/${hash}`;

export type ManifestInput = ManifestKey & {
  shopId: string;
  /** The provider's cut-off on this date, at the ship-from: epoch ms. */
  closesAt: number;
  /** When people are asked for the scan if none was reported: the next opening hour. Epoch ms. */
  asksAt: number;
  /** What it was begun with; absent: the first, with one form, no rounds and no looks at what is missing. */
  edition?: 2;
  /** When people are told what will not make the cut-off: epoch ms. */
  warnAt?: number;
  /** A person makes its form, on this page. */
  byHand?: { url: string };
  carried?: unknown;
};

/** What stays in history when a manifest is over; the rest is in its documents. */
export type ManifestResult = {
  phase: ManifestPhase;
  /** The first of `forms`. */
  form: { formId: string; number: string | null } | null;
  /** Absent: closed before a manifest could have several. */
  forms?: { formId: string; number: string | null; members: number }[];
  members: number;
  scannedAt: string | null;
};

/** `joined` and `left` say how many documents there are of each kind, so that a repeat counts nobody twice. */
export type MemberNews = MemberRef & { at: number } & Partial<Counts>;

export const memberJoined = defineSignal<[MemberNews]>('memberJoined');
export const memberLeft = defineSignal<[MemberNews]>('memberLeft');

/** What comes with a person's order that is sent under a key: the verdict is remembered under it. */
type Keyed = { bodyHash?: string; key?: string };

export type CloseInput = Keyed & { actor: string };
export type ScanInput = Keyed & ScanReport;

/**
 * A form that a person made elsewhere. `listHash`: the SHA-256 of the list of numbers that stand on it, a document; absent: all
 * that were listed. `file`: the SHA-256 of its PDF.
 */
export type BringInput = Keyed & { actor: string } & BroughtForm;

export const bringForm = defineUpdate<ManifestVerdict, [BringInput]>('bringForm');
export const closeManifest = defineUpdate<ManifestVerdict, [CloseInput]>('closeManifest');
export const reportScan = defineUpdate<ManifestVerdict, [ScanInput]>('reportScan');

export const manifestState = defineQuery<ManifestView>('manifestState');
