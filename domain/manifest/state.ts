import type { ManifestCommand } from './command';
import type { ManifestVerdict } from './event';
import type { FormMade, ManifestKey, MemberRef } from './manifest';
import type { Reported } from './scan';

/** `empty`: nobody was on it when it closed. `failed`: the provider refused to make the form. */
export type ManifestPhase = 'open' | 'closing' | 'formed' | 'scanned' | 'empty' | 'failed';

/** What people are asked to do by the alert desk. */
export type TaskName = 'scanNotReported' | 'formFailed';

type AttentionKind = 'badMessage' | 'workflowCancelled' | 'commandFailed';
export type ManifestAttention = { kind: AttentionKind; at: number; about: string };

/**
 * All that a manifest's workflow knows. Parcels are documents: here are their numbers alone. Plain values only: it crosses a
 * continue-as-new. Instants are epoch milliseconds.
 */
export type ManifestState = ManifestKey & {
  shopId: string;
  closesAt: number;
  asksAt: number;
  phase: ManifestPhase;
  joined: number;
  left: number;
  /** Nobody is named where the cut-off closed it. */
  closed?: { at: number; by?: string };
  form?: FormMade;
  /** How many parcels the provider did not take. */
  leftOff: number;
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
export const newManifest = (
  about: ManifestKey & { shopId: string; closesAt: number; asksAt: number },
): ManifestState => ({
  shopId: about.shopId,
  account: about.account,
  shipFrom: about.shipFrom,
  date: about.date,
  closesAt: about.closesAt,
  asksAt: about.asksAt,
  phase: 'open',
  joined: 0,
  left: 0,
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
