import { z } from 'zod';

/** The carrier is called once for one account, ship-from and day; `date` is YYYY-MM-DD at the ship-from. */
export type PickupKey = { shopId: string; account: string; shipFrom: string; date: string };

/** A booking as it is kept: what proves that the carrier was called. Instants are epoch milliseconds, money integer cents. */
export const PickupEvidence = z.object({
  status: z.enum(['booked', 'cancelled']),
  /** Under which attempt's reference the provider has it. */
  attempt: z.int(),
  id: z.string(),
  /** The number that the driver and the carrier's desk go by. */
  confirmation: z.string(),
  version: z.string().exactOptional(),
  priceCents: z.int().exactOptional(),
  window: z.object({ from: z.number(), until: z.number() }),
  parcels: z.int(),
  bookedAt: z.number(),
  history: z.array(
    z.object({ at: z.number(), what: z.enum(['booked', 'changed', 'cancelled']), confirmation: z.string() }),
  ),
});
export type PickupEvidence = z.infer<typeof PickupEvidence>;

/** Where the bookings of one ship-from lie, one document a day. */
export const pickupFolder = ({ shopId, account, shipFrom }: Omit<PickupKey, 'date'>): string =>
  `pickups/${shopId}/${account}/${shipFrom}`;

export const pickupDocumentKey = (key: PickupKey): string => `${pickupFolder(key)}/${key.date}`;
