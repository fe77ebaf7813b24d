import { z } from 'zod';

/** Longer names than file systems take, with room for what stores add. */
const MOST_KEY_CHARACTERS = 200;

const inches = z.number().positive().max(200);

/** What is printed on a line of a document or shown in a table: no line breaks, nothing endless. */
const line = (most: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]+$/u);

/** TikTok Shop's own are at most 50 long; other systems' may be longer. */
const MOST_SKU_CHARACTERS = 255;

/** What the packing bench and the rates have to know of one SKU. Weight in ounces and size in inches, of one unit as it is packed. */
export const CatalogueEntry = z.strictObject({
  sku: line(MOST_SKU_CHARACTERS),
  title: line(300).optional(),
  /** No carrier here takes more than 150 lb. */
  weightOz: z.number().min(0.01).max(2_400),
  lengthIn: inches.optional(),
  widthIn: inches.optional(),
  heightIn: inches.optional(),
  barcode: line(64).optional(),
  /** Where it lies in the warehouse. */
  bin: line(64).optional(),
  picture: z
    .url({ protocol: /^https$/ })
    .max(1_000)
    .optional(),
  /** It may go only with certain services, and with a label of its own kind: a person looks before one is bought. */
  hazmat: z.boolean().optional(),
  /** It goes in a parcel of its own. */
  packAlone: z.boolean().optional(),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

/** As it is kept: what was pulled from the shop gives way to what a person says, and not the other way round. */
export const KeptEntry = CatalogueEntry.extend({ pulledAt: z.number().optional() });
export type KeptEntry = z.infer<typeof KeptEntry>;

/** A SKU that was ordered and is not in the catalogue. `orders`: a few of those that it was seen in. */
export const MissingSku = z.object({ sku: z.string(), title: z.string(), orders: z.array(z.string()) });
export type MissingSku = z.infer<typeof MissingSku>;

/** That somebody asked for the shop's own products, and what came of it. Epoch milliseconds; `code`: why nothing did. */
export const PullAsked = z.object({ askedAt: z.number() });
export const Pulled = z.object({
  askedAt: z.number(),
  at: z.number(),
  products: z.int().min(0),
  added: z.int().min(0),
  updated: z.int().min(0),
  /** The shop names no weight. */
  unweighed: z.int().min(0),
  code: z.string().optional(),
});
export type Pulled = z.infer<typeof Pulled>;

export const catalogueFolder = (shopId: string): string => `catalogue/${shopId}`;
export const missingFolder = (shopId: string): string => `catalogue/${shopId}/missing`;
export const pullAskedKey = (shopId: string): string => `catalogue/${shopId}/pull/asked`;
export const pulledKey = (shopId: string): string => `catalogue/${shopId}/pull/done`;

export const entryKey = (shopId: string, sku: string): string => `${catalogueFolder(shopId)}/${keyOf(sku)}`;
export const missingKey = (shopId: string, sku: string): string => `${missingFolder(shopId)}/${keyOf(sku)}`;

/** One that is too long for a key is cut, and told from others that begin alike by a hash; the document itself names the SKU. */
function keyOf(sku: string): string {
  const key = encoded(sku);
  if (key.length <= MOST_KEY_CHARACTERS) return key;
  return `${key.slice(0, MOST_KEY_CHARACTERS - HASH_CHARACTERS - 1)}.${hashOf(sku)}`;
}

const HASH_CHARACTERS = 14;

/** Two rounds of FNV-1a, from different beginnings: for telling apart, not for secrets. */
const hashOf = (text: string): string => [0x811c9dc5, 0x01000193].map((seed) => fnv(seed, text)).join('');

function fnv(seed: number, text: string): string {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(HASH_CHARACTERS / 2, '0');
}

/**
 * A SKU as a part of a document's key, one for one: two that differ have two keys, also where a file system does not tell capitals.
 * The first letter is ours: keys begin with a letter or digit.
 */
function encoded(sku: string): string {
  return `s${sku.replace(/[^a-z0-9-]/g, (sign) => (/[A-Z]/.test(sign) ? `.${sign.toLowerCase()}` : `_${codeOf(sign)}_`))}`;
}

const codeOf = (sign: string): string => sign.charCodeAt(0).toString(16);
