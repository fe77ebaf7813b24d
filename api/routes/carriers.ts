import type { RequestHandler } from 'express';
import { onTimePercent, RecordSummary, recordSummaryKey } from '../../contracts/carrier-record';
import type { ApiDeps } from '../deps';
import { readQuery, shopOfPath } from '../door';
import { NoQuery } from '../no-query';
import { listedAccounts } from './carriers-view';

/**
 * `GET /v1/shops/:shopId/carriers`: the shop's carrier accounts, what each can, which are paused and for how many orders; and what
 * we know ourselves of the carriers' services.
 */
export function listCarriers(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const shop = await shopOfPath(deps, req);
    readQuery(req, NoQuery);
    res.json({ data: await listedAccounts(deps, shop), record: await recordOf(deps, shop.id) });
  };
}

type Known = Pick<RecordSummary['services'][number], 'carrier' | 'service' | 'parcels' | 'stalls' | 'losses'> & {
  /** Null where too few parcels are known. */
  onTimePercent: number | null;
};

async function recordOf({ documents }: ApiDeps, shopId: string): Promise<Known[]> {
  const text = await documents.get(recordSummaryKey(shopId));
  const summary = text === undefined ? undefined : RecordSummary.safeParse(JSON.parse(text)).data;
  return (summary?.services ?? []).map(({ carrier, service, parcels, onTime, stalls, losses }) => ({
    ...{ carrier, service, parcels, stalls, losses },
    onTimePercent: onTimePercent({ parcels, onTime }) ?? null,
  }));
}
