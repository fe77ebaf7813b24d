import type { PickupEvidence, PickupKey } from '../contracts/carrier-pickup';
import type { PickupAnswer } from '../domain/pickup/event';
import { pickupReasons } from '../words/pickup';
import { throughAccount } from './account-pause';
import { answered, bookOnce, keep, lookFor, openAccount, wishOf, type BookPickup, type Through } from './book-pickup';
import { cancelKept, isGone, keepCancelled } from './book-pickup-cancel';
import { pickupOf, pickupReference, readEvidence } from './book-pickup-documents';
import type { CarrierPickup, PickupWish } from './ports';
import type { Ports } from './ports';
import { assertWriting } from './shop-of';

/** Changes what is booked: in its place where the provider can, else by cancelling it and booking another. */
export function changePickup(ports: Ports, input: BookPickup): Promise<PickupAnswer> {
  return answered(async () => {
    const through = await openAccount(ports, input);
    if ('kind' in through) return through;
    const kept = await readEvidence(ports, input);
    if (kept === undefined) return { kind: 'refused', reason: pickupReasons.notBooked, isCancelled: true };
    // An earlier attempt of this change got as far as the second booking.
    if (kept.attempt === input.attempt) return bookOnce(through, input);
    if (kept.status !== 'booked') return bookAnother(through, input);
    if (through.pickups.change !== undefined) return changeInPlace(through, input, kept);
    return (await cancelKept(through, input, kept)) ?? bookAnother(through, input);
  });
}

/** What was booked is not any more, whatever comes of this. */
async function bookAnother(through: Through, input: BookPickup): Promise<PickupAnswer> {
  const answer = await answered(() => bookOnce(through, input));
  return answer.kind === 'refused' ? { ...answer, isCancelled: true } : answer;
}

async function changeInPlace(through: Through, input: BookPickup, kept: PickupEvidence): Promise<PickupAnswer> {
  const { ports, shop, account, pickups } = through;
  const wish = { ...(await wishOf(through, input)), reference: pickupReference({ ...input, attempt: kept.attempt }) };
  if (wish.parcels.length === 0) return { kind: 'refused', reason: pickupReasons.nothingToCollect };
  const current = await currentOf(through, input, { kept, wish });
  await assertWriting(ports, input);
  try {
    const changed = await throughAccount(ports, { shop, account, at: input.at, needsNoMoney: true }, () =>
      // Repeated after an answer that was lost it leaves the same booking.
      pickups.change === undefined ? Promise.resolve(current) : pickups.change(current, wish),
    );
    return await keep(through, input, { pickup: changed, wish });
  } catch (error) {
    if (!isGone(error)) throw error;
    // Somebody cancelled it elsewhere.
    await keepCancelled(through, input, kept);
    return bookAnother(through, input);
  }
}

/** As the provider has it now, where it can say: an earlier change may have given it another version. */
async function currentOf(
  { pickups }: Through,
  key: PickupKey,
  { kept, wish }: { kept: PickupEvidence; wish: PickupWish },
): Promise<CarrierPickup> {
  const found = await lookFor(pickups, wish);
  return found?.status === 'booked' ? found : pickupOf(key, kept);
}

/**
 * Cancels what is booked; told twice, it is cancelled once. `isGone`: a person looked it up, and says that nobody comes: the carrier
 * is not asked.
 */
export function cancelPickup(ports: Ports, input: PickupKey & { at: number; isGone?: true }): Promise<PickupAnswer> {
  return answered(async () => {
    if (input.isGone === true) return believed(ports, input);
    const through = await openAccount(ports, input);
    if ('kind' in through) return through;
    const kept = await readEvidence(ports, input);
    const open = kept?.status === 'booked' ? await cancelKept(through, input, kept) : undefined;
    return open ?? { kind: 'cancelled' };
  });
}

async function believed(ports: Ports, key: PickupKey & { at: number }): Promise<PickupAnswer> {
  const kept = await readEvidence(ports, key);
  if (kept?.status === 'booked') await keepCancelled({ ports }, key, kept);
  return { kind: 'cancelled' };
}
