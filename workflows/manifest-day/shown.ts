import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { pageOf } from '../../domain/manifest/page';
import { searchAttributes } from '../messages';
import type { Manifest, ShownManifest } from './manifest';

const CLOSES_AT = 'closesAt';

/**
 * `closing` lasts seconds and `scanned` follows `formed`: three writes in a manifest's life at most, and one more where a person
 * makes the form, which lasts hours.
 */
const toShow = ({ state }: Manifest): ShownManifest => ({
  phase: state.phase === 'closing' && state.byHand === undefined ? 'open' : state.phase,
  closesAt: state.phase === 'open' || state.phase === 'closing' ? state.closesAt : null,
});

/** Shows the manifest to people: the page of the Temporal UI at every turn, the list columns when they change. */
export function show(manifest: Manifest): void {
  setCurrentDetails(pageOf(manifest.state));
  const [before, now] = [(manifest.shown ??= shownAtStart()), toShow(manifest)];
  if (before.phase === now.phase && before.closesAt === now.closesAt) return;
  manifest.shown = now;
  upsertSearchAttributes([
    { key: searchAttributes.phase, value: now.phase },
    ...(before.closesAt === now.closesAt
      ? []
      : [
          { key: searchAttributes.nextDeadlineKind, value: now.closesAt === null ? null : CLOSES_AT },
          { key: searchAttributes.nextDeadlineAt, value: now.closesAt === null ? null : new Date(now.closesAt) },
        ]),
  ]);
}

/** What the last run left: a manifest that goes on as a new run writes nothing twice. */
function shownAtStart(): ShownManifest {
  const known = workflowInfo().typedSearchAttributes;
  return {
    phase: known.get(searchAttributes.phase) ?? '',
    closesAt: known.get(searchAttributes.nextDeadlineAt)?.getTime() ?? null,
  };
}
