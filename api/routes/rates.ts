import type { RequestHandler } from 'express';
import { AddressOfOrder, addressByOrderKey, addressKey, KeptAddress } from '../../contracts/address-check';
import { onTimePercent, RecordSummary, recordSummaryKey, type CarrierRecord } from '../../contracts/carrier-record';
import { purchasesFolder, readPurchaseKey } from '../../contracts/label-documents';
import { Quote, type Offered } from '../../contracts/quote';
import { sayChoiceReason } from '../../words/choice';
import type { ApiDeps } from '../deps';
import { orderIdOfPath, readQuery, shopOfPath } from '../door';
import { mustBeKnown } from '../known-order';
import { NoQuery } from '../no-query';
import type { OrderRef } from '../orders';

type Kept = { parcel: string; attempt: number; quote: Quote };

/**
 * `GET /v1/orders/:shopId/:orderId/rates`: what was offered for each parcel, what of it was chosen and why, and our own record with
 * each service. An order that never asked for a label has none; one that nobody knows is no order.
 */
export function readRates(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const orderId = orderIdOfPath(req);
    readQuery(req, NoQuery);
    const [quotes, records] = await Promise.all([quotesOf(deps, { shopId, orderId }), recordsOf(deps, shopId)]);
    if (quotes.length === 0) await mustBeKnown(deps, { shopId, orderId });
    const byParcel = quotes.sort((a, b) =>
      a.parcel === b.parcel ? a.attempt - b.attempt : a.parcel < b.parcel ? -1 : 1,
    );
    res.json({ shopId, orderId, parcels: byParcel.map((kept) => shownQuote(kept, records)) });
  };
}

async function quotesOf({ documents }: ApiDeps, ref: OrderRef): Promise<Kept[]> {
  const keys = await documents.list(purchasesFolder(ref));
  const kept = keys.map(async (key): Promise<Kept[]> => {
    const about = readPurchaseKey(key);
    const text = about?.what === 'quote' ? await documents.get(key) : undefined;
    if (about === undefined || text === undefined) return [];
    return [{ parcel: about.parcel, attempt: about.attempt, quote: Quote.parse(JSON.parse(text)) }];
  });
  return (await Promise.all(kept)).flat();
}

async function recordsOf({ documents }: ApiDeps, shopId: string): Promise<CarrierRecord[]> {
  const text = await documents.get(recordSummaryKey(shopId));
  return text === undefined ? [] : RecordSummary.parse(JSON.parse(text)).services;
}

function shownQuote({ parcel, attempt, quote }: Kept, records: readonly CarrierRecord[]): Record<string, unknown> {
  const { at, reason, chosen, offers, unrated, parcel: size } = quote;
  return {
    package: parcel,
    attempt,
    askedAt: new Date(at).toISOString(),
    parcel: size,
    chosen: {
      account: chosen.account,
      carrier: chosen.carrier,
      service: chosen.service,
      priceCents: chosen.priceCents,
    },
    reason,
    reasonText: sayChoiceReason(reason),
    offers: [...offers]
      .sort((a, b) => a.priceCents - b.priceCents)
      .map((offer) => ({ ...shownOffer(offer, records), isChosen: isSame(offer, chosen) })),
    unrated,
  };
}

function shownOffer(offer: Offered, records: readonly CarrierRecord[]): Record<string, unknown> {
  const { listCents, priceCents, carrier, service } = offer;
  const record = records.find((one) => one.carrier === carrier && one.service === service);
  const isCheaper = listCents !== undefined && listCents > priceCents;
  return {
    ...offer,
    ...(isCheaper ? { savingCents: listCents - priceCents } : {}),
    record: record === undefined ? null : { ...counts(record), onTimePercent: onTimePercent(record) ?? null },
  };
}

const counts = ({ parcels, onTime, stalls, losses }: CarrierRecord) => ({ parcels, onTime, stalls, losses });

const isSame = (a: Offered, b: Offered): boolean =>
  a.account === b.account && a.carrier === b.carrier && a.service === b.service && a.priceCents === b.priceCents;

/**
 * `GET /v1/orders/:shopId/:orderId/address-check`: what a carrier said of the order's address, with what it would write instead. It is
 * personal, lies in the vault and leaves it here alone, for who corrects the address. No verdict: nobody was asked.
 */
export function readAddressCheck(deps: ApiDeps): RequestHandler {
  return async (req, res) => {
    const { id: shopId } = await shopOfPath(deps, req);
    const orderId = orderIdOfPath(req);
    readQuery(req, NoQuery);
    const kept = await addressOf(deps, { shopId, orderId });
    if (kept === undefined) await mustBeKnown(deps, { shopId, orderId });
    const { verdict = null, codes = [], suggestion = null } = kept ?? {};
    res.json({ shopId, orderId, verdict, codes, suggestion });
  };
}

async function addressOf({ vault }: ApiDeps, { shopId, orderId }: OrderRef): Promise<KeptAddress | undefined> {
  const found = await vault?.get(addressByOrderKey(shopId, orderId));
  if (found === undefined) return undefined;
  const { mark } = AddressOfOrder.parse(JSON.parse(found));
  const text = await vault?.get(addressKey(shopId, mark));
  return text === undefined ? undefined : KeptAddress.parse(JSON.parse(text));
}
