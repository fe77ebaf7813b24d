/** A carrier that TikTok lets a seller name, with the shape of its tracking numbers where TikTok checks it. */
export type ShippingProvider = { readonly id: string; readonly name: string; readonly numbers: RegExp };

/** Only the first id is TikTok's published one; the others are this sandbox's and mean nothing elsewhere. */
export const SHIPPING_PROVIDERS: readonly ShippingProvider[] = [
  { id: '7117858858072016686', name: 'USPS', numbers: /^9\d{19,21}$/ },
  { id: '7117858858072016687', name: 'UPS', numbers: /^1Z[0-9A-Z]{16}$/ },
  { id: '7117858858072016688', name: 'FedEx', numbers: /^\S+$/ },
  { id: '7117858858072016689', name: 'DHL eCommerce', numbers: /^\S+$/ },
];
