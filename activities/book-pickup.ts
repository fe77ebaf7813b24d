import type { PickupEvidence } from '../contracts/carrier-pickup';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import type { PickupAnswer } from '../domain/pickup/event';
import type { PickupOrderWish } from '../domain/pickup/state';
import { pickupReasons } from '../words/pickup';
import { throughAccount } from './account-pause';
import {
  beginBooking,
  keepEvidence,
  pickupReference,
  readEvidence,
  unbeginBooking,
  type PickupAttempt,
} from './book-pickup-documents';
import { parcelsToCollect } from './book-pickup-parcels';
import { failureOf } from './outcome';
import type { CarrierAccount, CarrierPickup, PickupProvider, PickupWish, Ports } from './ports';
import { accountOf, assertWriting, shopOf } from './shop-of';

/** `at`: the pickup's own time. */
export type BookPickup = PickupAttempt & PickupOrderWish & { at: number };

/** The account that a pickup is booked through. */
export type Through = { ports: Ports; shop: Shop; account: CarrierAccount; pickups: PickupProvider };

/** Clear no's: asking again for the same cannot help. */
const FINAL: readonly AdapterOutcome[] = ['refused', 'bug', 'reRate', 'stale'];

/** A clear no, by which nothing was changed. */
export const isFinal = ({ outcome }: AdapterError): boolean => FINAL.includes(outcome);

/**
 * Calls the carrier once. Every attempt first looks for what an earlier one booked; where the provider cannot tell, there is one
 * attempt, and then a person looks.
 */
export function bookPickup(ports: Ports, input: BookPickup): Promise<PickupAnswer> {
  return answered(async () => {
    const through = await openAccount(ports, input);
    return 'kind' in through ? through : bookOnce(through, input);
  });
}

/** Sorts bad news: a clear no is an answer, what may help to repeat is a failure that Temporal repeats. */
export async function answered(attempt: () => Promise<PickupAnswer>): Promise<PickupAnswer> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (isFinal(error)) return { kind: 'refused', reason: error.message };
    throw failureOf(error);
  }
}

type Refused = Extract<PickupAnswer, { kind: 'refused' }>;

/** Through whom a pickup is booked, or why it cannot be. */
export async function openAccount(
  ports: Ports,
  { shopId, account: name, shipFrom }: Pick<BookPickup, 'shopId' | 'account' | 'shipFrom'>,
): Promise<Through | Refused> {
  const { shop } = await shopOf(ports, { shopId });
  if (shop.shipFrom.id !== shipFrom) return { kind: 'refused', reason: pickupReasons.noShipFrom(shipFrom) };
  const account = accountOf(ports, shop, name);
  const { pickups } = account;
  if (pickups === undefined) return { kind: 'refused', reason: pickupReasons.cannot(name) };
  return { ports, shop, account, pickups };
}

/** Books under the reference of an attempt, unless that was done before. */
export async function bookOnce(through: Through, input: BookPickup): Promise<PickupAnswer> {
  const { ports, pickups } = through;
  const kept = await readEvidence(ports, input);
  if (kept?.attempt === input.attempt && kept.status === 'booked') return bookedAs(kept);
  const wish = await wishOf(through, input);
  if (wish.parcels.length === 0) return { kind: 'refused', reason: pickupReasons.nothingToCollect };
  const found = await lookFor(pickups, wish);
  if (found?.status === 'booked') return keep(through, input, { pickup: found, wish });
  await assertWriting(ports, input);
  const pickup = await book(through, input, wish);
  return pickup === undefined
    ? { kind: 'unclear', reference: pickupReference(input) }
    : keep(through, input, { pickup, wish });
}

/**
 * What stands under a reference; undefined: nothing, or the provider cannot say. That the look itself is refused says nothing of a
 * booking: it is looked for again.
 */
export async function lookFor(
  { find }: Pick<PickupProvider, 'find'>,
  wish: PickupWish,
): Promise<CarrierPickup | undefined> {
  try {
    return await find?.(wish);
  } catch (error) {
    if (!(error instanceof AdapterError) || !isFinal(error)) throw error;
    throw new AdapterError('retryLater', { provider: 'carrier', call: 'findPickup', code: error.code });
  }
}

export async function wishOf({ ports, shop }: Through, input: BookPickup): Promise<PickupWish> {
  const { date, from, until, parcels: count, account } = input;
  const { zone, address } = shop.shipFrom;
  const collected = await parcelsToCollect(ports, {
    ...{ shop, account, date },
    ...(count === undefined ? {} : { count }),
  });
  return { reference: pickupReference(input), date, from, until, zone, address, ...collected };
}

/** Undefined where it was tried before, and what came of it cannot be read back. */
async function book(through: Through, input: BookPickup, wish: PickupWish): Promise<CarrierPickup | undefined> {
  const { ports, shop, account, pickups } = through;
  const canFind = pickups.find !== undefined;
  return throughAccount(ports, { shop, account, at: input.at }, async () => {
    if (!canFind && !(await beginBooking(ports, input))) return undefined;
    try {
      return await pickups.book(wish);
    } catch (error) {
      // Only where it may have been done is it done once.
      const isOpen = !(error instanceof AdapterError) || error.outcome === 'outcomeUnknown';
      if (!canFind && !isOpen) await unbeginBooking(ports, input);
      throw error;
    }
  });
}

type Made = { pickup: CarrierPickup; wish: Pick<PickupWish, 'from' | 'until' | 'parcels'> };

/** Writes down what the carrier confirmed: the evidence that it was called. */
export async function keep({ ports }: Through, input: BookPickup, { pickup, wish }: Made): Promise<PickupAnswer> {
  const before = await readEvidence(ports, input);
  const { id, confirmation, version, priceCents } = pickup;
  const isChange = before?.status === 'booked';
  const evidence: PickupEvidence = {
    status: 'booked',
    // What is changed in its place stays under the reference that it was booked under.
    attempt: isChange && before.id === id ? before.attempt : input.attempt,
    ...{ id, confirmation },
    ...(version === undefined ? {} : { version }),
    ...(priceCents === undefined ? {} : { priceCents }),
    window: { from: wish.from, until: wish.until },
    parcels: wish.parcels.length,
    bookedAt: input.at,
    history: [...(before?.history ?? []), { at: input.at, what: isChange ? 'changed' : 'booked', confirmation }],
  };
  await keepEvidence(ports, input, evidence);
  return bookedAs(evidence);
}

const bookedAs = ({ confirmation, parcels, window, priceCents }: PickupEvidence): PickupAnswer => ({
  kind: 'booked',
  ...{ confirmation, parcels, window },
  ...(priceCents === undefined ? {} : { priceCents }),
});
