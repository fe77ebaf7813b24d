import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Counts, ManifestVerdict, ScanReport } from '../domain/manifest/event';
import type { ManifestKey, MemberRef } from '../domain/manifest/manifest';
import type { ManifestPhase } from '../domain/manifest/state';
import type { ManifestView } from '../domain/manifest/view';

export type { ManifestVerdict, ManifestView };

/** The forms of one account, ship-from and mailing date: nobody else makes one. */
export const MANIFEST_DAY = 'manifestDay';
export const manifestWorkflowId = ({ account, shipFrom, date }: ManifestKey): string =>
  `manifest:${account}:${shipFrom}:${date}`;

const MANIFEST_ID = /^manifest:([^:]+):([^:]+):(\d{4}-\d{2}-\d{2})$/;

/** What a workflow id says; undefined if it is no manifest's. */
export function manifestKeyOf(workflowId: string): ManifestKey | undefined {
  const [, account, shipFrom, date] = MANIFEST_ID.exec(workflowId) ?? [];
  if (account === undefined || shipFrom === undefined || date === undefined) return undefined;
  return { account, shipFrom, date };
}

/**
 * Where a manifest's documents lie: `<this>/members/<orderId>-<package>.<turn>`, `/left/…`, `/closed`, `/listed`, `/form`; the
 * reports of its scan `/scan`, `/scan-2`, `/scan-3` and so on.
 */
export const manifestFolder = ({ account, shipFrom, date }: ManifestKey): string =>
  `manifests/${account}/${shipFrom}/${date}`;

/** Where people's words about a manifest lie, as `{text}`, by the SHA-256 of the text: history holds the hash alone. */
export const manifestNote = (key: ManifestKey, hash: string): string => `${manifestFolder(key)}/notes/${hash}`;

export type ManifestInput = ManifestKey & {
  shopId: string;
  /** The provider's cut-off on this date, at the ship-from: epoch ms. */
  closesAt: number;
  /** When people are asked for the scan if none was reported: the next opening hour. Epoch ms. */
  asksAt: number;
  carried?: unknown;
};

/** What stays in history when a manifest is over; the rest is in its documents. */
export type ManifestResult = {
  phase: ManifestPhase;
  form: { formId: string; number: string | null } | null;
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

export const closeManifest = defineUpdate<ManifestVerdict, [CloseInput]>('closeManifest');
export const reportScan = defineUpdate<ManifestVerdict, [ScanInput]>('reportScan');

export const manifestState = defineQuery<ManifestView>('manifestState');
