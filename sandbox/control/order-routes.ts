import { Router } from 'express';
import { z } from 'zod';
import { type Answer, json } from '../answer';
import { nowOf } from '../clock';
import { TRACKER_STATUSES } from '../easypost/trackers';
import { prefixedId } from '../ids';
import { parse, Problem } from '../problem';
import { plan } from '../schedule';
import { TIMEOUT_REASON } from '../tiktok/auto-cancel';
import { mayGo, type Order, ORDER_STATUSES, OrderDraft } from '../tiktok/order';
import { cancelOrder, cancellationsOf, findOrder, moveOrder, placeOrder, requestCancel } from '../tiktok/orders';
import { pendingIn } from '../tiktok/cancellations';
import { scanOrder } from '../tiktok/tracking-scans';
import type { World } from '../world';
import { answerByOf, orderChangeRoutes, orderOf } from './order-changes';
import { control, type ControlCall, ok, shopOf } from './requests';

const CarrierOrder = z.object({
  status: z.enum(TRACKER_STATUSES),
  statusDetail: z.string().optional(),
  message: z.string().optional(),
  /** What USPS or UPS writes on its own wire, or `formScan`; absent: the usual code of the status. */
  code: z.string().optional(),
  at: z.int().optional(),
  /** The parcel that is scanned, by its tracking number; all of the order's if absent. `package` is its older name. */
  trackingNumber: z.string().optional(),
  package: z.string().optional(),
  platformFollows: z.boolean().default(true),
});

const StatusOrder = z.object({
  status: z.enum(ORDER_STATUSES),
  at: z.int().optional(),
  reason: z.string().default(TIMEOUT_REASON),
});

const BuyerCancel = z.object({
  request: z.boolean().default(false),
  reason: z.string().default('buyer_no_longer_needed'),
  /** Until when the seller may answer, epoch milliseconds. */
  answerByMs: z.int().optional(),
});

type OrderWork = (world: World, call: ControlCall, order: Order) => Answer;

/** What buyers, carriers and the platform do to orders. None of it is the seller's doing, so none is in the ledger. */
export function orderRoutes(world: World): Router {
  const path = '/shops/:shop/orders/:orderId';
  const onOrder = (work: OrderWork): ReturnType<typeof control> =>
    control((call) => work(world, call, orderOf(world, call)));
  const router = Router();
  router.put(
    path,
    control((call) => place(world, call)),
  );
  router.get(
    path,
    onOrder((_world, _call, order) => ok(order)),
  );
  router.post(`${path}/carrier`, onOrder(carrierScans));
  router.post(`${path}/status`, onOrder(statusMoves));
  router.post(`${path}/buyer-cancel`, onOrder(buyerCancels));
  router.use(orderChangeRoutes(world));
  return router;
}

function place(world: World, call: ControlCall): Answer {
  const { id: shopId } = shopOf(world, call);
  const draft = parse(OrderDraft, call.body);
  if (draft.id !== call.params['orderId']) throw new Problem(422, 'The order has another id than the path');
  const isSilent = call.query.get('silent') === 'true';
  const placed = placeOrder(world, shopId, { draft, requestId: call.requestId, isSilent });
  return json({ created: 201, repeated: 200, exists: 409 }[placed], { placed });
}

function carrierScans(world: World, call: ControlCall, order: Order): Answer {
  const { id: shopId } = shopOf(world, call);
  const now = nowOf(world, shopId);
  const { trackingNumber, ...asked } = parse(CarrierOrder, call.body);
  const scan = { ...asked, package: trackingNumber ?? asked.package, at: asked.at ?? now };
  if (scan.at > now) {
    plan(world, shopId, {
      id: prefixedId('scan'),
      at: scan.at,
      what: { kind: 'carrierScans', orderId: order.id, scan },
    });
    return json(202, { planned: scan.at });
  }
  if (!scanOrder(world, shopId, { orderId: order.id, scan })) throw new Problem(409, 'The order has no such parcel');
  return ok({ status: findOrder(world, shopId, order.id)?.status });
}

function statusMoves(world: World, call: ControlCall, order: Order): Answer {
  const { id: shopId } = shopOf(world, call);
  const { status, at, reason } = parse(StatusOrder, call.body);
  if (at !== undefined && at > nowOf(world, shopId)) {
    plan(world, shopId, { id: prefixedId('move'), at, what: { kind: 'statusMoves', orderId: order.id, status } });
    return json(202, { planned: at });
  }
  if (!mayGo(order.status, status)) throw new Problem(409, `An order does not go from ${order.status} to ${status}`);
  const fields = status === 'CANCELLED' ? { cancellation_initiator: 'SYSTEM', cancel_reason: reason } : {};
  moveOrder(world, shopId, { orderId: order.id, status, at, fields });
  return ok({ status });
}

function buyerCancels(world: World, call: ControlCall, order: Order): Answer {
  const { id: shopId } = shopOf(world, call);
  const { request, reason, answerByMs } = parse(BuyerCancel, call.body);
  if (!mayGo(order.status, 'CANCELLED')) throw new Problem(409, `An order that is ${order.status} is not cancelled`);
  const isFree = order.status === 'UNPAID' || order.status === 'ON_HOLD';
  const answerBy = answerByOf(world, shopId, answerByMs);
  if (request && !isFree) requestCancel(world, shopId, { order, reason, answerBy });
  else cancelOrder(world, shopId, { orderId: order.id, by: 'BUYER', reason });
  const asked = pendingIn(cancellationsOf(world, shopId, order.id));
  const cancelId = asked === undefined ? {} : { cancelId: asked.id };
  return ok({ status: findOrder(world, shopId, order.id)?.status, ...cancelId });
}
