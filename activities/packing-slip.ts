import { z } from 'zod';
import { entryKey } from '../contracts/catalogue';
import { slipKey } from '../contracts/label-documents';
import { slipPages, type SlipLine } from '../paper/slip';
import type { OrderItem, Ports } from './ports';

/** One parcel: whose, which purchase, and what is in it. */
export type SlipWish = {
  shopId: string;
  orderId: string;
  package: string;
  attempt: number;
  number: number;
  of: number;
  items: readonly OrderItem[];
};

/** The packing slip of one parcel; the first that was made is kept, and what is kept is what is given. */
export async function keepSlip(ports: Pick<Ports, 'documents'>, wish: SlipWish): Promise<Uint8Array> {
  const key = slipKey(wish);
  const known = await ports.documents.getFile(key);
  if (known !== undefined) return known;
  const { shopId, orderId, number, of, items } = wish;
  const bins = await binsOf(ports, shopId, items);
  const bytes = await slipPages({ orderId, parcel: { number, of }, lines: linesOf(items, bins) });
  await ports.documents.putFileIfAbsent(key, bytes);
  return (await ports.documents.getFile(key)) ?? bytes;
}

/** One line a SKU, in the order of picking. */
function linesOf(items: readonly OrderItem[], bins: ReadonlyMap<string, string>): SlipLine[] {
  const lines = new Map<string, SlipLine>();
  for (const { sku, title } of items) {
    const bin = bins.get(sku);
    const line = lines.get(sku) ?? { sku, title, quantity: 0, ...(bin === undefined ? {} : { bin }) };
    lines.set(sku, { ...line, quantity: line.quantity + 1 });
  }
  return [...lines.values()].sort((a, b) => byPlace(a, b));
}

/** Where somebody walks first comes first; what has no bin is looked for last. */
export function byPlace(a: { bin?: string; sku: string }, b: { bin?: string; sku: string }): number {
  if (a.bin !== b.bin) {
    if (a.bin === undefined) return 1;
    return b.bin === undefined ? -1 : compare(a.bin, b.bin);
  }
  return compare(a.sku, b.sku);
}

/** Numbers in names by their value: bin A-2 comes before A-10. */
const collator = new Intl.Collator('en', { numeric: true });
const compare = (a: string, b: string): number => collator.compare(a, b);

/** All that is needed of an entry. */
const Bin = z.looseObject({ bin: z.string().exactOptional() });

/** Where the catalogue says that SKUs lie; those of which it does not are left out. */
export async function binsOf(
  { documents }: Pick<Ports, 'documents'>,
  shopId: string,
  items: readonly Pick<OrderItem, 'sku'>[],
): Promise<Map<string, string>> {
  const skus = [...new Set(items.map(({ sku }) => sku))];
  const bins = new Map<string, string>();
  await Promise.all(
    skus.map(async (sku) => {
      const text = await documents.get(entryKey(shopId, sku));
      const bin = text === undefined ? undefined : binIn(text);
      if (bin !== undefined) bins.set(sku, bin);
    }),
  );
  return bins;
}

/** What cannot be read has no bin: nobody is kept from packing by it. */
function binIn(text: string): string | undefined {
  try {
    return Bin.parse(JSON.parse(text)).bin;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
