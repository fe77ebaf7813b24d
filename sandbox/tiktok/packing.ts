import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import type { World } from '../world';
import type { Order } from './order';
import { isLive, isPacked } from './order-items';
import { keepOrder, moveOrder } from './orders';
import type { ShippingProvider } from './providers';

/** Which parcel of an order: TikTok's package. Its status is told by the order's line items. */
export type Package = {
  readonly id: string;
  /** The order it was made for; of several the one that was named first. */
  readonly orderId: string;
  /** The other orders in it. */
  readonly withOrders?: readonly string[];
  /** Line items of all its orders. */
  readonly itemIds: readonly string[];
  /** Empty until it is shipped. */
  readonly trackingNumber: string;
  readonly providerId: string;
  readonly providerName: string;
  /** Epoch seconds. */
  readonly createdAtS: number;
  /** Epoch seconds; absent in one that was shipped as it was made. */
  readonly shippedAtS?: number;
  /** What TikTok weighed it by when it sold the label; absent where the seller bought it elsewhere. */
  readonly measures?: Measures;
  readonly handover?: Handover;
};

/** How a package gets to the carrier. Instants are epoch seconds. */
export type Handover = {
  readonly method: 'PICKUP' | 'DROP_OFF';
  readonly slot?: { readonly start_time: number; readonly end_time: number };
};

/** A parcel's weight and size as the caller gave them. */
type Measures = { readonly weight: unknown; readonly dimension: unknown };

/** The line items of one order that go into a parcel. */
export type Content = { readonly order: Order; readonly itemIds: readonly string[] };

/** What goes into a parcel, and who carries it. */
export type Packing = {
  readonly contents: readonly [Content, ...Content[]];
  readonly trackingNumber: string;
  readonly provider: ShippingProvider;
  readonly measures?: Measures;
};

/** Every order of a package. */
export function orderIdsOf({ orderId, withOrders = [] }: Package): string[] {
  return [orderId, ...withOrders];
}

/** Puts line items into a package; each order waits for its collection once all of its items are in one. */
export function pack(world: World, shopId: string, packing: Packing): Package {
  const { contents, trackingNumber, provider, measures } = packing;
  const [first, ...others] = contents;
  const at = nowSecondsOf(world, shopId);
  const apart = setApartAs(world, shopId, first);
  const packed: Package = {
    id: apart?.id ?? digits(19),
    orderId: first.order.id,
    ...(others.length === 0 ? {} : { withOrders: others.map(({ order }) => order.id) }),
    itemIds: contents.flatMap(({ itemIds }) => itemIds),
    trackingNumber,
    providerId: provider.id,
    providerName: provider.name,
    createdAtS: apart?.createdAtS ?? at,
    shippedAtS: at,
    ...(measures === undefined ? {} : { measures }),
  };
  world.state.packages.put(shopId, packed.id, packed);
  for (const content of contents) load(world, shopId, { packed, content });
  return packed;
}

/** What the platform writes on line items, and on their order, of the parcel that they are in. */
export function carrierOn(packed: Pick<Package, 'providerId' | 'providerName' | 'trackingNumber'>): {
  item: Record<string, string>;
  order: Record<string, string>;
} {
  const carrier = { shipping_provider_id: packed.providerId, tracking_number: packed.trackingNumber };
  return {
    item: { ...carrier, shipping_provider_name: packed.providerName },
    order: { ...carrier, shipping_provider: packed.providerName },
  };
}

function load(world: World, shopId: string, { packed, content }: { packed: Package; content: Content }): void {
  const { order, itemIds } = content;
  const told = carrierOn(packed);
  const inParcel = {
    ...told.item,
    package_id: packed.id,
    package_status: 'PROCESSING',
    display_status: 'AWAITING_COLLECTION',
    rts_time: packed.shippedAtS,
  };
  const line_items = order.line_items.map((item) => (itemIds.includes(item.id) ? { ...item, ...inParcel } : item));
  const ids = new Set([...(order.packages ?? []).map(({ id }) => id), packed.id]);
  const fields = {
    ...told.order,
    packages: [...ids].map((id) => ({ id })),
    line_items,
    ...(orderIdsOf(packed).length > 1 ? { split_or_combine_tag: 'COMBINED' } : {}),
  };
  const isWhole = line_items.filter(isLive).every(isPacked);
  const status = isWhole ? 'AWAITING_COLLECTION' : 'PARTIALLY_SHIPPING';
  // One parcel more of several to come is no move.
  if (!moveOrder(world, shopId, { orderId: order.id, status, fields }))
    keepOrder(world, shopId, { ...order, ...fields });
}

/** The package that a split has set apart for these items. */
function setApartAs(world: World, shopId: string, { order, itemIds }: Content): Package | undefined {
  const id = order.line_items.find((item) => itemIds.includes(item.id))?.package_id ?? '';
  return world.state.packages.get(shopId, id);
}
