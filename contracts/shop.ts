import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const weekdays = z.array(z.int().min(1).max(7)).min(1);

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

/** One shop: how the platform and the carrier account are reached, where parcels leave from, which rules hold. */
export const Shop = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  /** A `sandbox` shop is played: orders are placed in it and its time can be moved. */
  kind: z.enum(['sandbox', 'live']),
  name: z.string(),
  platform: z.object({
    baseUrl: z.url(),
    appKey: z.string(),
    appSecret: z.string(),
    accessToken: z.string(),
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
});
export type Shop = z.infer<typeof Shop>;

/** Under which key a shop's document is kept. */
export const shopKey = (shopId: string): string => `shops/${shopId}`;
