import { isOfForm, type AppealState } from './state';

/** When a case of edition 2 settles what it claims. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Parcels of one form stall together: whoever is among them is told of within minutes. */
const QUIET_MS = 10 * 60_000;
/** Those of whom nothing is known so long after the first limit broke go on in a next case: a claim must not wait for them. */
const MOST_WAIT_MS = DAY_MS;

/**
 * A parcel on a form is past every limit of every rule set long before this. A case of which no limit and no movement was told
 * by then has an order that ended otherwise.
 */
export const NOTHING_BROKE_MS = 60 * DAY_MS;

/** The instant; undefined while that is not known, or is done. */
export function settlesAt(state: AppealState): number | undefined {
  const { edition, claim, survey, endedAt, openedAt } = state;
  if (edition !== 2 || claim !== undefined || endedAt !== undefined || isUnderWay(state)) return undefined;
  if (survey === undefined) return undefined;
  // Nobody came to it: it takes whoever still comes, and is over after that.
  if (openedAt === undefined) return state.joinedAt === undefined ? undefined : state.joinedAt + DAY_MS;
  return dueAt(state, survey, openedAt);
}

/** It is being settled, or the counts that it would go by are about to change. */
const isUnderWay = ({ mustSurvey, mustSettle, outstanding }: AppealState): boolean =>
  mustSurvey === true ||
  mustSettle === true ||
  outstanding['surveyCase'] !== undefined ||
  outstanding['settleClaim'] !== undefined;

function dueAt(state: AppealState, { undecided, firstBroken }: Survey, openedAt: number): number {
  const { joinedAt = openedAt } = state;
  const quietAt = isOfForm(state) ? joinedAt + QUIET_MS : joinedAt;
  if (undecided === 0) return quietAt;
  return firstBroken === undefined ? openedAt + NOTHING_BROKE_MS : Math.max(firstBroken.at + MOST_WAIT_MS, quietAt);
}

type Survey = NonNullable<AppealState['survey']>;
