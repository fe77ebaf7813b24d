import { digits, hex } from './ids';

/** What a shop needs to be let in at the carriers beside EasyPost, as `POST /control/shops` tells it. */
export type CarrierKeys = {
  readonly shipsaving: { readonly apiToken: string; readonly storeName: string };
  readonly ups: { readonly clientId: string; readonly clientSecret: string; readonly accountNumber: string };
  readonly usps: {
    readonly clientId: string;
    readonly clientSecret: string;
    /** Customer registration id, mailer id, and the mailer id that stands on manifests. */
    readonly crid: string;
    readonly mid: string;
    readonly manifestMid: string;
    readonly accountNumber: string;
  };
};

/** Fresh accounts of a shop at ShipSaving, UPS and USPS. */
export function newCarrierKeys(shopId: string): CarrierKeys {
  return {
    shipsaving: { apiToken: hex(40), storeName: `store-${shopId}` },
    ups: { clientId: hex(48), clientSecret: hex(64), accountNumber: hex(6).toUpperCase() },
    usps: {
      clientId: hex(32),
      clientSecret: hex(32),
      crid: digits(8),
      mid: digits(9),
      manifestMid: digits(9),
      accountNumber: digits(10),
    },
  };
}
