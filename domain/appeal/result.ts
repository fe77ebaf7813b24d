import type { AppealCause, AppealStatus, Recovered } from './appeal';
import type { AppealState } from './state';

/** What is kept of a case that is over, for statistics. Instants are epoch milliseconds. */
export type CaseResult = {
  caseKey: string;
  carrier: string;
  cause: 'stalled' | AppealCause;
  /** Parcels that it claimed; of a case that claimed none, all that it knew of. */
  members: number;
  /** Of the first filing. */
  filedAt?: number;
  /** Of the last decision. */
  decidedAt?: number;
  outcome: AppealStatus;
  recovered?: Recovered;
  closedAt: number;
};

export function resultOf(state: AppealState): CaseResult {
  const { caseKey, opening, status, endedAt = 0 } = state;
  return {
    caseKey,
    carrier: opening?.carrier ?? '',
    cause: opening?.cause ?? 'stalled',
    members: membersOf(state),
    ...filedOf(state),
    outcome: status,
    closedAt: endedAt,
  };
}

function membersOf({ claim, survey }: AppealState): number {
  const claimed = claim?.members ?? 0;
  return claimed > 0 ? claimed : (survey?.members ?? 0);
}

function filedOf({ filings }: AppealState): Pick<CaseResult, 'filedAt' | 'decidedAt' | 'recovered'> {
  const [first] = filings;
  const last = filings.at(-1);
  if (first === undefined || last === undefined) return {};
  return {
    filedAt: first.filedAt,
    ...(last.decidedAt === undefined ? {} : { decidedAt: last.decidedAt }),
    ...(last.recovered === undefined ? {} : { recovered: last.recovered }),
  };
}
