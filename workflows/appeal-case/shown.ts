import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { AppealState } from '../../domain/appeal/state';
import { appealBy, appealPageOf } from '../../domain/appeal/view';
import { searchAttributes } from '../messages';
import type { Case } from './case';

/** What lists are filtered by. */
export type ShownCase = { status: string; appealBy: number | null };

/** `gathering` and `filing` last seconds where all goes well: a write to the visibility store is worth a status that lasts. */
const LASTING: readonly string[] = ['ready', 'filed', 'won', 'lost', 'unfiled', 'expired'];

const toShow = (state: AppealState): ShownCase => ({ status: state.status, appealBy: appealBy(state) ?? null });

/** Shows the case to people: the page of the Temporal UI at every turn, the list columns when they change. */
export function show(appeal: Case): void {
  const { state } = appeal;
  setCurrentDetails(appealPageOf(state));
  const now = toShow(state);
  appeal.shown ??= shownAtStart();
  const before = appeal.shown;
  const isSame = before.status === now.status && before.appealBy === now.appealBy;
  if (isSame || !LASTING.includes(now.status) || isOnItsWay(state)) return;
  upsertSearchAttributes([
    { key: searchAttributes.phase, value: now.status },
    ...(before.appealBy === now.appealBy
      ? []
      : [
          { key: searchAttributes.nextDeadlineKind, value: now.appealBy === null ? null : 'appealBy' },
          { key: searchAttributes.nextDeadlineAt, value: now.appealBy === null ? null : new Date(now.appealBy) },
        ]),
  ]);
  appeal.shown = now;
}

/** A filing is being made: the next status comes at once. */
const isOnItsWay = ({ outstanding }: AppealState): boolean =>
  Object.values(outstanding).some(({ kind }) => kind === 'fileAppeal');

/** What the last run left. */
function shownAtStart(): ShownCase {
  const known = workflowInfo().typedSearchAttributes;
  return {
    status: known.get(searchAttributes.phase) ?? 'gathering',
    appealBy: known.get(searchAttributes.nextDeadlineAt)?.getTime() ?? null,
  };
}
