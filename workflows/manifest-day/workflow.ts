import { allHandlersFinished, CancellationScope, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { scanOf } from '../../domain/manifest/scan';
import { aboutOf, isSecond, membersOf } from '../../domain/manifest/state';
import { step } from '../../domain/manifest/step';
import type { ManifestInput, ManifestResult } from '../messages-manifest';
import { startCommand } from './commands';
import { listen } from './listen';
import { openManifest, tell, type Manifest } from './manifest';
import { show } from './shown';
import { armTimer } from './timer';

/** A run is continued as a new one at this many events, far below the server's limits. */
const MOST_EVENTS = 1_500;
/** Since the second edition: all that may come while a turn runs, a shop's parcels of hours, still fits into 4,096. */
const MOST_EVENTS_SECOND = 800;

/**
 * The form of one carrier account, ship-from and mailing date, from its first parcel to the report of its scan: nobody else
 * makes one. It waits for nothing but its inbox and its one timer; what it does outside runs in the background.
 */
export async function manifestDay(input: ManifestInput): Promise<ManifestResult> {
  const manifest = openManifest(input);
  listen(manifest);
  // Temporal's own cancel would leave the parcels without a form.
  CancellationScope.current().cancelRequested.catch(() =>
    tell(manifest, { kind: 'workflowCancelled', at: Date.now() }),
  );
  return CancellationScope.nonCancellable(() => live(manifest));
}

async function live(manifest: Manifest): Promise<ManifestResult> {
  resume(manifest);
  while (!isDone(manifest)) {
    await condition(() => manifest.inbox.length > 0 || isDone(manifest));
    advance(manifest);
    armTimer(manifest);
    show(manifest);
    if (isTooLong(manifest)) await goOnAsNew(manifest);
  }
  return resultOf(manifest);
}

/** Takes the inbox in, decides, and sets going what was decided. */
function advance(manifest: Manifest): void {
  const { state, start, verdicts } = step(manifest.state, manifest.inbox.splice(0));
  manifest.state = state;
  for (const verdict of verdicts) manifest.waiting.shift()?.(verdict);
  for (const { id, command } of start) startCommand(manifest, id, command);
}

/** A run that was continued begins again what was under way: every command reads back, or may be repeated. */
function resume(manifest: Manifest): void {
  for (const [id, command] of Object.entries(manifest.state.outstanding)) startCommand(manifest, id, command);
}

/** Nobody who asked leaves without an answer. */
const isDone = ({ state, inbox }: Manifest): boolean =>
  state.endedAt !== undefined && inbox.length === 0 && allHandlersFinished();

function isTooLong({ state }: Manifest): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  const most = isSecond(state) ? MOST_EVENTS_SECOND : MOST_EVENTS;
  return state.endedAt === undefined && (historyLength > most || continueAsNewSuggested);
}

/** Hands everything to a new run. What came in meanwhile is folded in first, and callers get their answers first. */
async function goOnAsNew(manifest: Manifest): Promise<void> {
  await condition(() => allHandlersFinished() || manifest.inbox.length > 0);
  if (manifest.inbox.length > 0) return;
  await continueAsNew<typeof manifestDay>({ ...aboutOf(manifest.state), carried: manifest.state });
}

function resultOf({ state }: Manifest): ManifestResult {
  const { phase, forms } = state;
  const [form] = forms;
  const scan = scanOf(state);
  return {
    phase,
    form: form === undefined ? null : { formId: form.formId, number: form.number },
    ...(isSecond(state) ? { forms: forms.map(({ formId, number, members }) => ({ formId, number, members })) } : {}),
    members: membersOf(state),
    scannedAt: scan === undefined ? null : new Date(scan.scannedAt).toISOString(),
  };
}
