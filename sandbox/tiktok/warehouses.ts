import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { SHIPPING_PROVIDERS } from './providers';

// Ids, names and the one address are this sandbox's own.
const SALES = '7068517275539719942';
const RETURNS = '7068517275539719943';

const ADDRESS = {
  region: 'United States',
  region_code: 'US',
  state: 'Nevada',
  city: 'Reno',
  postal_code: '89501',
  address_line1: '1 Main St',
};

const OPTIONS = [
  { id: '7091146663229654785', name: 'Standard Shipping', type: 'STANDARD' },
  { id: '7091146663229654786', name: 'Express Shipping', type: 'EXPRESS' },
] as const;

/** Get Warehouse List: one that sells and one that takes returns. */
export function listWarehouses(): Answer {
  const common = { effect_status: 'ENABLED', address: ADDRESS, entity_id: '7068517275539719944' };
  return success({
    warehouses: [
      { ...common, id: SALES, name: 'Sandbox warehouse', type: 'SALES_WAREHOUSE', is_default: true },
      { ...common, id: RETURNS, name: 'Sandbox returns', type: 'RETURN_WAREHOUSE', is_default: true },
    ],
  });
}

/** Get Warehouse Delivery Options. */
export function deliveryOptions(_world: World, { params }: TikTokCall): Answer {
  if (params['warehouseId'] !== SALES) return failure({ code: 21001001, message: 'The warehouse does not exist' });
  const limits = { max_weight: { value: 150, unit: 'POUND' } };
  return success({ delivery_options: OPTIONS.map((option) => ({ ...option, ...limits })) });
}

/** Get Shipping Providers: the carriers of a delivery option of the warehouse's, or of one that an order came with. */
export function shippingProviders(world: World, { shopId, params }: TikTokCall): Answer {
  const id = params['deliveryOptionId'] ?? '';
  if (!isOption(world, shopId, id)) return failure({ code: 21001001, message: 'The delivery option does not exist' });
  return success({
    shipping_providers: SHIPPING_PROVIDERS.map((provider) => ({ id: provider.id, name: provider.name })),
  });
}

/** An order that names none is asked for under 0. */
function isOption(world: World, shopId: string, id: string): boolean {
  const isNamed = world.state.orders.of(shopId).some(({ order }) => (order.delivery_option_id ?? '0') === id);
  return isNamed || OPTIONS.some((option) => option.id === id);
}
