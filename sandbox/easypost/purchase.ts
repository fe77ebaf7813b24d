import { z } from 'zod';
import type { Answer } from '../answer';
import { pay, payBack } from '../carrier-accounts';
import { nowOf } from '../clock';
import { prefixedId } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { centsOf, type Rate } from './rates';
import { findShipment, orderOf, type Postage, rendered, type Shipment } from './shipments';
import { appendScan, newTracker, type Tracker } from './trackers';
import { newTrackingNumber } from './tracking-number';
import { answer, type EasyPostError, instant, NO_MONEY, NOT_FOUND, refusal } from './wire';

const Choice = z.object({ rate: z.object({ id: z.string() }) });

const DAY_MS = 86_400_000;

/**
 * Buys the label of a shipment. A shipment is paid for once, however often it is asked.
 *
 * The number can be hidden by a fault; it is shown when that fault is over.
 */
export function buyShipment(world: World, { shopId, params, body }: EasyPostCall, hiddenBy?: string): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  if (shipment === undefined) return refusal(NOT_FOUND);
  const choice = Choice.safeParse(body);
  const rate = shipment.rates.find(({ id }) => choice.success && id === choice.data.rate.id);
  if (shipment.refundStatus === 'submitted') return refusal(REFUNDED);
  if (shipment.postage !== null) return refusal(EXISTS);
  if (rate === undefined) return refusal(choice.success ? UNKNOWN_RATE : MISSING_RATE);
  const price = { provider: 'easypost', priceCents: centsOf(rate.rate) } as const;
  if (!pay(world, shopId, price)) return refusal(NO_MONEY);
  return answer(200, bought(world, shopId, { shipment, rate, hiddenBy }));
}

/** Asks for the postage back. A repeat answers the same and changes nothing, unless the first was rejected. */
export function refundShipment(
  world: World,
  { shopId, params }: EasyPostCall,
  refundStatus: 'submitted' | 'rejected' = 'submitted',
): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  if (shipment === undefined) return refusal(NOT_FOUND);
  if (shipment.refundStatus === 'submitted') return answer(200, rendered(world, shopId, shipment));
  if (shipment.postage === null || hasMoved(world, shopId, shipment.postage)) return refusal(NO_REFUND);
  const refunded: Shipment = { ...shipment, refundStatus, updatedAt: nowOf(world, shopId) };
  world.state.shipments.put(shopId, shipment.id, refunded);
  if (refundStatus === 'submitted') {
    const priceCents = centsOf(shipment.postage.rate.rate);
    const paid = { provider: 'easypost', priceCents } as const;
    payBack(world, shopId, paid);
    enter(world, shopId, { ...paid, kind: 'labelVoided', ref: shipment.id, order: orderOf(shipment) });
  }
  return answer(200, rendered(world, shopId, refunded));
}

const EXISTS: EasyPostError = {
  status: 422,
  code: 'SHIPMENT.POSTAGE.EXISTS',
  message: 'Postage already exists for this shipment.',
};
const REFUNDED: EasyPostError = {
  status: 422,
  code: 'SHIPMENT.POSTAGE.FAILURE',
  message: 'The postage of this shipment was refunded; please create a new shipment.',
};
const MISSING_RATE: EasyPostError = { status: 422, code: 'SHIPMENT.MISSING_RATE', message: 'A rate is required.' };
const UNKNOWN_RATE: EasyPostError = {
  status: 422,
  code: 'SHIPMENT.RATE.UNAVAILABLE',
  message: 'The rate does not belong to this shipment; please re-rate.',
};
const NO_REFUND: EasyPostError = {
  status: 422,
  code: 'SHIPMENT.REFUND.UNAVAILABLE',
  message: 'A refund is not available for this shipment.',
};

type Purchase = { readonly shipment: Shipment; readonly rate: Rate; readonly hiddenBy?: string | undefined };

function bought(world: World, shopId: string, { shipment, rate, hiddenBy }: Purchase): unknown {
  const { paid, tracker, at } = payShipment(world, shopId, { shipment, rate, hiddenBy });
  // The answer is taken before the first scan: right after a purchase the real tracker is still "unknown".
  const shown = rendered(world, shopId, paid);
  const orderId = orderOf(shipment);
  // Its webhook would give a hidden number away.
  if (hiddenBy === undefined) appendScan(world, shopId, { tracker, scan: { status: 'pre_transit', at }, orderId });
  return shown;
}

/** Puts postage on a shipment and a line into the ledger. Nobody is told. */
export function payShipment(
  world: World,
  shopId: string,
  { shipment, rate, hiddenBy }: Purchase,
): { paid: Shipment & { readonly postage: Postage }; tracker: Tracker; at: number } {
  const at = nowOf(world, shopId);
  const trackingCode = newTrackingNumber(rate.carrier);
  const beginning = {
    tracking_code: trackingCode,
    carrier: rate.carrier,
    shipment_id: shipment.id,
    weight: shipment.weightOunces,
    est_delivery_date: instant(at + rate.delivery_days * DAY_MS),
  };
  const tracker = newTracker(world, beginning, at);
  const postage = { labelId: prefixedId('pl'), boughtAt: at, rate, trackingCode, trackerId: tracker.id, hiddenBy };
  const paid = { ...shipment, postage, updatedAt: at };
  world.state.trackers.put(shopId, tracker.id, tracker);
  world.state.shipments.put(shopId, shipment.id, paid);
  const line = {
    ref: shipment.id,
    order: orderOf(shipment),
    provider: 'easypost',
    priceCents: centsOf(rate.rate),
  } as const;
  enter(world, shopId, { ...line, kind: 'labelBought' });
  return { paid, tracker, at };
}

function hasMoved(world: World, shopId: string, postage: Postage): boolean {
  const status = world.state.trackers.get(shopId, postage.trackerId)?.status ?? 'unknown';
  return status !== 'unknown' && status !== 'pre_transit';
}
