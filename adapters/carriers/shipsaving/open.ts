import type { AddressVerdict, CarrierAccount, Recipient } from '../../../activities/carrier-ports';
import { stateCodeOf } from '../us-states';
import { askShipSaving, type ShipSavingAt } from './client';
import { SHIPSAVING_FORMS, shipSavingForms } from './forms';
import { shipSavingLabels } from './labels';
import { Balance, CheckedAddress } from './wire';

/** What ShipSaving's Open API v2 offers. It tells of no scan and sends no webhook. */
const CAN: CarrierAccount['can'] = {
  provider: 'ShipSaving',
  rates: true,
  labels: true,
  voids: true,
  forms: SHIPSAVING_FORMS,
  pickups: false,
  addressCheck: true,
  balance: true,
  labelFormats: ['pdf', 'png'],
  reconcile: 'read',
  isRepeatCharged: true,
};

/** One ShipSaving account with all that can be done through it. */
export const openShipSaving = (at: ShipSavingAt): CarrierAccount => ({
  name: at.name,
  can: CAN,
  labels: shipSavingLabels(at),
  forms: shipSavingForms(at),
  addresses: (address) => verdictOn(at, address),
  balance: () => balanceOf(at),
  check: async () => {
    await balanceOf(at);
  },
});

async function verdictOn(at: ShipSavingAt, address: Recipient): Promise<AddressVerdict> {
  const { street1: street, street2, city, state, zip, country } = address;
  const body = { street, ...(street2 === '' ? {} : { street2 }), city, state: stateCodeOf(state), zip, country };
  const call = { call: 'verifyAddress', method: 'POST', path: '/api/addresses/verify', isFree: true, body } as const;
  const checked = await askShipSaving(at, call, CheckedAddress);
  if (checked.errored) return { verdict: 'undeliverable', codes: codesOf(checked.errors) };
  const codes = codesOf(checked.corrections);
  return checked.corrected
    ? { verdict: 'corrected', codes, suggestion: suggested(address, checked) }
    : { verdict: 'deliverable', codes };
}

const suggested = (address: Recipient, checked: CheckedAddress): Recipient => ({
  ...address,
  street1: checked.street ?? address.street1,
  street2: checked.street2 ?? address.street2,
  city: checked.city ?? address.city,
  state: checked.state ?? address.state,
  zip: checked.zip ?? address.zip,
});

/** Codes, and no text: that may repeat an address. */
const codesOf = (found: CheckedAddress['errors']): string[] =>
  found.map(({ code }) => (/^[A-Z0-9_.]{1,60}$/.test(code) ? code : 'unnamed'));

async function balanceOf(at: ShipSavingAt): Promise<number> {
  const { balance } = await askShipSaving(at, { call: 'readBalance', method: 'GET', path: '/api/balance' }, Balance);
  return Math.round(balance * 100);
}
