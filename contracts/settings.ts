import { z } from 'zod';
import { LogLevel, tiktokAddresses } from './config';
import { ShopMode } from './standing';

/**
 * What a value should have been, as a key: the sentences that say it to people stand in `words/settings.ts`, and zod's own
 * message carries the key there.
 */
export type Expected =
  | 'address'
  | 'carrierKind'
  | 'count'
  | 'day'
  | 'days'
  | 'digits'
  | 'dollars'
  | 'folder'
  | 'https'
  | 'labelFormat'
  | 'labelRule'
  | 'list'
  | 'logLevel'
  | 'map'
  | 'minutes'
  | 'mode'
  | 'name'
  | 'offOrAuto'
  | 'offOrMap'
  | 'offOrRequired'
  | 'onOrOff'
  | 'packedOrBought'
  | 'percent'
  | 'port'
  | 'secret'
  | 'size'
  | 'state'
  | 'text'
  | 'timeOfDay'
  | 'weekday'
  | 'zip'
  | 'zone';

/** Keys whose values never stand in the file: it names the environment variable that holds them, as `${NAME}`. */
export const SECRET_KEYS: readonly string[] = ['appSecret', 'apiKey', 'webhookSecret', 'apiToken', 'clientSecret'];

/** `${NAME}`, and nothing around it. */
export const REFERENCE = /^\$\{([A-Z][A-Z0-9_]*)\}$/;

// Every value arrives as text, whatever YAML would make of it: ids exceed 2^53, a zip code begins with 0, and `no` is a name.
const written = (expected: Expected, pattern: RegExp) =>
  z.string({ error: expected }).regex(pattern, { error: expected });

const text = written('text', /\S/);
const digits = written('digits', /^\d{1,20}$/);
const timeOfDay = written('timeOfDay', /^([01]\d|2[0-3]):[0-5]\d$/);

const number = (expected: Expected, pattern: RegExp, [least, most]: readonly [number, number]) =>
  written(expected, pattern)
    .transform(Number)
    .pipe(z.number().min(least, { error: expected }).max(most, { error: expected }));

const whole = (expected: Expected, limits: readonly [number, number]) => number(expected, /^\d{1,6}$/, limits);
const minutes = whole('minutes', [1, 24 * 60]);
const size = number('size', /^\d{1,5}(\.\d{1,3})?$/, [0.001, 99_999]);

/** One of some words; in YAML a bare `off` or `true` is a word like any other here. */
const oneOf = <const T extends readonly [string, ...string[]]>(expected: Expected, words: T) =>
  z.enum(words, { error: expected });

const switched = oneOf('onOrOff', ['on', 'off', 'true', 'false', 'yes', 'no']).transform((word) =>
  ['on', 'true', 'yes'].includes(word),
);

const listOf = <T extends z.ZodType>(item: T) => z.array(item, { error: 'list' });
const mapOf = <T extends z.ZodType>(item: T) =>
  z.record(written('name', /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/), item, { error: 'map' });
const group = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? 'map' : undefined) });

/** An address that may be reached over the open net; this machine's own may do without TLS. */
const httpsUrl = z
  .string({ error: 'https' })
  .refine(isSafeUrl, { error: 'https' })
  .transform((url) => url.replace(/\/+$/, ''));

function isSafeUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, search, hash } = new URL(url);
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isHere)) && search === '' && hash === '';
}

/** A secret as the file has it: which environment variable holds it. */
const secret = written('secret', REFERENCE).transform((reference) => ({
  variable: REFERENCE.exec(reference)?.[1] ?? '',
}));
export type SecretReference = z.infer<typeof secret>;

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const weekday = oneOf('weekday', [...WEEKDAYS, '1', '2', '3', '4', '5', '6', '7']).transform((day) => {
  const named = WEEKDAYS.findIndex((name) => name === day);
  return named < 0 ? Number(day) : named + 1;
});
const weekdays = listOf(weekday).min(1, { error: 'days' });

const zone = z.string({ error: 'zone' }).refine(isZone, { error: 'zone' });

/** Names such as `PST` are offsets without a summer: only a place's own zone follows its clocks. */
function isZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const Address = group({
  name: text,
  company: text.optional(),
  street1: text,
  street2: text.optional(),
  city: text,
  state: written('state', /^[A-Z]{2}$/),
  zip: written('zip', /^\d{5}(-\d{4})?$/),
  country: written('address', /^[A-Z]{2}$/).default('US'),
  phone: text.optional(),
  email: text.optional(),
});

const ShipFromSettings = group({
  zone,
  workdays: weekdays.default([1, 2, 3, 4, 5]),
  opensAt: timeOfDay,
  closesAt: timeOfDay,
  closures: listOf(z.iso.date({ error: 'day' })).default([]),
  cutoffTime: timeOfDay.default('12:00'),
  pickupDays: weekdays.optional(),
  address: Address,
});

