import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { digits, prefixedId } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { BAD_LISTING, listed } from './listing';
import { centsOf } from './rates';
import { findShipment, type Shipment } from './shipments';
import { answer, type EasyPostError, instant, NOT_FOUND, refusal } from './wire';

type PickupRate = {
  readonly id: string;
  readonly object: 'PickupRate';
  readonly created_at: string;
  readonly updated_at: string;
  readonly mode: 'test';
  readonly service: string;
  readonly carrier: string;
  readonly rate: string;
  readonly currency: 'USD';
  readonly pickup_id: string;
};

/** A collection as the wire shows it, and as it is kept. */
export type Pickup = {
  readonly id: string;
  readonly object: 'Pickup';
  readonly created_at: string;
  readonly updated_at: string;
  readonly mode: 'test';
  readonly status: 'unknown' | 'scheduled' | 'canceled';
  readonly reference: string | null;
  readonly confirmation: string | null;
  readonly pickup_rates: readonly PickupRate[];
} & Readonly<Record<string, unknown>>;

const Wanted = z.object({
  pickup: z.looseObject({
    reference: z.string().nullish(),
    min_datetime: z.string().min(1),
    max_datetime: z.string().min(1),
    shipment: z.looseObject({ id: z.string() }),
    address: z.looseObject({}),
    is_account_address: z.boolean().default(false),
    instructions: z.string().nullish(),
  }),
});
type Wish = z.infer<typeof Wanted>['pickup'];

/** Asks when a bought parcel can be collected. Nothing is ordered yet. */
export function createPickup(world: World, { shopId, body }: EasyPostCall): Answer {
  const wanted = Wanted.safeParse(body);
  if (!wanted.success) return refusal(MISSING);
  const shipment = findShipment(world, shopId, wanted.data.pickup.shipment.id);
  if (!shipment?.postage) return refusal(NOT_BOUGHT);
  if (!(Date.parse(wanted.data.pickup.max_datetime) >= nowOf(world, shopId) - DAY_MS)) return refusal(PAST);
  return answer(201, keep(world, shopId, { wish: wanted.data.pickup, shipment }));
}

const Choice = z.object({ carrier: z.string(), service: z.string() });

/** Orders a collection. One that is ordered already is not ordered again. */
export function buyPickup(world: World, { shopId, params, body }: EasyPostCall): Answer {
  const pickup = findPickup(world, shopId, params['id'] ?? '');
  if (pickup === undefined) return refusal(NOT_FOUND);
  const choice = Choice.safeParse(body);
  if (!choice.success) return refusal(MISSING);
  const { carrier, service } = choice.data;
  const rate = pickup.pickup_rates.find((one) => one.carrier === carrier && one.service === service);
  if (rate === undefined) return refusal(NO_RATE);
  if (pickup.status !== 'unknown') return refusal(NOT_OPEN);
  const confirmation = `WTC${digits(8)}`;
  const scheduled = change(world, shopId, { ...pickup, status: 'scheduled', confirmation });
  const line = { ref: confirmation, order: null, provider: 'easypost', priceCents: centsOf(rate.rate) } as const;
  enter(world, shopId, { ...line, kind: 'pickupBooked' });
  return answer(200, scheduled);
}

/** Takes a collection back. A repeat answers the same and changes nothing. */
export function cancelPickup(world: World, { shopId, params }: EasyPostCall): Answer {
  const pickup = findPickup(world, shopId, params['id'] ?? '');
  if (pickup === undefined) return refusal(NOT_FOUND);
  if (pickup.status === 'canceled') return answer(200, pickup);
  if (pickup.confirmation === null) return refusal(NOT_OPEN);
  enter(world, shopId, { kind: 'pickupCancelled', ref: pickup.confirmation, order: null, provider: 'easypost' });
  return answer(200, change(world, shopId, { ...pickup, status: 'canceled' }));
}

/** Reads a collection by its id or its reference. */
export function getPickup(world: World, { shopId, params }: EasyPostCall): Answer {
  const pickup = findPickup(world, shopId, params['id'] ?? '');
  return pickup === undefined ? refusal(NOT_FOUND) : answer(200, pickup);
}

/** Lists a shop's collections, newest first. */
export function listPickups(world: World, { shopId, query }: EasyPostCall): Answer {
  const page = listed(world.state.pickups.of(shopId), ({ created_at: at }) => Date.parse(at), query);
  return page === undefined ? refusal(BAD_LISTING) : answer(200, { pickups: page.rows, has_more: page.has_more });
}

const DAY_MS = 86_400_000;

const MISSING: EasyPostError = { status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' };
// Which codes a pickup is refused with is not published; these are of the library's own pattern.
const NOT_BOUGHT: EasyPostError = {
  status: 422,
  code: 'PICKUP.SHIPMENT.INVALID',
  message: 'The shipment must be purchased before a pickup is created.',
};
const PAST: EasyPostError = {
  status: 422,
  code: 'PICKUP.DATETIME.INVALID',
  message: 'The pickup window is not valid.',
};
const NO_RATE: EasyPostError = {
  status: 422,
  code: 'PICKUP.RATE.UNAVAILABLE',
  message: 'The pickup rate is not found.',
};
const NOT_OPEN: EasyPostError = {
  status: 422,
  code: 'PICKUP.STATUS.INVALID',
  message: 'The pickup cannot be changed in its present status.',
};

function findPickup(world: World, shopId: string, idOrReference: string): Pickup | undefined {
  const byId = world.state.pickups.get(shopId, idOrReference);
  return byId ?? world.state.pickups.of(shopId).findLast(({ reference }) => reference === idOrReference);
}

function change(world: World, shopId: string, pickup: Pickup): Pickup {
  const changed = { ...pickup, updated_at: instant(nowOf(world, shopId)) };
  world.state.pickups.put(shopId, pickup.id, changed);
  return changed;
}

/** USPS collects for nothing with the next round; UPS is paid. */
const SERVICES: Readonly<Record<string, readonly (readonly [service: string, rate: string])[]>> = {
  USPS: [['NextDay', '0.00']],
  UPS: [
    ['Same-day Pickup', '13.75'],
    ['Future-day Pickup', '8.25'],
  ],
};

function keep(world: World, shopId: string, { wish, shipment }: { wish: Wish; shipment: Shipment }): Pickup {
  const id = prefixedId('pickup');
  const at = instant(nowOf(world, shopId));
  const carrier = shipment.postage?.rate.carrier ?? '';
  const dates = { created_at: at, updated_at: at, mode: 'test' } as const;
  const pickup_rates = (SERVICES[carrier] ?? []).map(([service, rate]) => ({
    ...({ id: prefixedId('pickuprate'), object: 'PickupRate', ...dates } as const),
    ...({ service, carrier, rate, currency: 'USD', pickup_id: id } as const),
  }));
  const { min_datetime, max_datetime, is_account_address, instructions = null } = wish;
  const pickup: Pickup = {
    ...{ id, object: 'Pickup', ...dates, status: 'unknown', confirmation: null },
    ...{ reference: wish.reference ?? null, min_datetime, max_datetime, is_account_address, instructions },
    ...{ messages: [], carrier_accounts: [], shipment: { id: shipment.id }, address: wish.address },
    pickup_rates,
  };
  world.state.pickups.put(shopId, id, pickup);
  return pickup;
}
