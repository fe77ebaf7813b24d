import {
  ActivityFailure,
  ApplicationFailure,
  proxyActivities,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';
import type { Alert, AlertNews } from '../../domain/alerts/alert';
import type { ManifestCommand } from '../../domain/manifest/command';
import type { ManifestAnswer } from '../../domain/manifest/event';
import { unscannedOf } from '../../domain/manifest/scan';
import { keyOf, membersOf, type ManifestState, type TaskName } from '../../domain/manifest/state';
import { nameOf } from '../../domain/manifest/to-do';
import { manifestReasons, manifestSummaries, manifestTaskDetail } from '../../words/manifest';
import { tell, type Manifest } from './manifest';

/** Every step reads back or repeats what is harmless to repeat: it is tried until it succeeds. */
const UNTIL_DONE: ActivityOptions = {
  startToCloseTimeout: '60 s',
  retry: { initialInterval: '5 s', backoffCoefficient: 2, maximumInterval: '30 min' },
};

/** Up to 7,000 parcels are read and, where one is bad, asked for one by one; a worker that dies meanwhile is noticed. */
const LONG: ActivityOptions = { ...UNTIL_DONE, startToCloseTimeout: '30 min', heartbeatTimeout: '90 s' };

const OPTIONS: Record<ManifestCommand['kind'], ActivityOptions> = {
  makeForm: LONG,
  settleList: LONG,
  keepForm: LONG,
  lookForOrphans: LONG,
  lookForSilent: LONG,
  keepScan: UNTIL_DONE,
  tellMembers: LONG,
  answerLate: LONG,
  tellDesk: UNTIL_DONE,
};

/** Begins a command in the background; what comes of it enters the inbox like any other event. */
export function startCommand(manifest: Manifest, id: string, command: ManifestCommand): void {
  void carryOut(manifest.state, command)
    .then((answer): ManifestAnswer => (answer.kind === 'told' ? { kind: 'done' } : answer) as ManifestAnswer)
    .catch(bad)
    .then((answer) => tell(manifest, { kind: 'answered', at: Date.now(), command: id, answer }));
}

function bad(error: unknown): ManifestAnswer {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const type = cause instanceof ApplicationFailure ? (cause.type ?? 'Error') : 'Error';
  return { kind: 'failed', type, message: cause instanceof Error ? cause.message : String(cause) };
}

function carryOut(state: ManifestState, command: ManifestCommand): Promise<{ kind: string }> {
  const { shopId } = state;
  const key = keyOf(state);
  const activities = proxyActivities<Activities>({ ...OPTIONS[command.kind], summary: summaryOf(state, command) });
  switch (command.kind) {
    case 'makeForm':
    case 'settleList':
      return activities[command.kind]({ ...key, shopId, at: command.at });
    case 'keepForm':
      return activities.keepForm({ ...key, shopId, at: command.at, ...command.brought });
    case 'lookForOrphans':
      return activities.lookForOrphans({ ...key, shopId, at: Date.now() });
    case 'lookForSilent':
      return activities.lookForSilent({ ...key, shopId, at: Date.now(), forms: command.forms });
    case 'keepScan':
      return activities.keepScan({ ...key, scan: reportOf(state, command.number) });
    case 'tellMembers':
      return activities.tellMembers({ ...key, shopId, ...newsFor(state, command) });
    case 'answerLate':
      return activities.tellMembers({ ...key, shopId, what: 'late', at: Date.now(), to: command.to });
    case 'tellDesk':
      return activities.tellDesk({ shopId, at: Date.now(), news: newsOf(state, command) });
  }
}

/** `reason`: of parcels on no form, where the provider said none. */
function newsFor(
  { byHand }: ManifestState,
  { what, at, form }: ManifestCommand & { kind: 'tellMembers' },
): { what: typeof what; at: number; form?: string; reason?: string } {
  const isNotBrought = byHand !== undefined && what === 'leftOff';
  return {
    what,
    at,
    ...(form === undefined ? {} : { form }),
    ...(isNotBrought ? { reason: manifestReasons.notBrought } : {}),
  };
}

/** `formId`: the one that it is about, or the first of all. */
function reportOf({ reports, forms }: ManifestState, number: number) {
  const report = reports[number - 1];
  if (report === undefined) throw new Error('no scan');
  return { ...report, formId: report.form ?? forms[0]?.formId ?? '' };
}

const newsOf = (state: ManifestState, { raise, settle }: ManifestCommand & { kind: 'tellDesk' }): AlertNews => ({
  at: Date.now(),
  raise: raise.map((task) => alertOf(state, task)),
  settle: settle.map(alertKey),
});

const alertKey = (task: TaskName): string => `${workflowInfo().workflowId}:${task}`;

/** About no single order: the desk names the form. */
const alertOf = (state: ManifestState, task: TaskName): Alert => ({
  key: alertKey(task),
  orderId: '',
  kind: 'task',
  about: task,
  raisedAt: Date.now(),
  ...(task === 'makeFormByHand' ? { dueAt: state.closesAt } : {}),
  detail: DETAILS[task](state),
});

const namesOf = ({ forms }: ManifestState): string[] => forms.map(nameOf);

const byHandDetail = (state: ManifestState): string =>
  manifestTaskDetail.byHand(state.date, membersOf(state), state.byHand?.url ?? '');

const DETAILS: Record<TaskName, (state: ManifestState) => string> = {
  formFailed: ({ reason, date }) => reason ?? manifestTaskDetail.notMade(date),
  scanNotReported: (state) => unscannedOf(state).map(nameOf).join(', '),
  makeFormByHand: byHandDetail,
  formNotBrought: byHandDetail,
  parcelsWithoutForm: ({ date, orphans }) => manifestTaskDetail.withoutForm(date, orphans ?? { count: 0, waiting: 0 }),
  parcelsWithoutEvent: (state) => manifestTaskDetail.withoutEvent(namesOf(state), state.silent ?? 0),
};

function summaryOf(state: ManifestState, command: ManifestCommand): string {
  switch (command.kind) {
    case 'makeForm':
      return manifestSummaries.makeForm(membersOf(state));
    case 'keepForm':
      return manifestSummaries.keepForm(command.brought.number);
    case 'tellMembers':
      return manifestSummaries.tellMembers(command.what);
    case 'answerLate':
      return manifestSummaries.answerLate(command.to.length);
    default:
      return manifestSummaries[command.kind];
  }
}
