import { z } from 'zod';
import type { Shop } from '../contracts/shop';
import { allowsWriting } from '../domain/order/gate';
import type { OrderFacts } from '../domain/order/facts';
import { marked } from './marked';
import type { Platform, Ports } from './ports';
import { rememberedChoice } from './purchase-documents';

/**
 * Which orders go in one parcel. The platform recommends it by a group on the order; orders of a group write themselves down when
 * they are read. The first of them that is to be bought for decides for all, put-if-absent: those that can be sent now go in one
 * parcel, which the order with the smallest id owns. One that comes later goes alone: never two labels for one item.
 */

/** The platform's own limit: one number for so many orders. */
const MOST_ORDERS = 20;

const Parcel = z.object({
  owner: z.string(),
  orders: z.array(z.string()),
});
type Parcel = z.infer<typeof Parcel>;

type Group = { shopId: string; group: string };

const folderOf = ({ shopId, group }: Group): string => `combined/${shopId}/${group}`;

/** Undefined where the shop sends every order by itself, or the group's name cannot be a document's. */
function groupOf({ id, combine }: Shop, { combineGroup }: OrderFacts): Group | undefined {
  if (combine === 'off' || combineGroup === undefined || !/^[A-Za-z0-9][\w-]{0,127}$/.test(combineGroup))
    return undefined;
  return { shopId: id, group: combineGroup };
}

/** Writes an order down with its group. */
export async function noteGroup(
  { documents }: Ports,
  shop: Shop,
  { orderId, facts }: { orderId: string; facts: OrderFacts },
): Promise<void> {
  const group = groupOf(shop, facts);
  if (group === undefined || facts.status === 'completed' || facts.status === 'cancelled') return;
  await documents.putIfAbsent(`${folderOf(group)}/orders/${orderId}`, '{}');
}

type Asking = {
  shop: Shop;
  platform: Platform;
  facts: OrderFacts;
  input: { orderId: string; itemIds?: string[]; alone?: true };
};

export type CommonParcel = { owner: string; members: string[] };

/** The parcel that an order shares; undefined where it goes alone. */
export async function commonParcel(ports: Ports, asking: Asking): Promise<CommonParcel | undefined> {
  const { shop, facts, input } = asking;
  const group = groupOf(shop, facts);
  if (group === undefined || input.itemIds !== undefined || input.alone === true) return undefined;
  const { owner, orders } = await decided(ports, group, asking);
  if (orders.length < 2 || !orders.includes(input.orderId)) return undefined;
  if (owner !== input.orderId) return { owner, members: [] };
  // Since then an order may have been cancelled, or its address may have changed: each label is bought for those who still fit.
  const others = orders.filter((id) => id !== owner);
  return { owner, members: await stillFit(ports, others, asking) };
}

async function stillFit(ports: Ports, orderIds: string[], { platform, facts }: Asking): Promise<string[]> {
  const read = await platform.readOrders(orderIds);
  return read.filter((order) => isFit(marked(ports, order), facts)).map(({ orderId }) => orderId);
}

const isFit = (their: OrderFacts, ours: OrderFacts): boolean =>
  their.shippingType === ours.shippingType &&
  their.addressMark === ours.addressMark &&
  their.combineGroup === ours.combineGroup &&
  // A number that it has already may be ours.
  (allowsWriting(their) || (their.status === 'awaitingCollection' && their.tracking !== undefined));

async function decided(ports: Ports, group: Group, asking: Asking): Promise<Parcel> {
  const key = `${folderOf(group)}/parcel`;
  const known = await ports.documents.get(key);
  if (known !== undefined) return Parcel.parse(JSON.parse(known));
  const parcel = await propose(ports, group, asking);
  if (await ports.documents.putIfAbsent(key, JSON.stringify(parcel))) return parcel;
  return Parcel.parse(JSON.parse((await ports.documents.get(key)) ?? JSON.stringify(parcel)));
}

/** Those that can be sent now, to the same address and in the same way. */
async function propose(ports: Ports, group: Group, { platform, facts, input }: Asking): Promise<Parcel> {
  const keys = await ports.documents.list(`${folderOf(group)}/orders`);
  const others = keys.map((key) => key.slice(key.lastIndexOf('/') + 1)).filter((id) => id !== input.orderId);
  const read = await platform.readOrders(others.slice(0, MOST_ORDERS - 1));
  const fit = read.filter((order) => allowsWriting(order.facts) && isFit(marked(ports, order), facts));
  // What a label was chosen for is on its way by itself.
  const free = await Promise.all(
    fit.map(async ({ orderId }) => ((await isChosen(ports, group, orderId)) ? [] : [orderId])),
  );
  const orders = [input.orderId, ...free.flat()].sort(byNumber);
  return { owner: orders[0] ?? input.orderId, orders };
}

const FIRST_LABEL = { package: '1', attempt: 1 };

const isChosen = async (ports: Ports, { shopId }: Group, orderId: string): Promise<boolean> =>
  (await rememberedChoice(ports, { ...FIRST_LABEL, shopId, orderId })) !== undefined;

/** Ids are numbers of any length. */
const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
