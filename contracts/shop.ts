import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const weekdays = z.array(z.int().min(1).max(7)).min(1);

const sweepMinutes = z
  .int()
  .min(1)
  .max(24 * 60);

/** Where parcels leave from, and when somebody is there. `workdays` are ISO weekdays, 1 is Monday. */
const ShipFrom = z.object({
  id: z.string().min(1),
  zone: z.string().min(1),
  workdays: weekdays,
  opensAt: timeOfDay,
  closesAt: timeOfDay,
  /** Days on which nobody is there though they are workdays, as YYYY-MM-DD. */
  closures: z.array(z.iso.date()).default([]),
  /** What is ordered before this time of a working day is sent the same day. */
  cutoffTime: timeOfDay.default('12:00'),
  /** The weekdays on which the carrier collects; every working day if left out. */
  pickupDays: weekdays.optional(),
  address: z.record(z.string(), z.string()),
});

const ShopFields = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  /** A `sandbox` shop is played: orders are placed in it and its time can be moved. */
  kind: z.enum(['sandbox', 'live']),
  name: z.string(),
  platform: z.object({
    baseUrl: z.url(),
    appKey: z.string(),
    appSecret: z.string(),
    /** Empty where the shop is not connected any more. */
    accessToken: z.string(),
    /** Counts the pairs of tokens that the shop has had. */
    tokenVersion: z.int().min(0).default(0),
    shopCipher: z.string(),
  }),
  carrier: z.object({
    kind: z.literal('easypost'),
    baseUrl: z.url(),
    apiKey: z.string(),
    webhookSecret: z.string(),
  }),
  /** Where appeals are filed by HTTP. TikTok has no API for it, so a live shop has none and a person files. */
  appealDesk: z.object({ baseUrl: z.url(), token: z.string() }).optional(),
  shipFrom: ShipFrom,
  /** A rule set by name; `us` is the newest in force when an order was created. */
  policySet: z.string().default('us'),
  /** The parcel that is assumed while there is no catalogue. */
  parcel: z.object({
    lengthIn: z.number().positive(),
    widthIn: z.number().positive(),
    heightIn: z.number().positive(),
    weightOz: z.number().positive(),
  }),
  /** A label is bought only with a service that arrives within this many days, where one is offered. */
  maxTransitDays: z.int().positive().default(6),
  /** When the tracking number goes to the platform: once the parcel is packed, or as soon as its label is bought. */
  uploadTracking: z.enum(['packed', 'bought']).default('packed'),
  /** Whether orders that the platform recommends to send together go in one parcel. */
  combine: z.enum(['off', 'auto']).default('off'),
  /** How often the platform is asked what has changed, by day and by night at the ship-from; absent: never. */
  sweep: z.object({ dayMinutes: sweepMinutes.default(5), nightMinutes: sweepMinutes.default(15) }).optional(),
});

/**
 * One shop: how the platform and the carrier account are reached, where parcels leave from, which rules hold. A connected one has the
 * secrets that its webhooks are signed with: with an empty one anyone can sign.
 */
export const Shop = ShopFields.superRefine(({ platform, carrier }, context) => {
  if (platform.accessToken === '') return;
  if (platform.appSecret === '') context.addIssue(emptySecret(['platform', 'appSecret']));
  if (carrier.webhookSecret === '') context.addIssue(emptySecret(['carrier', 'webhookSecret']));
});
export type Shop = z.infer<typeof Shop>;

const emptySecret = (path: string[]) =>
  ({ code: 'too_small', origin: 'string', minimum: 1, inclusive: true, path, input: '' }) as const;

/** Under which key a shop's document is kept. */
export const shopKey = (shopId: string): string => `shops/${shopId}`;
