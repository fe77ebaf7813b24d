import { createHash } from 'node:crypto';

/**
 * Made-up people whose every word can be told from all else: whatever is personal of them has one of these words in it, so that
 * one search finds every one of them.
 */
const NAME = 'Zxqvanary';
const STREET = 'Qwertzuiop';
const AREAS = ['212', '646', '917'];
/** What the sandbox's platform repeats in a warning of its own. */
const WARNING = '1 Example Street';

/** The same people every time. */
const chance = (text: string, below: number): number =>
  createHash('sha256').update(text).digest().readUInt32BE() % below;

const letters = (seed: string): string =>
  Array.from({ length: 6 }, (_, i) => String.fromCharCode(97 + chance(`${seed} ${i}`, 26))).join('');

/** A buyer: what the platform tells of them with an order. */
export type Buyer = {
  street: string;
  phone: string;
  recipient: Record<string, unknown>;
  fields: Record<string, unknown>;
};

/** The n-th of them. */
export function buyer(n: number): Buyer {
  const [first, last] = [`${NAME}${letters(`first ${n}`)}`, `${NAME}${letters(`last ${n}`)}`];
  const street = `${1 + chance(`number ${n}`, 9_999)} ${STREET}${letters(`street ${n}`)} Lane`;
  // Numbers that nobody has: 555-0100 to 555-0199 (North American Numbering Plan, for fiction).
  const phone = `(+1)${AREAS[n % AREAS.length] ?? ''}-555-01${String(chance(`phone ${n}`, 100)).padStart(2, '0')}`;
  const recipient = {
    name: `${first} ${last}`,
    first_name: first,
    last_name: last,
    phone_number: phone,
    address_line1: street,
    address_line2: `c/o ${last}`,
    address_detail: street,
    full_address: `${street}, Redondo Beach, CA 90277`,
    region_code: 'US',
    postal_code: '90277',
    delivery_preferences: { drop_off_location: `with ${first} at ${street}` },
  };
  const fields = {
    recipient_address: recipient,
    buyer_message: `please ring ${phone}, ${first}`,
    seller_note: `called ${last} back at ${phone}`,
  };
  return { street, phone, recipient, fields };
}

const PHONES = `(?<!\\d)(?:${AREAS.join('|')})\\D{0,3}555\\D{0,3}01\\d\\d(?!\\d)`;
const MARKS = new RegExp([`${NAME}\\w*`, `${STREET}\\w*`, WARNING, PHONES].join('|'), 'gi');

/** The same words, packed into base64 at each of the three ways in which they can lie there. */
const PACKED = [NAME, STREET].flatMap((word) =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.from(`${'x'.repeat(shift)}${word}`)
      .toString('base64')
      .replace(/=+$/, '');
    // The characters at both ends depend on what stands beside the word.
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  }),
);

/** Everything personal that stands in a text. */
export const personalIn = (text: string): string[] => [
  ...(text.match(MARKS) ?? []),
  ...PACKED.filter((packed) => text.includes(packed)),
];
