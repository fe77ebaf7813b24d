import { Router } from 'express';
import type { Answer } from '../answer';
import type { FaultRoute } from '../faults';
import type { World } from '../world';
import { cancelBySeller } from './cancel';
import { aftersaleEligibility, approveCancellation, rejectCancellation, rejectReasons } from './cancellations-answer';
import { searchCancellations } from './cancellations-search';
import { createPackages } from './combine';
import { linkDocument } from './documents';
import { gated, type TikTokCall } from './gate';
import { readPackage } from './packages';
import { searchPackages } from './packages-search';
import { shipPackage, shipPackages } from './packages-ship';
import { createPackage, queryServices } from './platform-shipping';
import { readProduct, searchProducts } from './products';
import { readOrders } from './read';
import { searchReturns } from './returns';
import { searchOrders } from './search';
import { markShipped } from './ship';
import { orderSlots, packageSlots } from './slots';
import { splitAttributes, splitOrder } from './split';
import { readTracking, validateTracking } from './tracking';
import { correctOrder, correctPackage } from './tracking-correct';
import { deliveryOptions, listWarehouses, shippingProviders } from './warehouses';

type Call = readonly [
  method: 'get' | 'post',
  path: string,
  work: (world: World, call: TikTokCall) => Answer,
  route: FaultRoute,
];

const FULFILLMENT = '/fulfillment/202309';
const LOGISTICS = '/logistics/202309';
const REVERSE = '/return_refund/202309';

const ORDER_CALLS: readonly Call[] = [
  ['get', '/order/202309/orders', readOrders, 'tiktok.getOrder'],
  ['get', '/order/202507/orders', readOrders, 'tiktok.getOrder'],
  ['post', '/order/202309/orders/search', searchOrders, 'tiktok.search'],
];

// A path with a word in the place of an id stands before the one with the id.
const FULFILLMENT_CALLS: readonly Call[] = [
  ['get', `${FULFILLMENT}/orders/split_attributes`, splitAttributes, 'tiktok.split'],
  ['post', `${FULFILLMENT}/orders/:orderId/split`, splitOrder, 'tiktok.split'],
  ['post', `${FULFILLMENT}/orders/:orderId/shipping_services/query`, queryServices, 'tiktok.services'],
  ['get', `${FULFILLMENT}/orders/:orderId/handover_time_slots`, orderSlots, 'tiktok.slots'],
  ['get', `${FULFILLMENT}/orders/:orderId/tracking`, readTracking, 'tiktok.trackingValidation'],
  ['post', `${FULFILLMENT}/orders/:orderId/packages`, markShipped, 'tiktok.markShipped'],
  ['post', `${FULFILLMENT}/orders/:orderId/shipping_info/update`, correctOrder, 'tiktok.correctTracking'],
  ['post', `${FULFILLMENT}/packages`, createPackage, 'tiktok.createPackages'],
  ['post', '/fulfillment/202512/packages', createPackages, 'tiktok.createPackages'],
  ['post', `${FULFILLMENT}/packages/search`, searchPackages, 'tiktok.packagesSearch'],
  ['post', `${FULFILLMENT}/packages/ship`, shipPackages, 'tiktok.slots'],
  ['post', `${FULFILLMENT}/packages/:packageId/ship`, shipPackage, 'tiktok.slots'],
  ['get', `${FULFILLMENT}/packages/:packageId`, readPackage, 'tiktok.getPackage'],
  ['get', `${FULFILLMENT}/packages/:packageId/shipping_documents`, linkDocument, 'tiktok.document'],
  ['get', `${FULFILLMENT}/packages/:packageId/handover_time_slots`, packageSlots, 'tiktok.slots'],
  ['post', `${FULFILLMENT}/packages/:packageId/shipping_info/update`, correctPackage, 'tiktok.correctTracking'],
  ['get', '/fulfillment/202508/tts_tracking_validation', validateTracking, 'tiktok.trackingValidation'],
];

const LOGISTICS_CALLS: readonly Call[] = [
  ['get', `${LOGISTICS}/warehouses`, listWarehouses, 'tiktok.warehouses'],
  ['get', `${LOGISTICS}/warehouses/:warehouseId/delivery_options`, deliveryOptions, 'tiktok.warehouses'],
  [
    'get',
    `${LOGISTICS}/delivery_options/:deliveryOptionId/shipping_providers`,
    shippingProviders,
    'tiktok.shippingProviders',
  ],
];

const PRODUCT_CALLS: readonly Call[] = [
  ['post', '/product/202502/products/search', searchProducts, 'tiktok.products'],
  ['get', '/product/202309/products/:productId', readProduct, 'tiktok.products'],
];

const REVERSE_CALLS: readonly Call[] = [
  ['post', `${REVERSE}/cancellations`, cancelBySeller, 'tiktok.cancel'],
  ['post', `${REVERSE}/cancellations/search`, searchCancellations, 'tiktok.cancellations'],
  ['post', `${REVERSE}/cancellations/:cancelId/approve`, approveCancellation, 'tiktok.answerCancel'],
  ['post', `${REVERSE}/cancellations/:cancelId/reject`, rejectCancellation, 'tiktok.answerCancel'],
  ['get', `${REVERSE}/reject_reasons`, rejectReasons, 'tiktok.cancellations'],
  ['get', `${REVERSE}/orders/:orderId/aftersale_eligibility`, aftersaleEligibility, 'tiktok.cancellations'],
  ['post', `${REVERSE}/returns/search`, searchReturns, 'tiktok.returns'],
];

/** The TikTok Shop wire of orders and goods; consent, tokens and webhooks have routers of their own. */
export function tiktokRoutes(world: World): Router {
  const router = Router();
  for (const [method, path, work, route] of [
    ...ORDER_CALLS,
    ...FULFILLMENT_CALLS,
    ...LOGISTICS_CALLS,
    ...PRODUCT_CALLS,
    ...REVERSE_CALLS,
  ])
    router[method](path, gated(world, work, route));
  return router;
}
