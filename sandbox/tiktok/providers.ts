import type { Refusal } from './envelope';

/** A carrier that TikTok lets a seller name, with the shape of its tracking numbers where TikTok checks it. */
export type ShippingProvider = { readonly id: string; readonly name: string; readonly numbers: RegExp };

/** Only the first id is TikTok's published one; the others are this sandbox's and mean nothing elsewhere. */
export const SHIPPING_PROVIDERS: readonly ShippingProvider[] = [
  { id: '7117858858072016686', name: 'USPS', numbers: /^9\d{19,21}$/ },
  { id: '7117858858072016687', name: 'UPS', numbers: /^1Z[0-9A-Z]{16}$/ },
  { id: '7117858858072016688', name: 'FedEx', numbers: /^\S+$/ },
  { id: '7117858858072016689', name: 'DHL eCommerce', numbers: /^\S+$/ },
];

/** Said where a number is not one of the carrier that is named for it. */
export const WRONG_NUMBER: Refusal = { code: 21011022, message: 'The tracking number or shipping provider is invalid' };

/** The carrier of a number as it is named; `undefined` where there is none, or where the number is not its own. */
export function providerOf(named: {
  readonly shipping_provider_id: string;
  readonly tracking_number: string;
}): ShippingProvider | undefined {
  const provider = SHIPPING_PROVIDERS.find(({ id }) => id === named.shipping_provider_id);
  return provider?.numbers.test(named.tracking_number) === true ? provider : undefined;
}
