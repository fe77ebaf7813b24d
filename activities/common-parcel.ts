import { z } from 'zod';
import type { Shop } from '../contracts/shop';
import { allowsWriting } from '../domain/order/gate';
import type { OrderFacts } from '../domain/order/facts';
import { marked } from './marked';
import type { Platform, Ports } from './ports';

/**
 * Which orders go in one parcel. The platform recommends it by a group on the order; orders of a group write themselves down when
 * they are read. The first of them that is to be bought for decides for all, put-if-absent: those that can be sent now go in one
 * parcel, which the order with the smallest id owns. One that comes later goes alone: never two labels for one item.
 */

/** The platform's own limit: one number for so many orders. */
const MOST_ORDERS = 20;

const Parcel = z.object({ owner: z.string(), orders: z.array(z.string()) });
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
  await documents.putIfAbsent(`combined/${shop.id}/by-order/${orderId}`, JSON.stringify(group));
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
  return shareOf(await decided(ports, group, asking), input.orderId);
}

/** The same for an order whose label was chosen before: what was decided then. */
export async function membersKnown(
  { documents }: Ports,
  { shopId, orderId, alone }: { shopId: string; orderId: string; alone?: true },
): Promise<{ members?: string[] }> {
  const group = await documents.get(`combined/${shopId}/by-order/${orderId}`);
  if (group === undefined || alone === true) return {};
  const text = await documents.get(`${folderOf(Group.parse(JSON.parse(group)))}/parcel`);
  const share = text === undefined ? undefined : shareOf(Parcel.parse(JSON.parse(text)), orderId);
  return share?.owner === orderId ? { members: share.members } : {};
}

const Group = z.object({ shopId: z.string(), group: z.string() });

function shareOf({ owner, orders }: Parcel, orderId: string): CommonParcel | undefined {
  if (orders.length < 2 || !orders.includes(orderId)) return undefined;
  return { owner, members: orders.filter((id) => id !== owner) };
}

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
  const fit = read.filter((order) => {
    const their = marked(ports, order);
    const isSame = their.shippingType === facts.shippingType && their.addressMark === facts.addressMark;
    return isSame && their.combineGroup === group.group && allowsWriting(their);
  });
  const orders = [input.orderId, ...fit.map(({ orderId }) => orderId)].sort(byNumber);
  return { owner: orders[0] ?? input.orderId, orders };
}

/** Ids are numbers of any length. */
const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
