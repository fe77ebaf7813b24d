import { z } from 'zod';
import type { Platform, ShippedPackage } from '../../activities/ports';
import { AdapterError } from '../../contracts/adapter-error';
import type { Shop } from '../../contracts/shop';
import { callTikTok } from './client';
import { mapOrder } from './map';
import { MarkShippedData, OrdersData, ProvidersData } from './wire';

/** Said by the platform when the number is on the order already. */
const ALREADY_SHIPPED = '21011006';
/** The only one of the platform's reasons that holds before and after the label, and blames nobody else. */
const CANCEL_REASON = 'seller_cancel_reason_out_of_stock';

/** One TikTok Shop as a platform. Wire: order 202309, fulfillment 202309, logistics 202309, return_refund 202309. */
export function tiktokShop(shop: Shop): Platform {
  return {
    readOrder: async (orderId) => {
      const { orders } = await callTikTok(shop, {
        call: 'readOrder',
        method: 'GET',
        path: '/order/202309/orders',
        query: { ids: orderId },
        data: OrdersData,
      });
      const order = orders.find(({ id }) => id === orderId);
      return order && mapOrder(order);
    },
    markShipped: (shipment) => markShipped(shop, shipment),
    cancelOrder: async (orderId) => {
      await callTikTok(shop, {
        call: 'cancelOrder',
        method: 'POST',
        path: '/return_refund/202309/cancellations',
        body: { order_id: orderId, cancel_reason: CANCEL_REASON },
        data: z.looseObject({}),
      });
    },
  };
}

async function markShipped(shop: Shop, shipment: ShippedPackage): Promise<{ hasWarning: boolean }> {
  const providerId = await shippingProviderId(shop, shipment);
  try {
    const { warning } = await callTikTok(shop, {
      call: 'markShipped',
      method: 'POST',
      path: `/fulfillment/202309/orders/${shipment.orderId}/packages`,
      body: {
        order_line_item_ids: shipment.itemIds,
        tracking_number: shipment.trackingNumber,
        shipping_provider_id: providerId,
      },
      data: MarkShippedData,
    });
    // Its text is the platform's own and may repeat an address: it stays there.
    return { hasWarning: warning != null };
  } catch (error) {
    // Somebody was faster: whose number stands there is what the next attempt reads back.
    if (error instanceof AdapterError && error.code === ALREADY_SHIPPED) {
      throw new AdapterError('outcomeUnknown', { provider: 'TikTok Shop', call: 'markShipped', code: error.code });
    }
    throw error;
  }
}

/** The platform checks a number against the carrier that is named for it, by an id of its own. */
async function shippingProviderId(shop: Shop, { deliveryOptionId, carrier }: ShippedPackage): Promise<string> {
  const { shipping_providers: providers } = await callTikTok(shop, {
    call: 'shippingProviders',
    method: 'GET',
    path: `/logistics/202309/delivery_options/${encodeURIComponent(deliveryOptionId || '0')}/shipping_providers`,
    data: ProvidersData,
  });
  const same = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
  const provider = providers.find(({ name }) => same(name) === same(carrier));
  if (provider !== undefined) return provider.id;
  throw new AdapterError('refused', { provider: 'TikTok Shop', call: 'markShipped', code: `no carrier ${carrier}` });
}
