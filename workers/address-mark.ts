import type { Recipient } from '../activities/ports';
import type { Keyring } from '../adapters/keyring/keyring';

const SPARE = '\u0000';

/**
 * Tells two addresses apart and neither of them: a keyed hash. It begins with a mark of the key, so that a mark under another key
 * is no other address. Without keys there are no marks, and a change of address is not seen.
 */
export function addressMark(keyring: Keyring | undefined): (recipient: Recipient) => string | undefined {
  if (keyring === undefined) return () => undefined;
  const keyMark = keyring.mark('address').slice(0, 4);
  return (recipient) => {
    const { name, phone, street1, street2, city, state, zip, country } = recipient;
    const lines = [name, phone, street1, street2, city, state, zip, country];
    const text = lines.map((line) => line.trim().toLowerCase().replace(/\s+/g, ' ')).join(SPARE);
    return `${keyMark}${keyring.mark(text).slice(0, 12)}`;
  };
}
