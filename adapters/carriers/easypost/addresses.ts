import type { AddressChecker, AddressVerdict, Recipient } from '../../../activities/carrier-ports';
import { askEasyPost, type EasyPostAt } from './client';
import { named } from './map';
import { VerifiedAddress } from './wire';

/**
 * Asks whether an address can be delivered to. EasyPost answers with the address as the carriers know it, and says under
 * `verifications.delivery` whether they do. Where it says nothing, nothing is held against the address.
 */
export function easyPostAddresses(at: EasyPostAt): AddressChecker {
  return async (address) => {
    const body = { address, verify: true };
    const call = { call: 'verifyAddress', method: 'POST', path: '/addresses', isFree: true, body } as const;
    return verdictOf(address, await askEasyPost(at, call, VerifiedAddress));
  };
}

function verdictOf(address: Recipient, checked: VerifiedAddress): AddressVerdict {
  const delivery = checked.verifications?.delivery;
  const codes = (delivery?.errors ?? []).map(({ code }) => named(code));
  if (delivery?.success === false) return { verdict: 'undeliverable', codes };
  const suggestion = suggested(address, checked);
  return isSame(address, suggestion) ? { verdict: 'deliverable', codes } : { verdict: 'corrected', codes, suggestion };
}

const suggested = (address: Recipient, checked: VerifiedAddress): Recipient => ({
  ...address,
  street1: checked.street1 ?? address.street1,
  street2: checked.street2 ?? address.street2,
  city: checked.city ?? address.city,
  state: checked.state ?? address.state,
  zip: checked.zip ?? address.zip,
});

/** Carriers write in capitals and add four digits to the ZIP code: neither is a correction. */
const isSame = (one: Recipient, other: Recipient): boolean =>
  plain(one.street1) === plain(other.street1) &&
  plain(one.street2) === plain(other.street2) &&
  plain(one.city) === plain(other.city) &&
  plain(one.state) === plain(other.state) &&
  one.zip.slice(0, 5) === other.zip.slice(0, 5);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
