import { z } from 'zod';
import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { findPackage, type PackageOfOrder, statusOf, unknownPackage } from './packages';
import type { Handover } from './packing';

const Slot = z.object({ start_time: z.int().positive(), end_time: z.int().positive() });
const Wish = z.looseObject({
  handover_method: z.enum(['PICKUP', 'DROP_OFF']).default('DROP_OFF'),
  pickup_slot: Slot.optional(),
});
const Batch = z.object({ packages: z.array(Wish.extend({ id: z.string() })).min(1) });
type Wish = z.infer<typeof Wish>;

const BAD_PARAMETERS: Refusal = { code: 21011005, message: 'Invalid parameters' };

/** Ship Package: says how a package whose label TikTok sold gets to the carrier. */
export function shipPackage(world: World, { shopId, params, body }: TikTokCall): Answer {
  const asked = Wish.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const refusal = handOver(world, shopId, { id: params['packageId'] ?? '', wish: asked.data });
  return refusal === undefined ? success({}) : failure(refusal);
}

/** Batch Ship Packages: each package for itself. What was refused stands in a list under an answer that says all is well. */
export function shipPackages(world: World, { shopId, body }: TikTokCall): Answer {
  const asked = Batch.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const errors = asked.data.packages.flatMap(({ id, ...wish }) => {
    const refusal = handOver(world, shopId, { id, wish });
    if (refusal === undefined) return [];
    return [{ code: refusal.code, message: refusal.message, detail: { package_id: id } }];
  });
  return success({ errors });
}

function handOver(world: World, shopId: string, { id, wish }: { id: string; wish: Wish }): Refusal | undefined {
  const found = findPackage(world, shopId, id);
  if (found === undefined) return unknownPackage(world, id);
  const refusal = handoverRefusal(found);
  if (refusal !== undefined) return refusal;
  const { handover_method: method, pickup_slot: slot } = wish;
  const handover: Handover = { method, ...(method === 'PICKUP' && slot !== undefined ? { slot } : {}) };
  world.state.packages.put(shopId, id, { ...found.packed, handover });
  return undefined;
}

/** Which parcel is still the seller's to hand over. Seller shipping in the US goes by Mark Package As Shipped alone. */
function handoverRefusal(found: PackageOfOrder): Refusal | undefined {
  if (found.order.shipping_type !== 'TIKTOK')
    return { code: 21011004, message: 'The package is not shipped by TikTok Shipping' };
  switch (statusOf(found)) {
    case 'PROCESSING':
      return undefined;
    case 'FULFILLING':
      return { code: 21011006, message: 'The package has already been shipped' };
    case 'COMPLETED':
      return { code: 21011030, message: 'The package has already been delivered' };
    default:
      return { code: 21011035, message: 'The package status does not allow shipping' };
  }
}
