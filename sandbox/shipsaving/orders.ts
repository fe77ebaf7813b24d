import { z } from 'zod';
import type { Answer } from '../answer';
import { digits } from '../ids';
import type { World } from '../world';
import { storeNameOf } from './account';
import type { ShipSavingCall } from './gate';
import { answer, INVALID, NO_ORDER, refusal } from './wire';

const Text = z.string().min(1);

/** What the published CreateOrderRequest asks for. */
const Wanted = z.looseObject({
  store_name: Text,
  order_number: Text.optional(),
  warehouse_name: Text,
  verify_address: z.boolean(),
  client_name: Text,
  client_street: Text,
  client_city: Text,
  client_state: Text,
  client_zip: Text,
  client_country: Text,
  shipments: z.array(z.looseObject({})).min(1),
});

/** Takes an order in. Usually a label needs none: its own call may name an order that is not here. */
export function createOrder(world: World, { shopId, body }: ShipSavingCall): Answer {
  const wanted = Wanted.safeParse(body);
  if (!wanted.success || wanted.data.store_name !== storeNameOf(world, shopId)) return refusal(INVALID);
  const orderNumber = wanted.data.order_number ?? digits(17);
  world.state.savingOrders.put(shopId, orderNumber, { orderNumber });
  return answer({ order_number: orderNumber });
}

const Named = z.object({ store_name: Text, order_number: Text });

/** Takes an order out again; its labels stay. */
export function deleteOrder(world: World, { shopId, body }: ShipSavingCall): Answer {
  const named = Named.safeParse(body);
  const isKnown =
    named.success &&
    named.data.store_name === storeNameOf(world, shopId) &&
    world.state.savingOrders.get(shopId, named.data.order_number) !== undefined;
  if (!isKnown) return refusal(NO_ORDER);
  world.state.savingOrders.remove(shopId, named.data.order_number);
  return answer([]);
}
