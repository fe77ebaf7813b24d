import { KeptEntry, entryKey, MissingSku, missingKey } from '../contracts/catalogue';
import type { Shop } from '../contracts/shop';
import { andMore } from '../words/catalogue';
import type { OrderItem, Ports } from './ports';

type Parcel = Shop['parcel'];

/**
 * A parcel as the catalogue makes it. Lists name SKUs for a sentence, each once and never many: without a weight, dangerous, to go in a
 * parcel of their own.
 */
export type CataloguedParcel = { parcel: Parcel; unweighed: string[]; hazardous: string[]; packAlone: string[] };

/** One unit, and the order that it is of, where that is known. */
type PackedItem = OrderItem & { orderId?: string };

/** How many orders a missing SKU names, so that a person can look at one. */
const FEW_ORDERS = 5;

/**
 * The size and weight of what is in a parcel: the weights of all units, in the shop's usual box, or a larger one where a single unit
 * does not fit. What the catalogue does not know is written down once per SKU; together it counts as one usual parcel, and is named
 * where the shop wants to know every weight.
 */
export async function parcelOf(ports: Ports, shop: Shop, items: readonly PackedItem[]): Promise<CataloguedParcel> {
  const skus = [...new Set(items.map(({ sku }) => sku))];
  const found = new Map(await Promise.all(skus.map(async (sku) => [sku, await entryOf(ports, shop.id, sku)] as const)));
  const unknown = skus.filter((sku) => found.get(sku) === undefined);
  for (const sku of unknown)
    await noteMissing(
      ports,
      shop.id,
      items.filter((item) => item.sku === sku),
    );
  const units = items.flatMap(({ sku }) => found.get(sku) ?? []);
  const named = (isSo: (entry: KeptEntry) => boolean): string[] =>
    few(skus.filter((sku) => units.some((entry) => entry.sku === sku && isSo(entry))));
  return {
    parcel: packed(shop.parcel, units, unknown.length > 0),
    unweighed: shop.catalogue === 'required' ? few(unknown) : [],
    hazardous: named(({ hazmat }) => hazmat === true),
    packAlone: named(({ packAlone }) => packAlone === true),
  };
}

const FEW_SKUS = 5;
const MOST_SHOWN = 40;

/** What is refused stands in the order's history with its reason: an order of a hundred long SKUs must not fill that. */
function few(skus: readonly string[]): string[] {
  const shown = skus
    .slice(0, FEW_SKUS)
    .map((sku) => (sku.length > MOST_SHOWN ? `${sku.slice(0, MOST_SHOWN - 1)}…` : sku));
  return skus.length > FEW_SKUS ? [...shown, andMore(skus.length - FEW_SKUS)] : shown;
}

/** One SKU as the catalogue has it. A document that nobody can read is as good as none. */
async function entryOf({ documents }: Ports, shopId: string, sku: string): Promise<KeptEntry | undefined> {
  const text = await documents.get(entryKey(shopId, sku));
  if (text === undefined) return undefined;
  const entry = KeptEntry.safeParse(JSON.parse(text)).data;
  return entry?.sku === sku ? entry : undefined;
}

/** Carriers round up to the next ounce or pound themselves; more digits than scales have only come from adding up. */
const HUNDREDTHS = 100;

function packed(usual: Parcel, units: readonly KeptEntry[], hasUnknown: boolean): Parcel {
  if (units.length === 0) return usual;
  const knownOz = units.reduce((sum, { weightOz }) => sum + weightOz, 0);
  const weightOz = knownOz + (hasUnknown ? usual.weightOz : 0);
  return { ...boxFor(usual, units), weightOz: Math.ceil(weightOz * HUNDREDTHS - 1e-6) / HUNDREDTHS };
}

type Box = Omit<Parcel, 'weightOz'>;

/** One that goes alone goes in its own packing; several are never smaller than the usual box, and each side takes the largest unit. */
function boxFor(usual: Parcel, units: readonly KeptEntry[]): Box {
  const sizes = units.flatMap(sidesOf);
  const [only] = units;
  const isAlone = units.length === 1 && only?.packAlone === true && sizes.length === 1;
  const boxes = isAlone ? sizes : [sorted([usual.lengthIn, usual.widthIn, usual.heightIn]), ...sizes];
  const side = (at: 0 | 1 | 2): number => Math.max(...boxes.map((box) => box[at]));
  return { lengthIn: side(0), widthIn: side(1), heightIn: side(2) };
}

type Sides = [number, number, number];

/** Longest first: a unit may be turned to fit. */
const sorted = (sides: Sides): Sides => sides.sort((a, b) => b - a);

const sidesOf = ({ lengthIn, widthIn, heightIn }: KeptEntry): Sides[] =>
  lengthIn === undefined || widthIn === undefined || heightIn === undefined
    ? []
    : [sorted([lengthIn, widthIn, heightIn])];

/** Once per SKU, with a few of its orders; two at once may lose one of their orders, which nobody misses. */
async function noteMissing({ documents }: Ports, shopId: string, items: readonly PackedItem[]): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const key = missingKey(shopId, first.sku);
  const text = await documents.get(key);
  const known = text === undefined ? undefined : MissingSku.safeParse(JSON.parse(text)).data;
  const before = known?.orders ?? [];
  const seen = items.flatMap(({ orderId }) => orderId ?? []);
  const orders = [...new Set([...before, ...seen])].slice(0, Math.max(FEW_ORDERS, before.length));
  if (known !== undefined && orders.length === before.length) return;
  await documents.put(key, JSON.stringify({ sku: first.sku, title: first.title, orders }));
}
