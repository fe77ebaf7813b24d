import { type RequestHandler, Router } from 'express';
import { type Answer, send } from '../answer';
import { answerThroughFaults } from '../fault-gate';
import type { Fault, FaultRoute } from '../faults';
import { findShop } from '../shops';
import { watch } from '../traffic';
import type { World } from '../world';
import { cancelBySeller } from './cancel';
import { linkDocument } from './documents';
import { failure, success } from './envelope';
import { admit, type TikTokCall } from './gate';
import { tiktokInstead } from './instead';
import { readPackage } from './packages';
import { createPackage, queryServices } from './platform-shipping';
import { SHIPPING_PROVIDERS } from './providers';
import { readOrders } from './read';
import { searchOrders } from './search';
import { markShipped } from './ship';

type Work = (world: World, call: TikTokCall) => Answer;

/** The TikTok Shop wire, version 202309. */
export function tiktokRoutes(world: World): Router {
  const on = (work: Work, route?: FaultRoute): RequestHandler => gated(world, work, route);
  const router = Router();
  router.get('/authorization/202309/shops', on(authorizedShops));
  router.get('/order/202309/orders', on(readOrders, 'tiktok.getOrder'));
  router.post('/order/202309/orders/search', on(searchOrders, 'tiktok.search'));
  router.post('/fulfillment/202309/orders/:orderId/shipping_services/query', on(queryServices, 'tiktok.services'));
  router.post('/fulfillment/202309/packages', on(createPackage, 'tiktok.createPackages'));
  router.get('/fulfillment/202309/packages/:packageId', on(readPackage, 'tiktok.getPackage'));
  router.get('/fulfillment/202309/packages/:packageId/shipping_documents', on(linkDocument, 'tiktok.document'));
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
    const instead = (fault: Fault): Answer => tiktokInstead(world, call, fault);
    await answerThroughFaults(world, { shopId, route, res, instead }, () => work(world, call));
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

function shippingProviders(): Answer {
  return success({ shipping_providers: SHIPPING_PROVIDERS.map(({ id, name }) => ({ id, name })) });
}
