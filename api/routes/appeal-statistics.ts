import type { RequestHandler } from 'express';
import { z } from 'zod';
import { PlatformId } from '../../contracts/platform-order';
import { caseResultsFolder } from '../../workflows/messages-appeal';
import type { ApiDeps } from '../deps';
import { knownShop, readQuery } from '../door';

const Query = z.strictObject({ shop: PlatformId });

const Count = z.int().min(0);

/** What is kept of a case that is over. Instants are epoch milliseconds. */
const Result = z.looseObject({
  carrier: z.string(),
  cause: z.string(),
  members: Count,
  filedAt: z.number().optional(),
  decidedAt: z.number().optional(),
  outcome: z.string(),
  recovered: z.looseObject({ cents: Count.optional(), points: Count.optional(), orders: Count.optional() }).optional(),
});
type CaseOutcome = z.infer<typeof Result>;

/** Cases of one carrier and cause, or all. Money is in integer cents. */
type CaseCounts = {
  cases: number;
  filed: number;
  won: number;
  lost: number;
  unfiled: number;
  expired: number;
  parcels: number;
  recovered: { cents: number; points: number; orders: number };
  /** From the first filing to the last decision; null where nothing was decided. */
  medianDaysToDecision: number | null;
};

const READ_AT_ONCE = 50;

/** `GET /v1/appeals/statistics?shop=`: what came of a shop's cases that are over, by carrier and cause. */
export function countAppeals(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await knownShop(deps, readQuery(req, Query).shop);
    const outcomes = await outcomesOf(deps, shopId);
    res.json({ shopId, data: countedByCarrier(outcomes), total: countsOf(outcomes), asOf: new Date().toISOString() });
  };
}

async function outcomesOf({ documents }: ApiDeps, shopId: string): Promise<CaseOutcome[]> {
  const keys = await documents.list(caseResultsFolder(shopId));
  const outcomes: CaseOutcome[] = [];
  for (let from = 0; from < keys.length; from += READ_AT_ONCE) {
    const texts = await Promise.all(keys.slice(from, from + READ_AT_ONCE).map((key) => documents.get(key)));
    outcomes.push(...texts.flatMap((text) => (text === undefined ? [] : Result.parse(JSON.parse(text)))));
  }
  return outcomes;
}

/** By carrier and cause, in the order of their names. */
function countedByCarrier(outcomes: readonly CaseOutcome[]): ({ carrier: string; cause: string } & CaseCounts)[] {
  const groups = new Map<string, CaseOutcome[]>();
  for (const one of outcomes) {
    const name = `${one.carrier}\n${one.cause}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, group]) => {
      const [carrier = '', cause = ''] = name.split('\n');
      return { carrier, cause, ...countsOf(group) };
    });
}

/** All of these together. */
function countsOf(outcomes: readonly CaseOutcome[]): CaseCounts {
  const having = (outcome: string): number => outcomes.filter((one) => one.outcome === outcome).length;
  const sum = (read: (one: CaseOutcome) => number | undefined): number =>
    outcomes.reduce((total, one) => total + (read(one) ?? 0), 0);
  return {
    cases: outcomes.length,
    filed: outcomes.filter(({ filedAt }) => filedAt !== undefined).length,
    won: having('won'),
    lost: having('lost'),
    unfiled: having('unfiled'),
    expired: having('expired'),
    parcels: sum(({ members }) => members),
    recovered: {
      cents: sum(({ recovered }) => recovered?.cents),
      points: sum(({ recovered }) => recovered?.points),
      orders: sum(({ recovered }) => recovered?.orders),
    },
    medianDaysToDecision: medianOf(outcomes.flatMap(daysToDecision)),
  };
}

const DAY_MS = 86_400_000;

const daysToDecision = ({ filedAt, decidedAt }: CaseOutcome): number[] =>
  filedAt === undefined || decidedAt === undefined ? [] : [(decidedAt - filedAt) / DAY_MS];

/** To a tenth; of an even number the middle of the two in the middle. */
function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.round(((low + high) / 2) * 10) / 10;
}
