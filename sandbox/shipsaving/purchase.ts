import { z } from 'zod';
import type { Answer } from '../answer';
import { pay, payBack } from '../carrier-accounts';
import { nowOf } from '../clock';
import { digits, hex } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import type { ShipSavingCall } from './gate';
import { labelsOf, orderOf, type SavingLabel, SERVICE_FEE_CENTS, shownInOrder, shownPurchase } from './labels';
import { findRate, quoteOf, type SavingRate } from './rates';
import type { ParcelRequest } from './request';
import { storeNameOf, wantsOrders } from './account';
import { numberOf } from './services';
import { answer, INVALID, NO_MONEY, NO_ORDER, refusal, type ShipSavingError } from './wire';

/**
 * Buys a label by a rate.
 *
 * A GET that spends money, as published, and nothing in the publication says that a rate is good for one label only: every call
 * of it here buys and charges again, so that a repeated one shows in the ledger.
 */
export function buyRate(world: World, { shopId, query }: ShipSavingCall): Answer {
  const found = findRate(world, shopId, query.get('rate_id') ?? '');
  return found === undefined ? refusal(NO_RATE) : buy(world, shopId, found);
}

/** Buys a label of a service without asking for rates first. */
export function buyDirectly(world: World, call: ShipSavingCall): Answer {
  const quote = quoteOf(world, call);
  const rate = quote?.rates.find(({ service }) => service.serviceType === quote.request.order?.service_type);
  if (quote === undefined || rate === undefined) return refusal(INVALID);
  return buy(world, call.shopId, { request: quote.request, rate });
}

/** The labels of an order, voided ones among them; none is an empty list, or a refusal where orders must be there. */
export function getShipments(world: World, { shopId, query }: ShipSavingCall): Answer {
  const [store, order] = [query.get('store_name'), query.get('order_number')];
  if (store === null || order === null || store !== storeNameOf(world, shopId)) return refusal(NO_ORDER);
  const labels = labelsOf(world, shopId, order);
  if (labels.length === 0 && wantsOrders(world, shopId)) return refusal(NO_ORDER);
  return answer(labels.map((label) => shownInOrder(world, shopId, label)));
}

const Voided = z.object({ tracking_code: z.string().min(1) });

/** Gives a label back. */
export function voidLabel(world: World, { shopId, body }: ShipSavingCall): Answer {
  const wanted = Voided.safeParse(body);
  if (!wanted.success) return refusal(INVALID);
  const label = world.state.savingLabels.get(shopId, wanted.data.tracking_code);
  if (label === undefined) return refusal(NO_LABEL);
  if (label.isVoided) return refusal(VOIDED);
  if (label.scans?.some(({ status }) => status !== 'pre_transit')) return refusal(UNDER_WAY);
  const priceCents = label.rate.priceCents;
  world.state.savingLabels.put(shopId, label.trackingCode, { ...label, isVoided: true });
  payBack(world, shopId, { provider: 'shipsaving', priceCents: priceCents + SERVICE_FEE_CENTS });
  enter(world, shopId, { ...lineOf(label), kind: 'labelVoided', priceCents });
  return answer({ tracking_code: label.trackingCode });
}

const NO_RATE: ShipSavingError = { status: 400, message: 'Invalid rate id' };
const NO_LABEL: ShipSavingError = { status: 400, message: 'Invalid tracking code format or shipment not found.' };
// What the real one says to a second void is not published.
const VOIDED: ShipSavingError = { status: 400, message: 'The label has already been voided' };
const UNDER_WAY: ShipSavingError = { status: 400, message: 'The shipment is in transit and cannot be voided' };

type Purchase = { readonly request: ParcelRequest; readonly rate: SavingRate };

function buy(world: World, shopId: string, purchase: Purchase): Answer {
  const label = newLabel(world, shopId, purchase);
  return label === undefined ? refusal(NO_MONEY) : answer(shownPurchase(world, shopId, label));
}

/** Buys a label; `undefined` where the wallet does not cover it. */
export function newLabel(world: World, shopId: string, { request, rate }: Purchase): SavingLabel | undefined {
  const charged = { provider: 'shipsaving', priceCents: rate.priceCents + SERVICE_FEE_CENTS } as const;
  if (!pay(world, shopId, charged)) return undefined;
  const label: SavingLabel = {
    trackingCode: numberOf(rate.service.carrier),
    shipmentNumber: Number(digits(7)),
    slipNumber: Number(digits(6)),
    boughtAt: nowOf(world, shopId),
    rate,
    request,
    file: { name: hex(32), type: request.options?.label_type ?? 'png' },
    isVoided: false,
  };
  world.state.savingLabels.put(shopId, label.trackingCode, label);
  enter(world, shopId, { ...lineOf(label), kind: 'labelBought', priceCents: rate.priceCents });
  return label;
}

function lineOf(label: SavingLabel): { ref: string; order: string | null; provider: 'shipsaving' } {
  return { ref: label.trackingCode, order: orderOf(label), provider: 'shipsaving' };
}
