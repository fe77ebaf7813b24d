import { z } from 'zod';
import type { LabelHandle } from '../domain/order/state';
import type { Ports } from './ports';

/** One purchase of one parcel: the key under which it is remembered, and found again at the provider. */
export type Purchase = { shopId: string; orderId: string; package: string; attempt: number };

const Handle = z.object({
  shipmentId: z.string(),
  rateId: z.string(),
  carrier: z.string(),
  service: z.string(),
  priceCents: z.int(),
  from: z.literal('platform').exactOptional(),
  addressMark: z.string().exactOptional(),
});

/** What was chosen to be bought, and for what. */
const Chosen = Handle.extend({
  /** The items that it is for, where not all of the order. */
  itemIds: z.array(z.string()).exactOptional(),
  /** Further orders in the parcel. */
  members: z.array(z.string()).exactOptional(),
});
export type Chosen = { handle: LabelHandle; itemIds?: string[]; members?: string[] };

const Owner = z.object({
  shopId: z.string(),
  orderId: z.string(),
  /** Absent where another tool made the label. */
  package: z.string().optional(),
  attempt: z.int().optional(),
});
export type Owner = z.infer<typeof Owner>;

/** Written before any money is spent. */
const purchaseKey = ({ shopId, orderId, package: parcel, attempt }: Purchase): string =>
  `labels/${shopId}/${orderId}/${parcel}-${attempt}`;

/** Where the label itself lies, as a file. */
export const labelFileKey = (purchase: Purchase): string => `${purchaseKey(purchase)}.pdf`;

/** Whose parcel a carrier speaks of when it names only a tracking number. */
const trackingKey = (trackingNumber: string): string => `labels/by-tracking/${trackingNumber}`;

/** What was chosen to be bought, if this purchase was prepared before. */
export async function rememberedChoice({ documents }: Ports, purchase: Purchase): Promise<Chosen | undefined> {
  const text = await documents.get(purchaseKey(purchase));
  if (text === undefined) return undefined;
  const { itemIds, members, ...handle } = Chosen.parse(JSON.parse(text));
  return { handle, ...(itemIds === undefined ? {} : { itemIds }), ...(members === undefined ? {} : { members }) };
}

/** Writes down what is about to be bought. The first writer wins, and what it wrote is what everybody buys. */
export async function rememberChoice(ports: Ports, purchase: Purchase, chosen: Chosen): Promise<Chosen> {
  const { handle, ...more } = chosen;
  if (await ports.documents.putIfAbsent(purchaseKey(purchase), JSON.stringify({ ...handle, ...more }))) return chosen;
  return (await rememberedChoice(ports, purchase)) ?? chosen;
}

export async function rememberOwner({ documents }: Ports, trackingNumber: string, owner: Owner): Promise<void> {
  await documents.putIfAbsent(trackingKey(trackingNumber), JSON.stringify(owner));
}

export async function ownerOf({ documents }: Ports, trackingNumber: string): Promise<Owner | undefined> {
  const text = await documents.get(trackingKey(trackingNumber));
  return text === undefined ? undefined : Owner.parse(JSON.parse(text));
}
