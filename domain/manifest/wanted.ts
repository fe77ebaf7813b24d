import { tasksOf, waitsForForm } from './agenda';
import { commandId, type ManifestCommand } from './command';
import { instantsOf } from './scan';
import type { ManifestState } from './state';

const MOST_LATE_AT_ONCE = 200;

/** What it wants done now, derived from the state alone: the same state always wants the same. */
export function wantedOf(state: ManifestState): ManifestCommand[] {
  if (state.endedAt !== undefined) return [];
  return [...wantedForForm(state), ...wantedLooks(state), ...wantedForMembers(state), ...wantedForDesk(state)];
}

function wantedForForm(state: ManifestState): ManifestCommand[] {
  if (state.phase === 'closing' && state.closed !== undefined) return formOf(state, state.closed.at);
  // One after the other: each is kept under the next free name.
  const next = state.reports
    .map((_, index): ManifestCommand => ({ kind: 'keepScan', number: index + 1 }))
    .find((command) => !state.done.includes(commandId(command)));
  return next === undefined ? [] : [next];
}

/** A form by hand: first who is on its list, then, whenever a person brings it, the form. */
function formOf({ byHand, listed, brought }: ManifestState, at: number): ManifestCommand[] {
  if (byHand === undefined) return [{ kind: 'makeForm', at }];
  if (listed === undefined) return [{ kind: 'settleList', at }];
  return brought === undefined ? [] : [{ kind: 'keepForm', at, brought }];
}

function wantedLooks({ phase, isWarning, orphans, look }: ManifestState): ManifestCommand[] {
  return [
    ...(phase === 'open' && isWarning === true && orphans === undefined ? [{ kind: 'lookForOrphans' } as const] : []),
    ...(look === undefined ? [] : [{ kind: 'lookForSilent', forms: look.forms } as const]),
  ];
}

/** Whether the morning has come and nobody brought the form: its parcels are to know. */
const isMissed = (state: ManifestState): boolean => state.isAsking && waitsForForm(state);

/** Members first, then those who came too late to be one. */
function wantedForMembers(state: ManifestState): ManifestCommand[] {
  const { phase, waiting, done } = state;
  if (phase === 'open' || (phase === 'closing' && !isMissed(state))) return [];
  const news = newsOf(state);
  // Of a list whose form may still be brought, nobody is sent on who has not heard that it was not.
  const isEarly = phase === 'closing' && !done.includes(LEFT_OFF);
  const late: ManifestCommand[] =
    waiting.length > 0 && !isEarly ? [{ kind: 'answerLate', to: waiting.slice(0, MOST_LATE_AT_ONCE) }] : [];
  return [...(news === undefined ? [] : [news]), ...late];
}

type Telling = ManifestCommand & { kind: 'tellMembers' };
const LEFT_OFF = commandId({ kind: 'tellMembers', what: 'leftOff', at: 0 });

/** What the members have not been told yet, one thing at a time: a scan is news of a form that they know of. */
function newsOf(state: ManifestState): ManifestCommand | undefined {
  const { phase, forms, closed, asksAt, done } = state;
  const [form] = forms;
  const news: Telling[] = [
    ...(phase === 'failed' ? [{ kind: 'tellMembers', what: 'leftOff', at: closed?.at ?? 0 } as const] : []),
    ...(isMissed(state) ? [{ kind: 'tellMembers', what: 'leftOff', at: asksAt } as const] : []),
    ...(form === undefined ? [] : [{ kind: 'tellMembers', what: 'formed', at: form.madeAt } as const]),
    ...instantsOf(state).map(
      (instant, index) => ({ kind: 'tellMembers', what: 'scanned', ...instant, number: index + 1 }) as const,
    ),
  ];
  return news.find((command) => !done.includes(commandId(command)));
}

function wantedForDesk(state: ManifestState): ManifestCommand[] {
  const tasks = tasksOf(state);
  const raised = tasks.filter((task) => !state.onDesk.includes(task));
  const settled = state.onDesk.filter((task) => !tasks.includes(task));
  return raised.length + settled.length > 0 ? [{ kind: 'tellDesk', tasks, raise: raised, settle: settled }] : [];
}
