import { z } from 'zod';
import { AccountName, CarrierAccount, FIRST_ACCOUNT } from './carrier-account';

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

/** A `sandbox` shop is played: orders are placed in it and its time can be moved. */
export const ShopKind = z.enum(['sandbox', 'live']);

const cents = z.int().positive();

/** How a label is chosen among all that the enabled accounts offer, and what is too dear. Money is integer cents. */
const LabelRules = z.object({
  /**
   * `cheapest` that arrives in time; `fastest` under `maxPriceCents`; `preferred`: the first of `preferred` that is offered, else
   * the cheapest; `reliable`: the best record of ours, the cheaper of two as good.
   */
  rule: z.enum(['cheapest', 'fastest', 'preferred', 'reliable']).default('cheapest'),
  preferred: z
    .array(z.object({ account: AccountName.optional(), carrier: z.string().min(1), service: z.string().optional() }))
    .default([]),
  /** A label that costs more is for a person to buy. */
  maxPriceCents: cents.optional(),
  /** A price that rises by more than this, from one asking to the next, is for a person to accept. */
  maxDriftPercent: z.int().min(0).max(1000).default(20),
  format: z.enum(['pdf', 'png', 'zpl']).default('pdf'),
});

const ShopFields = z.object({
  id: z.string().regex(/^\d{1,20}$/),
  kind: ShopKind,
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
  /** Where labels are bought, by the name that the shop's owner gave each account; the first comes first where prices are equal. */
  carriers: z.record(AccountName, CarrierAccount),
  /** Where appeals are filed by HTTP. TikTok has no API for it, so a live shop has none and a person files. */
  appealDesk: z.object({ baseUrl: z.url(), token: z.string() }).optional(),
  shipFrom: ShipFrom,
  /** Further places, by the platform's id of the warehouse that it gives an order to; all other orders leave from `shipFrom`. */
  warehouses: z.record(z.string().regex(/^\d{1,20}$/), ShipFrom).optional(),
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
  labels: LabelRules.prefault({}),
  /** `required`: a parcel whose items have no weight in the catalogue is not bought for by itself. */
  catalogue: z.enum(['off', 'required']).default('off'),
  /** Whether addresses are checked before a label is bought, where an account can. */
  addressCheck: z.enum(['off', 'on']).default('off'),
  /** When the tracking number goes to the platform: once the parcel is packed, or as soon as its label is bought. */
  uploadTracking: z.enum(['packed', 'bought']).default('packed'),
  /** Whether orders that the platform recommends to send together go in one parcel. */
  combine: z.enum(['off', 'auto']).default('off'),
  /** How often the platform is asked what has changed, by day and by night at the ship-from; absent: never. */
  sweep: z.object({ dayMinutes: sweepMinutes.default(5), nightMinutes: sweepMinutes.default(15) }).optional(),
});

/**
 * One shop: how the platform and the carrier accounts are reached, where parcels leave from, which rules hold. A connected one has the
 * secrets that its webhooks are signed with: with an empty one anyone can sign.
 */
export const Shop = z.preprocess(withNamedAccounts, ShopFields).superRefine(({ platform, carriers }, context) => {
  if (platform.accessToken === '') return;
  if (platform.appSecret === '') context.addIssue(emptySecret(['platform', 'appSecret']));
  for (const [name, account] of Object.entries(carriers))
    if (account.kind === 'easypost' && account.webhookSecret === '')
      context.addIssue(emptySecret(['carriers', name, 'webhookSecret']));
});
export type Shop = z.infer<typeof Shop>;
export type LabelFormat = Shop['labels']['format'];

const emptySecret = (path: string[]) =>
  ({ code: 'too_small', origin: 'string', minimum: 1, inclusive: true, path, input: '' }) as const;

/** A document from when a shop had one account, which had no name. */
function withNamedAccounts(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || !('carrier' in document)) return document;
  const { carrier, ...rest } = document;
  return 'carriers' in rest ? rest : { ...rest, carriers: { [FIRST_ACCOUNT]: carrier } };
}

/** Under which key a shop's document is kept. */
export const shopKey = (shopId: string): string => `shops/${shopId}`;
