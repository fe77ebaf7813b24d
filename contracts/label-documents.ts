/** One purchase of one parcel: the key under which all that is kept of it lies, and under which it is found again at the provider. */
export type Purchase = { shopId: string; orderId: string; package: string; attempt: number };

/** All that is kept of an order's purchases. */
export const purchasesFolder = ({ shopId, orderId }: Pick<Purchase, 'shopId' | 'orderId'>): string =>
  `labels/${shopId}/${orderId}`;

/** Written before any money is spent; what else is kept of the purchase begins like this. */
export const purchaseKey = (purchase: Purchase): string =>
  `${purchasesFolder(purchase)}/${purchase.package}-${purchase.attempt}`;

/** Where the label itself lies, as a file. */
export const labelFileKey = (purchase: Purchase, format: 'pdf' | 'png' | 'zpl' = 'pdf'): string =>
  `${purchaseKey(purchase)}.${format}`;

/** What was offered when it was chosen, and why that was chosen. */
export const quoteKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-quote`;

/** What was bought: written once the money is spent. */
export const boughtKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-bought`;

/** Its money was asked back. */
export const voidedKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-voided`;

/** A purchase that nobody could read back was begun. */
export const begunKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-begun`;

/** How often a purchase that was begun was looked for in vain. */
export const doubtsKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-doubts`;

/** The label was handed to a printer. */
export const printedKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-printed`;

export const slipKey = (purchase: Purchase): string => `${purchaseKey(purchase)}-slip.pdf`;

/** Whose parcel a carrier speaks of when it names only a tracking number. */
export const trackingKey = (trackingNumber: string): string => `labels/by-tracking/${trackingNumber}`;

/** A name of a parcel may have dashes itself. */
const NAMED = /\/(?<parcel>[^/]+)-(?<attempt>\d+)(?:-(?<what>[a-z]+))?$/;

/** Which parcel's purchase a document is about, and what it says of it; `what` is absent where it is the choice itself. */
export function readPurchaseKey(key: string): { parcel: string; attempt: number; what?: string } | undefined {
  const { parcel, attempt, what } = NAMED.exec(key)?.groups ?? {};
  if (parcel === undefined) return undefined;
  return { parcel, attempt: Number(attempt), ...(what === undefined ? {} : { what }) };
}
