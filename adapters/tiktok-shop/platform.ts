import type { Platform } from '../../activities/ports';
import type { Shop } from '../../contracts/shop';
import { answerCancel, cancelOrder, readAfterSale } from './after-sale';
import { PLAIN_WIRE, type TikTokWire } from './client';
import { readOrder, readOrders, searchOrders } from './read-orders';
import { correctTracking, isOwnNumber, markShipped, shippingProviders } from './ship';

/**
 * TikTok Shops as platforms. Wire: order 202309, fulfillment 202309 and 202508, logistics 202309, return_refund 202309.
 * Everything throws AdapterError and nothing else.
 */
export function tiktokShop(wire: TikTokWire = PLAIN_WIRE): (shop: Shop) => Platform {
  return (shop) => {
    const at = { wire, shop };
    return {
      readOrder: (orderId) => readOrder(at, orderId),
      readOrders: (orderIds) => readOrders(at, orderIds),
      searchOrders: (wish) => searchOrders(at, wish),
      markShipped: (shipment) => markShipped(at, shipment),
      correctTracking: (shipment) => correctTracking(at, shipment),
      shippingProviders: (deliveryOptionId) => shippingProviders(at, deliveryOptionId),
      isOwnNumber: (trackingNumber) => isOwnNumber(at, trackingNumber),
      cancelOrder: (orderId) => cancelOrder(at, orderId),
      readAfterSale: (orderId) => readAfterSale(at, orderId),
      answerCancel: (answer) => answerCancel(at, answer),
    };
  };
}
