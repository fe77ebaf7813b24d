import type { ManifestEvent, ManifestVerdict } from '../../domain/manifest/event';
import { carriedManifest, newManifest, type ManifestState } from '../../domain/manifest/state';
import type { ManifestInput } from '../messages-manifest';

/** What lists are filtered by; a change of these alone is worth a write to the visibility store. */
export type ShownManifest = { phase: string; closesAt: number | null };

/** One manifest while it runs: its state, and what is waiting to be folded in. Only `state` outlives the run. */
export type Manifest = {
  state: ManifestState;
  inbox: ManifestEvent[];
  /** Callers who wait for the verdict on what they put into the inbox, in the same order. */
  waiting: ((verdict: ManifestVerdict) => void)[];
  timer: { at: number; cancel: () => void } | undefined;
  shown: ShownManifest | undefined;
};

export function openManifest({ carried, ...about }: ManifestInput): Manifest {
  return {
    // What a run hands over is its own state, whole.
    state: carried === undefined ? newManifest(about) : carriedManifest(carried as ManifestState),
    inbox: [{ kind: carried === undefined ? 'opened' : 'woke', at: Date.now() }],
    waiting: [],
    timer: undefined,
    shown: undefined,
  };
}

export const tell = (manifest: Manifest, event: ManifestEvent): void => {
  manifest.inbox.push(event);
};