const enabled = switched.default(true);

/** One account with a carrier or with someone who sells carriers' labels. */
const CarrierSettings = z.discriminatedUnion(
  'kind',
  [
    group({
      kind: z.literal('easypost'),
      enabled,
      apiKey: secret,
      webhookSecret: secret,
      baseUrl: httpsUrl.default('https://api.easypost.com/v2'),
    }),
    group({
      kind: z.literal('shipsaving'),
      enabled,
      apiToken: secret,
      storeName: text,
      baseUrl: httpsUrl.default('https://api.shipsaving.com'),
    }),
    group({
      kind: z.literal('ups'),
      enabled,
      clientId: text,
      clientSecret: secret,
      accountNumber: text,
      baseUrl: httpsUrl.default('https://onlinetools.ups.com/api'),
    }),
    group({
      kind: z.literal('usps'),
      enabled,
      clientId: text,
      clientSecret: secret,
      crid: digits,
      mid: digits,
      manifestMid: digits,
      accountNumber: text,
      baseUrl: httpsUrl.default('https://apis.usps.com'),
    }),
  ],
  {
    error: ({ input }) =>
      typeof input === 'object' && input !== null && !Array.isArray(input) ? 'carrierKind' : 'map',
  },
);
export type CarrierSettings = z.infer<typeof CarrierSettings>;

/** Dollars as people write them; integer cents from here on. */
const dollars = written('dollars', /^\d{1,5}(\.\d{2})?$/).transform((amount) => Math.round(Number(amount) * 100));
const percent = whole('percent', [0, 1000]);

/** How a label is chosen. */
const LabelSettings = group({
  rule: oneOf('labelRule', ['cheapest', 'fastest', 'preferred', 'reliable']).default('cheapest'),
  preferred: listOf(group({ account: text.optional(), carrier: text, service: text.optional() })).default([]),
  maxPrice: dollars.optional(),
  maxDriftPercent: percent.default(20),
  format: oneOf('labelFormat', ['pdf', 'png', 'zpl']).default('pdf'),
});

const ShopSettings = group({
  id: digits,
  name: text.optional(),
  shipFrom: text,
  /** Further places: the platform's id of a warehouse, and which of `shipFroms` that is. */
  warehouses: mapOf(text).default({}),
  /** The accounts, in the order in which they come first where prices are equal. */
  carrier: z.union([text.transform((name) => [name]), listOf(text).min(1, { error: 'list' })]),
  policySet: text.default('us'),
  uploadTracking: oneOf('packedOrBought', ['packed', 'bought']).default('packed'),
  combine: oneOf('offOrAuto', ['off', 'auto']).default('off'),
  /** Absent is every 5 and 15 minutes: a live shop that is never looked at loses what its webhooks lost. */
  sweep: z
    .union([
      z.literal('off', { error: 'offOrMap' }),
      group({ dayMinutes: minutes.default(5), nightMinutes: minutes.default(15) }),
    ])
    .default({ dayMinutes: 5, nightMinutes: 15 }),
  parcel: group({ lengthIn: size, widthIn: size, heightIn: size, weightOz: size }),
  maxTransitDays: whole('count', [1, 60]).default(6),
  labels: LabelSettings.prefault({}),
  catalogue: oneOf('offOrRequired', ['off', 'required']).default('off'),
  addressCheck: switched.default(false),
  /** What shipclock may do when the shop is connected for the first time. */
  mode: z.enum(ShopMode.options, { error: 'mode' }).default('watch'),
});
export type ShopSettings = z.infer<typeof ShopSettings>;

const TikTokSettings = group({
  appKey: text,
  serviceId: text,
  appSecret: secret.default({ variable: 'SHIPCLOCK_TIKTOK_APP_SECRET' }),
  apiUrl: httpsUrl.default(tiktokAddresses.apiUrl),
  authUrl: httpsUrl.default(tiktokAddresses.authUrl),
  consentUrl: httpsUrl.default(tiktokAddresses.consentUrl),
});

/** `shipclock.yaml`: the app at TikTok Shop, the public door, and the shops with what they share. Strict throughout. */
export const Settings = group({
  tiktok: TikTokSettings.optional(),
  publicUrl: httpsUrl.optional(),
  public: group({ host: text.default('127.0.0.1'), port: whole('port', [1, 65_535]) }).optional(),
  shipFroms: mapOf(ShipFromSettings).default({}),
  carriers: mapOf(CarrierSettings).default({}),
  shops: listOf(ShopSettings).default([]),
  encryption: group({ enabled: switched }).optional(),
  logLevel: z.enum(LogLevel.options, { error: 'logLevel' }).optional(),
  documents: group({ dir: written('folder', /\S/) }).optional(),
});
export type Settings = z.infer<typeof Settings>;
