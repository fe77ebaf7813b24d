import type { PickupEvidence, PickupKey } from '../contracts/carrier-pickup';
import { AdapterError } from '../contracts/adapter-error';
import { ALREADY_CANCELLED } from '../domain/pickup/already-cancelled';
import type { PickupAnswer } from '../domain/pickup/event';
import { throughAccount } from './account-pause';
import { isFinal, lookFor, type Through } from './book-pickup';
import { beginCancel, keepEvidence, pickupOf, pickupReference, unbeginCancel } from './book-pickup-documents';
import { assertWriting } from './shop-of';

type Cancel = PickupKey & { at: number };

/** The carrier has it no more. Another `stale` is of the shop, which may not write. */
export const isGone = (error: unknown): boolean =>
  error instanceof AdapterError && error.outcome === 'stale' && error.code === ALREADY_CANCELLED;

/**
 * Cancels what is booked. That it was begun is written down before the carrier is asked: where the answer of one attempt is lost, a
 * no to a later one does not mean that the carrier comes.
 * @returns undefined where nobody comes any more, else what is known instead.
 * @throws AdapterError where it was clearly not cancelled, or is to be tried again.
 */
export async function cancelKept(
  through: Through,
  key: Cancel,
  kept: PickupEvidence,
): Promise<PickupAnswer | undefined> {
  const { ports, shop, account, pickups } = through;
  await assertWriting(ports, key);
  const booking = { ...key, attempt: kept.attempt };
  const isFirst = await beginCancel(ports, booking);
  try {
    await throughAccount(ports, { shop, account, at: key.at, needsNoMoney: true }, () =>
      pickups.cancel(pickupOf(key, kept)),
    );
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (!isGone(error)) {
      const isOpen = error.outcome === 'outcomeUnknown';
      if (isFirst && !isOpen) await unbeginCancel(ports, booking);
      if (isFirst || !isFinal(error)) throw error;
      return refusedAfterLost(through, key, { kept, refusal: error });
    }
  }
  await keepCancelled(through, key, kept);
  return undefined;
}

/** An earlier attempt's answer was lost, and this one met a no: only where the booking still stands is it a refusal. */
async function refusedAfterLost(
  through: Through,
  key: Cancel,
  { kept, refusal }: { kept: PickupEvidence; refusal: AdapterError },
): Promise<PickupAnswer> {
  const { ports, shop, pickups } = through;
  const booking = { ...key, attempt: kept.attempt };
  const { zone, address } = shop.shipFrom;
  const place = { date: key.date, ...kept.window, zone, address, parcels: [], weightOz: 0 };
  const found = await lookFor(pickups, { ...place, reference: pickupReference(booking) });
  if (found?.status !== 'booked') return { kind: 'unclear', reference: kept.confirmation };
  await unbeginCancel(ports, booking);
  throw refusal;
}

/** Writes down that nobody comes any more. */
export async function keepCancelled(
  { ports }: Pick<Through, 'ports'>,
  key: Cancel,
  kept: PickupEvidence,
): Promise<void> {
  const line = { at: key.at, what: 'cancelled' as const, confirmation: kept.confirmation };
  await keepEvidence(ports, key, { ...kept, status: 'cancelled', history: [...kept.history, line] });
  await unbeginCancel(ports, { ...key, attempt: kept.attempt });
}
