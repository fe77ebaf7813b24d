import { z } from 'zod';
import { type Answer, json } from '../answer';
import { centralTime, dayAfter, dayOf, weekdayOf } from '../central-time';
import { nowOf } from '../clock';
import { digits, hex } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import type { UspsCall } from './gate';
import { refused } from './wire';

const API = '/pickup/v3';

const Wish = z.looseObject({
  pickupDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  pickupAddress: z.looseObject({ address: z.looseObject({ streetAddress: z.string() }) }),
  packages: z.array(z.object({ packageType: z.string(), packageCount: z.int().positive() })).min(1),
  estimatedWeight: z.number().nonnegative(),
  pickupLocation: z.looseObject({ packageLocation: z.string() }),
  nextAvailablePickup: z.boolean().default(false),
});

/** A pickup as it is kept, under its confirmation. */
export type UspsPickup = {
  readonly confirmation: string;
  readonly date: string;
  readonly request: unknown;
  readonly etag: string;
  readonly isCancelled: boolean;
};

/** Whether the carrier comes by an address. All of them are eligible here but one: a street that is named so. */
export function readEligibility(_world: World, { query }: UspsCall): Answer {
  const streetAddress = query.get('streetAddress') ?? '';
  if (streetAddress === '' || /no pickup/i.test(streetAddress))
    return no('The address is not eligible for carrier pickup.');
  const address = Object.fromEntries([...query].filter(([name]) => name !== 'contact'));
  return json(200, { address, contact: [] });
}

/** Books a pickup. It is free, and nothing keeps it from being booked twice: USPS's request has no place for a reference. */
export function bookPickup(world: World, { shopId, body }: UspsCall): Answer {
  const wish = Wish.safeParse(body);
  if (!wish.success) return no('OASValidation: the request is not valid.');
  const date = dateOf(world, shopId, wish.data);
  if (date === undefined) return no('Pickup is not available on the requested date.');
  const pickup = { confirmation: `WTC${digits(9)}`, date, request: wish.data, etag: hex(40), isCancelled: false };
  world.state.uspsPickups.put(shopId, pickup.confirmation, pickup);
  enter(world, shopId, { kind: 'pickupBooked', ref: pickup.confirmation, order: null, provider: 'usps' });
  return shown(pickup);
}

/** Reads a pickup with the tag that its next change must bring. */
export function readPickup(world: World, call: UspsCall): Answer {
  const pickup = ofCall(world, call);
  if (pickup === undefined) return NOT_FOUND;
  const { headers = {}, ...answer } = shown(pickup);
  // The specification has a list here, and a single one everywhere else.
  return { ...answer, headers, body: `[${String(answer.body)}]` };
}

const Change = z.looseObject({ pickupDate: z.string().optional(), carrierPickupRequest: Wish });

/** Changes a pickup that was read before. */
export function changePickup(world: World, call: UspsCall): Answer {
  const pickup = ofCall(world, call);
  const change = Change.safeParse(call.body);
  if (pickup === undefined) return NOT_FOUND;
  if (call.header('if-match') !== pickup.etag) return STALE;
  if (!change.success) return no('OASValidation: the request is not valid.');
  const request = change.data.carrierPickupRequest;
  const date = dateOf(world, call.shopId, request);
  if (date === undefined) return no('Pickup is not available on the requested date.');
  const changed = { ...pickup, date, request, etag: hex(40) };
  world.state.uspsPickups.put(call.shopId, pickup.confirmation, changed);
  return shown(changed);
}

/** Cancels a pickup for good. */
export function cancelPickup(world: World, call: UspsCall): Answer {
  const pickup = ofCall(world, call);
  if (pickup === undefined) return NOT_FOUND;
  if (call.header('if-match') !== pickup.etag) return STALE;
  world.state.uspsPickups.put(call.shopId, pickup.confirmation, { ...pickup, isCancelled: true });
  enter(world, call.shopId, { kind: 'pickupCancelled', ref: pickup.confirmation, order: null, provider: 'usps' });
  return json(200, {});
}

const NOT_FOUND = refused(API, 400, { code: '400', detail: 'The carrier pickup was not found.' });
const STALE = refused(API, 412, {
  code: '412',
  detail: 'The ETag does not match the current version.',
  parameter: 'If-Match',
});

function no(detail: string): Answer {
  return refused(API, 400, { code: '400', detail });
}

/** One that is cancelled can no longer be read or changed. */
function ofCall(world: World, { shopId, params }: UspsCall): UspsPickup | undefined {
  const pickup = world.state.uspsPickups.get(shopId, params['confirmationNumber'] ?? '');
  return pickup?.isCancelled === true ? undefined : pickup;
}

function shown({ confirmation, date, request, etag }: UspsPickup): Answer {
  const value = { confirmationNumber: confirmation, pickupDate: date, carrierPickupRequest: request };
  return { ...json(200, value), headers: { ETag: etag } };
}

/** The day of a pickup: Monday to Saturday, asked for until 02:00 Central of that day (Carrier Pickup API 3.1). */
function dateOf(world: World, shopId: string, wish: z.infer<typeof Wish>): string | undefined {
  const now = centralTime(nowOf(world, shopId));
  const isOpen = (day: string): boolean => now < `${day}T02:00:00` && weekdayOf(day) !== 0;
  if (isOpen(wish.pickupDate)) return wish.pickupDate;
  if (!wish.nextAvailablePickup) return undefined;
  const first = wish.pickupDate > dayOf(now) ? wish.pickupDate : dayOf(now);
  return [1, 2, 3].map((days) => dayAfter(first, days)).find(isOpen);
}
