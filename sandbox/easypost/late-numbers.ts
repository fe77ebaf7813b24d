import { nowOf } from '../clock';
import type { World } from '../world';
import { orderOf, type Postage, type Shipment } from './shipments';
import { appendScan } from './trackers';

/** Shows the numbers that one fault has hidden, or any fault of the shop, and has the carrier know of their labels. */
export function showNumbers(world: World, shopId: string, faultId?: string): void {
  for (const shipment of world.state.shipments.of(shopId)) {
    const { postage } = shipment;
    if (postage?.hiddenBy === undefined) continue;
    if (faultId === undefined || faultId === postage.hiddenBy) show(world, shopId, { shipment, postage });
  }
}

type Bought = { readonly shipment: Shipment; readonly postage: Postage };

function show(world: World, shopId: string, { shipment, postage }: Bought): void {
  const at = nowOf(world, shopId);
  const shown = { ...shipment, postage: { ...postage, hiddenBy: undefined }, updatedAt: at };
  world.state.shipments.put(shopId, shipment.id, shown);
  const tracker = world.state.trackers.get(shopId, postage.trackerId);
  // A parcel that was scanned on its way meanwhile is not sent back to its beginning.
  if (tracker?.tracking_details.length === 0)
    appendScan(world, shopId, { tracker, scan: { status: 'pre_transit', at }, orderId: orderOf(shipment) });
}
