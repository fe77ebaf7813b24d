import { z } from 'zod';
import {
  begunKey,
  boughtKey,
  doubtsKey,
  labelFileKey,
  purchaseKey,
  trackingKey,
  voidedKey,
  type Purchase,
} from '../contracts/label-documents';
import type { LabelHandle } from '../domain/order/state';
import type { Ports } from './ports';

export { labelFileKey, purchaseKey, type Purchase };

const Handle = z.object({
  shipmentId: z.string(),
  rateId: z.string(),
  carrier: z.string(),
  service: z.string(),
  priceCents: z.int(),
  from: z.literal('platform').exactOptional(),
  account: z.string().exactOptional(),
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

const Bought = z.object({
  trackingNumber: z.string(),
  carrier: z.string(),
  service: z.string(),
  priceCents: z.int(),
  at: z.number(),
  account: z.string().exactOptional(),
});
export type Bought = z.infer<typeof Bought>;

export async function rememberBought({ documents }: Ports, purchase: Purchase, bought: Bought): Promise<void> {
  await documents.putIfAbsent(boughtKey(purchase), JSON.stringify(bought));
}

export async function rememberedBought({ documents }: Ports, purchase: Purchase): Promise<Bought | undefined> {
  const text = await documents.get(boughtKey(purchase));
  return text === undefined ? undefined : Bought.parse(JSON.parse(text));
}

export async function rememberVoided({ documents }: Ports, purchase: Purchase, at: number): Promise<void> {
  await documents.putIfAbsent(voidedKey(purchase), JSON.stringify({ at }));
}

export const isRememberedVoided = async ({ documents }: Ports, purchase: Purchase): Promise<boolean> =>
  (await documents.get(voidedKey(purchase))) !== undefined;

/** Attempts after an unknown outcome wait 60, 120 and 240 s: longer than any provider takes to show what it sold. */
const MOST_DOUBTS = 3;

/** Whether a purchase that was begun may still be made, though it was looked for; each asking counts. */
export async function isDoubted({ documents }: Ports, purchase: Purchase): Promise<boolean> {
  const doubts = Number((await documents.get(doubtsKey(purchase))) ?? 0);
  if (doubts >= MOST_DOUBTS) return false;
  await documents.put(doubtsKey(purchase), String(doubts + 1));
  return true;
}

export const forgetBegun = ({ documents }: Ports, purchase: Purchase): Promise<void> =>
  documents.remove(begunKey(purchase));

export const isPurchaseBegun = async ({ documents }: Ports, purchase: Purchase): Promise<boolean> =>
  (await documents.get(begunKey(purchase))) !== undefined;

/** Notes that money may be spent from here on; `false` where an earlier attempt noted it. */
export const beginPurchase = ({ documents }: Ports, purchase: Purchase): Promise<boolean> =>
  documents.putIfAbsent(begunKey(purchase), '{}');
