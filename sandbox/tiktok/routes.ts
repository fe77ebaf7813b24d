import { type RequestHandler, Router } from 'express';
import { type Answer, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { FaultRoute } from '../faults';
import { findShop } from '../shops';
import { watch } from '../traffic';
import type { World } from '../world';
import { cancelBySeller } from './cancel';
import { failure, success, tiktokFault } from './envelope';
import { admit, type TikTokCall } from './gate';
import { shown } from './order';
import { findOrder } from './orders';
import { SHIPPING_PROVIDERS } from './providers';
import { markShipped } from './ship';

type Work = (world: World, call: TikTokCall) => Answer;

const MAX_IDS = 50;

/** The TikTok Shop wire, version 202309. */
export function tiktokRoutes(world: World): Router {
  const on = (work: Work, route?: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  router.get('/authorization/202309/shops', on(authorizedShops));
  router.get('/order/202309/orders', on(getOrders, 'tiktok.getOrder'));
  router.post('/fulfillment/202309/orders/:orderId/packages', on(markShipped, 'tiktok.markShipped'));
  router.get(
    '/logistics/202309/delivery_options/:deliveryOptionId/shipping_providers',
    on(shippingProviders, 'tiktok.shippingProviders'),
  );
  router.post('/return_refund/202309/cancellations', on(cancelBySeller, 'tiktok.cancel'));
  return router;
}

function gated(world: World, work: Work, route: FaultRoute | undefined): RequestHandler {
  return async (req, res) => {
    const admission = admit(world, req);
    if (admission.shopId !== undefined) watch(world, admission.shopId, { req, res });
    if ('refusal' in admission) {
      send(res, failure(admission.refusal));
      return;
    }
    const { call, shopId } = admission;
    await answerThroughFaults(world, { shopId, route, res, wording: tiktokFault }, () => work(world, call));
  };
}

function authorizedShops(world: World, { shopId }: TikTokCall): Answer {
  const cipher = findShop(world, shopId)?.cipher;
  const shop = {
    id: shopId,
    code: `USSB${shopId}`,
    name: `Sandbox ${shopId}`,
    region: 'US',
    seller_type: 'LOCAL',
    cipher,
  };
  return success({ shops: [shop] });
}

function getOrders(world: World, { shopId, query }: TikTokCall): Answer {
  const ids = (query['ids'] ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) return failure({ code: 36009004, message: 'param ids is missing', status: 400 });
  if (ids.length > MAX_IDS) return failure({ code: 36009004, message: 'too many ids', status: 400 });
  const orders = ids.flatMap((id) => findOrder(world, shopId, id) ?? []);
  return success({ orders: orders.map(shown) });
}

function shippingProviders(): Answer {
  return success({ shipping_providers: SHIPPING_PROVIDERS.map(({ id, name }) => ({ id, name })) });
}
