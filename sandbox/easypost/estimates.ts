import type { Answer } from '../answer';
import { nowOf } from '../clock';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { type Rate, ratesFor } from './rates';
import { findShipment, rendered, type Shipment, termsOf } from './shipments';
import { answer, type EasyPostError, NOT_FOUND, refusal } from './wire';

const EXISTS: EasyPostError = {
  status: 422,
  code: 'SHIPMENT.POSTAGE.EXISTS',
  message: 'Postage already exists for this shipment.',
};

/** Rates an unpaid shipment anew; its old rates are gone. */
export function rerateShipment(world: World, { shopId, params }: EasyPostCall): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  if (shipment === undefined) return refusal(NOT_FOUND);
  if (shipment.postage !== null) return refusal(EXISTS);
  const at = nowOf(world, shopId);
  const rated: Shipment = {
    ...shipment,
    ...ratesFor(shipment.id, shipment.weightOunces, termsOf(world, shopId, at)),
    updatedAt: at,
  };
  world.state.shipments.put(shopId, shipment.id, rated);
  return answer(200, rendered(world, shopId, rated));
}

const PERCENTILES = [50, 75, 85, 90, 95, 97, 99] as const;

/** How many days each rate has taken: half of its parcels as promised, the slowest in three days more. */
export function smartRates(world: World, { shopId, params }: EasyPostCall): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  if (shipment === undefined) return refusal(NOT_FOUND);
  return answer(200, { result: shipment.rates.map(smartRate) });
}

/** On which day each rate would arrive if it were shipped on a day. */
export function deliveryDates(world: World, { shopId, params, query }: EasyPostCall): Answer {
  const shipment = findShipment(world, shopId, params['id'] ?? '');
  if (shipment === undefined) return refusal(NOT_FOUND);
  const shippedAt = Date.parse(`${query.get('planned_ship_date') ?? ''}T00:00:00Z`);
  if (Number.isNaN(shippedAt))
    return refusal({ status: 422, code: 'PARAMETER.INVALID', message: 'planned_ship_date is not a date.' });
  const rates = shipment.rates.map((rate) => ({
    rate: amounts(rate),
    easypost_time_in_transit_data: {
      days_in_transit: daysIn(rate),
      easypost_estimated_delivery_date: new Date(shippedAt + rate.delivery_days * DAY_MS).toISOString().slice(0, 10),
      planned_ship_date: query.get('planned_ship_date'),
    },
  }));
  return answer(200, { rates });
}

const DAY_MS = 86_400_000;

function smartRate(rate: Rate): Record<string, unknown> {
  return { ...amounts(rate), time_in_transit: daysIn(rate) };
}

/** Here, unlike in a shipment's rates, money is a number. */
function amounts(rate: Rate): Record<string, unknown> {
  const money = { rate: Number(rate.rate), list_rate: Number(rate.list_rate), retail_rate: Number(rate.retail_rate) };
  return { ...rate, ...money };
}

function daysIn({ delivery_days: days }: Rate): Record<string, number> {
  const slower = (percentile: number): number => (percentile < 85 ? 0 : percentile < 95 ? 1 : percentile < 99 ? 2 : 3);
  return Object.fromEntries(PERCENTILES.map((percentile) => [`percentile_${percentile}`, days + slower(percentile)]));
}
