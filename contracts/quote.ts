import { z } from 'zod';

const Offered = z.object({
  account: z.string(),
  carrier: z.string(),
  service: z.string(),
  priceCents: z.int(),
  listCents: z.int().exactOptional(),
  deliveryDays: z.number().nullable(),
});
export type Offered = z.infer<typeof Offered>;

/** What was offered for a parcel, what of it was chosen and why: kept with the purchase, and shown to people. Epoch milliseconds. */
export const Quote = z.object({
  at: z.number(),
  reason: z.string(),
  chosen: Offered,
  offers: z.array(Offered),
  unrated: z.array(z.object({ account: z.string(), carrier: z.string().exactOptional(), code: z.string() })),
  parcel: z.object({ lengthIn: z.number(), widthIn: z.number(), heightIn: z.number(), weightOz: z.number() }),
});
export type Quote = z.infer<typeof Quote>;
