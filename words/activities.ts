/** What an operator reads in the Temporal UI when a step of an order fails. Money comes as `dollars` writes it. */
export const activityWords = {
  unknownPlace: (shopId: string, shipFrom: string): string =>
    `Shop ${shopId} has no ship-from ${shipFrom} any more; put it back into the settings until its parcels have left.`,
  unknownShop: (shopId: string): string => `Shop ${shopId} is not configured; add it or correct the order's shop.`,
  unknownOrder: (orderId: string): string => `The platform does not know order ${orderId}; it is asked again.`,
  unknownPolicy: (name: string): string => `There is no rule set ${name} any more; the deadlines stay as they are.`,
  writesOff: 'writes are switched off; switch them on and it goes on by itself',
  watched: 'the shop is only watched',
  noAccount: 'the shop has no such carrier account; configure it again',
  noLabels: 'no labels are sold through this account',
  tooDear: (price: string, most: string): string =>
    `the cheapest label that fits costs ${price}, and the shop's cap is ${most}`,
  dearer: (price: string, before: string): string =>
    `the label costs ${price} now; it was ${before} when it was asked for before`,
  noSuchChoice: (choice: string): string => `no account offers ${choice} for this parcel; choose another label`,
  noWeight: (skus: string[]): string =>
    `the catalogue has no weight for ${skus.join(', ')}; add it, or release the order to use the usual parcel`,
  isHazmat: (skus: string[]): string => `${skus.join(', ')} is hazardous; check the service, then release the order`,
  addressDoubtful: (codes: string[]): string =>
    `the delivery address is in doubt (${codes.join(', ')}); read the suggestion, then correct it or release the order`,
  unclear: (account: string, reference: string, price: string): string =>
    `nobody can read back whether ${account} sold the label ${reference} for ${price}; look there, then release the order to buy another`,
  notOwnNumber: (carrier: string): string =>
    `the rules in force take ${carrier} numbers only where the platform sold the label`,
  noCarrierTaken: (carriers: string[]): string =>
    `the platform takes no carrier that offers a rate for this order; it takes ${carriers.join(', ')}`,
  shippingTypeChanged: 'the platform changed who ships this order after the label was chosen',
  forbidden: (carriers: string[]): string =>
    `the rules in force take labels of ${carriers.join(', ')} only from the platform, and no other carrier offers a rate`,
  noAddress: (orderId: string): string => `Order ${orderId} has no delivery address yet; correct it in Seller Center.`,
  shipmentUnknown: (id: string): string => `the label provider does not know shipment ${id}`,
  formScanned: (id: string): string => `the form of shipment ${id} was scanned, so the carrier has the parcel`,
  refundRejected: (id: string): string => `the label provider rejected the refund of shipment ${id}`,
  tooFarToCancel: 'The platform lets a seller cancel only before the carrier has the parcel.',
};

/** Integer cents as people write them. */
export const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;
