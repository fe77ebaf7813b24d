import { z } from 'zod';
import { addressByOrderKey, addressKey, KeptAddress } from '../contracts/address-check';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { throughAccount } from './account-pause';
import type { AddressVerdict, CarrierAccount, Ports, Recipient } from './ports';

type About = { orderId: string; recipient: Recipient; mark: string | undefined };

/**
 * Codes of what is wrong with an address; empty where it can be delivered to, or nobody can say. An address is asked about once: the
 * verdict is kept in the vault, under the address's mark. Without keys there is no mark, and it is asked about every time.
 *
 * A checker that is down, or refuses, never holds up an order: then there is no doubt, and the next order asks again.
 */
export async function doubtsOfAddress(ports: Ports, shop: Shop, about: About): Promise<string[]> {
  if (shop.addressCheck === 'off') return [];
  const kept = (await keptVerdict(ports, shop, about)) ?? (await askedVerdict(ports, shop, about));
  return kept === undefined ? [] : doubtsOf(kept, about.recipient);
}

async function keptVerdict(
  { vault }: Ports,
  shop: Shop,
  { orderId, mark }: About,
): Promise<AddressVerdict | undefined> {
  if (mark === undefined) return undefined;
  const text = await vault.get(addressKey(shop.id, mark));
  if (text === undefined) return undefined;
  await vault.put(addressByOrderKey(shop.id, orderId), JSON.stringify({ mark }));
  const { verdict, codes, suggestion } = KeptAddress.parse(JSON.parse(text));
  return { verdict, codes, ...(suggestion === undefined ? {} : { suggestion }) };
}

async function askedVerdict(ports: Ports, shop: Shop, about: About): Promise<AddressVerdict | undefined> {
  for (const account of ports.carriersOf(shop)) {
    const verdict = await verdictOf(ports, { shop, account, orderId: about.orderId }, about.recipient);
    if (verdict === undefined) continue;
    await keep(ports, { shop, about }, verdict);
    return verdict;
  }
  return undefined;
}

/** Undefined where this account cannot check, or could not now. */
async function verdictOf(
  ports: Ports,
  at: { shop: Shop; account: CarrierAccount; orderId: string },
  recipient: Recipient,
): Promise<AddressVerdict | undefined> {
  const { addresses } = at.account;
  if (addresses === undefined) return undefined;
  try {
    return await throughAccount(ports, { ...at, isFree: true }, () => addresses(recipient));
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    ports.count?.('address_checks_failed', { account: at.account.name, outcome: error.outcome });
    return undefined;
  }
}

type Keeping = { shop: Shop; about: About };

async function keep(
  { vault }: Ports,
  { shop, about: { mark, orderId } }: Keeping,
  verdict: AddressVerdict,
): Promise<void> {
  if (mark === undefined) return;
  await vault.putIfAbsent(addressKey(shop.id, mark), JSON.stringify(verdict));
  await vault.put(addressByOrderKey(shop.id, orderId), JSON.stringify({ mark }));
}

/** What is a code and not a sentence: a text of the provider's may repeat the address. */
const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const MOST_CODES = 5;

function doubtsOf({ verdict, codes, suggestion }: AddressVerdict, recipient: Recipient): string[] {
  if (verdict === 'deliverable') return [];
  const theirs = codes.filter((code) => Code.safeParse(code).success).slice(0, MOST_CODES);
  if (verdict === 'undeliverable') return theirs.length > 0 ? theirs : ['UNDELIVERABLE'];
  const ours = suggestion === undefined ? [] : differencesOf(recipient, suggestion);
  return ours.length > 0 ? [...ours, ...theirs] : [];
}

/** A carrier writes nearly every address in its own way: only another street or another ZIP code is another place. */
function differencesOf(given: Recipient, suggested: Recipient): string[] {
  const differ = (name: string, of: (one: Recipient) => string): string[] =>
    of(given) === of(suggested) ? [] : [name];
  return [
    ...differ('STREET_DIFFERS', plainStreet),
    ...differ('ZIP_DIFFERS', ({ zip }) => zip.trim().slice(0, ZIP_DIGITS)),
  ];
}

const ZIP_DIGITS = 5;

const plainStreet = ({ street1, street2 }: Recipient): string =>
  `${street1} ${street2}`
    .toUpperCase()
    .replace(/[^A-Z0-9 ]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (Object.hasOwn(SHORT, word) ? SHORT[word] : word))
    .join(' ');

/** USPS Publication 28, Appendix C, as far as addresses have them every day. */
const SHORT: Record<string, string> = {
  ...{ STREET: 'ST', AVENUE: 'AVE', AV: 'AVE', ROAD: 'RD', BOULEVARD: 'BLVD', DRIVE: 'DR', LANE: 'LN', COURT: 'CT' },
  ...{ PLACE: 'PL', CIRCLE: 'CIR', HIGHWAY: 'HWY', PARKWAY: 'PKWY', TERRACE: 'TER', TRAIL: 'TRL', SQUARE: 'SQ' },
  ...{
    NORTH: 'N',
    SOUTH: 'S',
    EAST: 'E',
    WEST: 'W',
    NORTHEAST: 'NE',
    NORTHWEST: 'NW',
    SOUTHEAST: 'SE',
    SOUTHWEST: 'SW',
  },
  ...{
    APARTMENT: 'APT',
    SUITE: 'STE',
    BUILDING: 'BLDG',
    FLOOR: 'FL',
    ROOM: 'RM',
    MOUNT: 'MT',
    SAINT: 'ST',
    FORT: 'FT',
  },
};
