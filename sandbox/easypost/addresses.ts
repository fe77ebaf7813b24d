import { z } from 'zod';
import type { Answer } from '../answer';
import { nowOf } from '../clock';
import { prefixedId } from '../ids';
import type { World } from '../world';
import type { EasyPostCall } from './gate';
import { checkedPlace } from './places';
import { answer, instant, NOT_FOUND, refusal } from './wire';

/** An address as the wire shows it, and as it is kept. */
export type KeptAddress = { readonly id: string } & Readonly<Record<string, unknown>>;

/** Written as a flag, as text, or as a list of what is to be checked. */
const Flag = z
  .unknown()
  .optional()
  .transform((value) => value !== undefined && value !== false && value !== 'false');
const Text = z.string().nullish();

const Address = z.looseObject({
  street1: Text,
  street2: Text,
  city: Text,
  state: Text,
  zip: Text,
  country: z.string().nullish(),
});
const Wanted = z.object({ address: Address, verify: Flag, verify_strict: Flag });

type Wish = z.infer<typeof Wanted>;

/** Keeps an address, checked where that is asked for. One that fails a strict check is not kept. */
export function createAddress(world: World, call: EasyPostCall): Answer {
  const wish = readWish(call.body);
  if (wish === undefined) return refusal(MISSING);
  const isChecked = wish.verify || wish.verify_strict;
  const address = isChecked ? checked(wish.address) : { ...wish.address, verifications: {} };
  if (wish.verify_strict && isFailed(address)) return failed(address);
  return answer(201, keep(world, call.shopId, address));
}

/** Keeps an address that passes the check, and no other. */
export function createAndVerify(world: World, call: EasyPostCall): Answer {
  const wish = readWish(call.body);
  if (wish === undefined) return refusal(MISSING);
  const address = checked(wish.address);
  return isFailed(address) ? failed(address) : answer(201, { address: keep(world, call.shopId, address) });
}

/** Reads an address. */
export function getAddress(world: World, { shopId, params }: EasyPostCall): Answer {
  const address = world.state.addresses.get(shopId, params['id'] ?? '');
  return address === undefined ? refusal(NOT_FOUND) : answer(200, address);
}

/** Checks an address that is kept. */
export function verifyAddress(world: World, { shopId, params }: EasyPostCall): Answer {
  const address = world.state.addresses.get(shopId, params['id'] ?? '');
  if (address === undefined) return refusal(NOT_FOUND);
  const verified = checked(Address.parse(address));
  return isFailed(verified) ? failed(verified) : answer(200, { address: verified });
}

const MISSING = { status: 422, code: 'PARAMETER.REQUIRED', message: 'Missing required parameter.' };

function readWish(body: unknown): Wish | undefined {
  return Wanted.safeParse(body).data;
}

type Verification = { success: boolean; errors: readonly unknown[]; details: unknown };
type Verified = z.infer<typeof Address> & { verifications: { zip4?: Verification; delivery?: Verification } };

const NOWHERE = [
  { code: 'E.ADDRESS.NOT_FOUND', field: 'address', message: 'Address not found', suggestion: null },
  { code: 'E.HOUSE_NUMBER.INVALID', field: 'street1', message: 'House number is invalid', suggestion: null },
];
const NO_SUITE = {
  code: 'E.SECONDARY_INFORMATION.MISSING',
  field: 'street2',
  message: 'Missing secondary information(Apt/Suite#)',
};
const DETAILS = { latitude: 39.529633, longitude: -119.813803, time_zone: 'America/Los_Angeles' };

/** The address as the carrier writes it, with what was found. One that is nowhere stays as it was given. */
function checked(address: z.infer<typeof Address>): Verified {
  const given = (name: keyof typeof Address.shape): string => address[name] ?? '';
  const { standing, place } = checkedPlace({
    street1: given('street1'),
    street2: given('street2'),
    city: given('city'),
    state: given('state'),
    zip: given('zip'),
    country: address.country ?? 'US',
  });
  const isFound = standing !== 'unknown';
  const said = standing === 'corrected' ? [{ ...NO_SUITE, suggestion: place.street2 }] : [];
  const result = { success: isFound, errors: isFound ? said : NOWHERE, details: isFound ? DETAILS : {} };
  return { ...address, ...place, residential: isFound, verifications: { zip4: result, delivery: result } };
}

function isFailed({ verifications }: { verifications: Verified['verifications'] }): boolean {
  return verifications.delivery?.success === false;
}

function failed({ verifications }: Verified): Answer {
  const errors = verifications.delivery?.errors ?? [];
  const error = { code: 'ADDRESS.VERIFY.FAILURE', message: 'Unable to verify address.', errors };
  return answer(422, { error });
}

function keep(world: World, shopId: string, address: Readonly<Record<string, unknown>>): KeptAddress {
  const at = instant(nowOf(world, shopId));
  const nothing = { name: null, company: null, phone: null, email: null, federal_tax_id: null, state_tax_id: null };
  const kept = {
    ...{ id: prefixedId('adr'), object: 'Address', created_at: at, updated_at: at, mode: 'test' },
    ...{ ...nothing, carrier_facility: null, residential: null },
    ...address,
  };
  world.state.addresses.put(shopId, kept.id, kept);
  return kept;
}
