import type { CarrierAccount } from '../../activities/carrier-ports';
import type { AccountOf, CarrierKind } from '../../contracts/carrier-account';
import type { Shop } from '../../contracts/shop';
import { openGate, type CallGate } from '../gate';

/** What a call to a carrier's account needs beside the account. */
export type CarrierWire = {
  gate: CallGate;
  /** Asked right before a write leaves. Throws an AdapterError where the shop may not be written to now. */
  mayWrite?: (shop: Shop) => Promise<void>;
  /** Told of every call: the provider, its name, and `ok` or how it failed. */
  count?: (provider: string, call: string, outcome: string) => void;
};

/** For calls that are not held up. */
export const PLAIN_CARRIER_WIRE: CarrierWire = { gate: openGate };

/** One account of one shop, and how it is reached. */
export type AccountAt<Kind extends CarrierKind> = {
  wire: CarrierWire;
  shop: Shop;
  /** The account's name in the shop. */
  name: string;
  account: AccountOf<Kind>;
};

/** What a provider's folder exports: its account, with what can be done through it. */
export type OpenAccount<Kind extends CarrierKind> = (at: AccountAt<Kind>) => CarrierAccount;
