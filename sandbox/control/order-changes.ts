import { Router } from 'express';
import { z } from 'zod';
import { type Answer, json } from '../answer';
import { nowOf, toSeconds } from '../clock';
import { parse, Problem } from '../problem';
import { combine } from '../tiktok/combine';
import { notifyAddress } from '../tiktok/notices';
import { mayGo, type Order, type OrderStatus } from '../tiktok/order';
import { cancelOrder, findOrder, keepOrder, moveOrder } from '../tiktok/orders';
import { moveReturn, openReturn, RETURN_STATUSES, RETURN_TYPES } from '../tiktok/returns';
import { setApart, splitRefusal } from '../tiktok/split';
import type { World } from '../world';
import { control, type ControlCall, ok, shopOf } from './requests';

const DAY_MS = 24 * 3_600_000;

/** Fields of the recipient's address that become others. */
const AddressOrder = z.looseObject({});
const ANOTHER_ADDRESS = {
  address_line1: '2 Other St',
  full_address: '2 Other St, Sparks, NV 89431',
  postal_code: '89431',
};

const SplitOrder = z.object({ groups: z.array(z.array(z.string()).min(1)).min(2) });
const CombineOrder = z.object({ orderIds: z.array(z.string()).min(2) });

/** Any reason may be given: the platform's list is open. */
const CancelOrder = z.object({
  by: z.enum(['BUYER', 'SELLER', 'SYSTEM', 'OPERATOR']),
  reason: z.string().regex(/^[a-z]\w*$/),
});

const ReturnOrder = z.object({ type: z.enum(RETURN_TYPES), answerByMs: z.int().optional() });
const ReturnMove = z.object({ status: z.enum(RETURN_STATUSES).default('RETURN_OR_REFUND_REQUEST_COMPLETE') });

type OrderWork = (world: World, call: ControlCall, order: Order) => Answer;

/** What buyers, the platform and other tools change on an order that has been placed. */
export function orderChangeRoutes(world: World): Router {
  const path = '/shops/:shop/orders/:orderId';
  const onOrder = (work: OrderWork): ReturnType<typeof control> =>
    control((call) => work(world, call, orderOf(world, call)));
  const router = Router();
  router.post(`${path}/address`, onOrder(addressChanges));
  router.post(`${path}/split`, onOrder(splits));
  router.post(`${path}/refund`, onOrder(refunds));
  router.post(`${path}/cancel`, onOrder(cancels));
  router.post(`${path}/return`, onOrder(returnOpens));
  router.post(`${path}/return/close`, onOrder(returnMoves));
  router.post(
    '/shops/:shop/combine',
    control((call) => combines(world, call)),
  );
  return router;
}

/** The order that a control call names. */
export function orderOf(world: World, call: ControlCall, orderId = call.params['orderId'] ?? ''): Order {
  const order = findOrder(world, shopOf(world, call).id, orderId);
  if (order === undefined) throw new Problem(404, 'No such order');
  return order;
}

/** An instant that an answer is due by, in epoch milliseconds: a span in its place would lie in 1970. */
export function answerByOf(world: World, shopId: string, answerByMs: number | undefined): number | undefined {
  if (answerByMs === undefined || answerByMs > nowOf(world, shopId)) return answerByMs;
  throw new Problem(422, 'answerByMs is an instant in epoch milliseconds that is still to come');
}

const CHANGEABLE: readonly OrderStatus[] = [
  'UNPAID',
  'ON_HOLD',
  'AWAITING_SHIPMENT',
  'PARTIALLY_SHIPPING',
  'AWAITING_COLLECTION',
];

function addressChanges(world: World, call: ControlCall, order: Order): Answer {
  const { id: shopId } = shopOf(world, call);
  const asked = parse(AddressOrder, call.body);
  if (!CHANGEABLE.includes(order.status)) throw new Problem(409, `An order that is ${order.status} keeps its address`);
  const changed = Object.keys(asked).length === 0 ? ANOTHER_ADDRESS : asked;
  const recipient_address = { ...(order.recipient_address as object | undefined), ...changed };
  const readdressed = keepOrder(world, shopId, { ...order, recipient_address, has_updated_recipient_address: true });
  notifyAddress(world, shopId, readdressed);
  return ok({ status: order.status });
}

function splits(world: World, call: ControlCall, order: Order): Answer {
  const { groups: itemGroups } = parse(SplitOrder, call.body);
  const refusal = splitRefusal(order, itemGroups);
  if (refusal !== undefined) throw new Problem(409, refusal.message);
  const made = setApart(world, shopOf(world, call).id, { order, itemGroups });
  return ok({ packages: made.map(({ id, itemIds }) => ({ id, itemIds })) });
}

/** The recommendation is locked once an order is ready (Partner Center, "Auto-combine group"). */
function combines(world: World, call: ControlCall): Answer {
  const { id: shopId } = shopOf(world, call);
  const { orderIds } = parse(CombineOrder, call.body);
  const orders = orderIds.map((id) => orderOf(world, call, id));
  const locked = orders.find(({ status }) => status !== 'ON_HOLD' && status !== 'AWAITING_SHIPMENT');
  if (locked !== undefined) throw new Problem(409, `Order ${locked.id} is ${locked.status} and cannot be combined`);
  return ok({ groupId: combine(world, shopId, orders) });
}

function refunds(world: World, call: ControlCall, order: Order): Answer {
  const { id: shopId } = shopOf(world, call);
  if (order.status !== 'AWAITING_COLLECTION' && order.status !== 'IN_TRANSIT')
    throw new Problem(409, `A full refund does not complete an order that is ${order.status}`);
  moveOrder(world, shopId, { orderId: order.id, status: 'COMPLETED' });
  return ok({ status: 'COMPLETED' });
}

function cancels(world: World, call: ControlCall, order: Order): Answer {
  const asked = parse(CancelOrder, call.body);
  if (!mayGo(order.status, 'CANCELLED')) throw new Problem(409, `An order that is ${order.status} is not cancelled`);
  cancelOrder(world, shopOf(world, call).id, { orderId: order.id, ...asked });
  return ok({ status: 'CANCELLED' });
}

function returnOpens(world: World, call: ControlCall, order: Order): Answer {
  const { id: shopId } = shopOf(world, call);
  const { type, answerByMs } = parse(ReturnOrder, call.body);
  const answerBy = answerByOf(world, shopId, answerByMs) ?? nowOf(world, shopId) + DAY_MS;
  const opened = openReturn(world, shopId, { orderId: order.id, type, answerByS: toSeconds(answerBy) });
  return json(201, { returnId: opened.id });
}

function returnMoves(world: World, call: ControlCall, order: Order): Answer {
  const { status } = parse(ReturnMove, call.body);
  if (!moveReturn(world, shopOf(world, call).id, { order, status })) throw new Problem(409, 'No return is open');
  return ok({ status });
}
