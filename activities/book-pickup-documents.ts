import { PickupEvidence, pickupDocumentKey, type PickupKey } from '../contracts/carrier-pickup';
import type { CarrierPickup, Ports } from './ports';

type Documents = Pick<Ports, 'documents'>;

/** A day's bookings all have references of their own; `attempt` counts them. */
export type PickupAttempt = PickupKey & { attempt: number };

/** Under it the provider keeps the booking, and finds it again. */
export const pickupReference = ({ shopId, account, shipFrom, date, attempt }: PickupAttempt): string =>
  [shopId, account, shipFrom, date, attempt].join(':');

export async function readEvidence({ documents }: Documents, key: PickupKey): Promise<PickupEvidence | undefined> {
  const text = await documents.get(pickupDocumentKey(key));
  return text === undefined ? undefined : PickupEvidence.parse(JSON.parse(text));
}

export const keepEvidence = ({ documents }: Documents, key: PickupKey, evidence: PickupEvidence): Promise<void> =>
  documents.put(pickupDocumentKey(key), JSON.stringify(evidence));

/** A booking as the provider wants to see it again. */
export const pickupOf = ({ date }: PickupKey, kept: PickupEvidence): CarrierPickup => ({
  id: kept.id,
  status: kept.status,
  confirmation: kept.confirmation,
  date,
  ...(kept.priceCents === undefined ? {} : { priceCents: kept.priceCents }),
  ...(kept.version === undefined ? {} : { version: kept.version }),
});

const begunKey = (booking: PickupAttempt): string => `${pickupDocumentKey(booking)}-${booking.attempt}-begun`;

/** Notes that the carrier may be called from here on; `false` where an earlier attempt noted it. */
export const beginBooking = ({ documents }: Documents, booking: PickupAttempt): Promise<boolean> =>
  documents.putIfAbsent(begunKey(booking), '{}');

/** It was not called after all. */
export const unbeginBooking = ({ documents }: Documents, booking: PickupAttempt): Promise<void> =>
  documents.remove(begunKey(booking));

const cancelBegunKey = (booking: PickupAttempt): string => `${begunKey(booking)}-cancel`;

/** Notes that the carrier may be told from here on that nobody need come; `false` where an earlier attempt noted it. */
export const beginCancel = ({ documents }: Documents, booking: PickupAttempt): Promise<boolean> =>
  documents.putIfAbsent(cancelBegunKey(booking), '{}');

/** It was not told after all, or the booking is known to stand. */
export const unbeginCancel = ({ documents }: Documents, booking: PickupAttempt): Promise<void> =>
  documents.remove(cancelBegunKey(booking));
