/** What an operator reads in the Temporal UI when a step of an order fails. */
export const activityWords = {
  unknownShop: (shopId: string): string => `Shop ${shopId} is not configured; add it or correct the order's shop.`,
  unknownOrder: (orderId: string): string => `The platform does not know order ${orderId}; it is asked again.`,
  noAddress: (orderId: string): string => `Order ${orderId} has no delivery address yet; correct it in Seller Center.`,
  shipmentUnknown: (id: string): string => `the label provider does not know shipment ${id}`,
  refundRejected: (id: string): string => `the label provider rejected the refund of shipment ${id}`,
  tooFarToCancel: 'The platform lets a seller cancel only before the carrier has the parcel.',
};
