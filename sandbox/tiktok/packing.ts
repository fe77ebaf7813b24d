import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import type { World } from '../world';
import type { Order } from './order';
import { keepOrder, moveOrder } from './orders';
import type { ShippingProvider } from './providers';
import { isPacked } from './refusals';

/** Which parcel of an order: TikTok's package. Its status is told by the order's line items. */
export type Package = {
  readonly id: string;
  readonly orderId: string;
  readonly itemIds: readonly string[];
  readonly trackingNumber: string;
  readonly providerId: string;
  readonly providerName: string;
  /** Epoch seconds. */
  readonly createdAtS: number;
  /** What TikTok weighed it by when it sold the label; absent where the seller bought it elsewhere. */
  readonly measures?: Measures;
};

/** A parcel's weight and size as the caller gave them. */
type Measures = { readonly weight: unknown; readonly dimension: unknown };

/** What goes into a parcel, and who carries it. */
export type Packing = {
  readonly order: Order;
  readonly itemIds: readonly string[];
  readonly trackingNumber: string;
  readonly provider: ShippingProvider;
  readonly measures?: Measures;
};

/** Puts line items into a new package; the order waits for its collection once all of them are in one. */
export function pack(world: World, shopId: string, packing: Packing): Package {
  const { order, itemIds, trackingNumber, provider, measures } = packing;
  const at = nowSecondsOf(world, shopId);
  const packed: Package = {
    id: digits(19),
    orderId: order.id,
    itemIds,
    trackingNumber,
    providerId: provider.id,
    providerName: provider.name,
    createdAtS: at,
    ...(measures === undefined ? {} : { measures }),
  };
  world.state.packages.put(shopId, packed.id, packed);
  const carrier = { shipping_provider_id: provider.id, tracking_number: trackingNumber };
  const inParcel = {
    ...carrier,
    shipping_provider_name: provider.name,
    package_id: packed.id,
    package_status: 'PROCESSING',
    rts_time: at,
  };
  const line_items = order.line_items.map((item) => (itemIds.includes(item.id) ? { ...item, ...inParcel } : item));
  const packages = [...(order.packages ?? []), { id: packed.id }];
  const fields = { ...carrier, shipping_provider: provider.name, packages, line_items };
  const status = line_items.every(isPacked) ? 'AWAITING_COLLECTION' : 'PARTIALLY_SHIPPING';
  // One parcel more of several to come is no move.
  if (!moveOrder(world, shopId, { orderId: order.id, status, fields }))
    keepOrder(world, shopId, { ...order, ...fields });
  return packed;
}
