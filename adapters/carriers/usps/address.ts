import { AdapterError } from '../../../contracts/adapter-error';
import type { Recipient, ShipmentRequest } from '../../../activities/carrier-ports';
import { stateCodeOf } from '../us-states';

/** Lengths of the fields, from the USPS Addresses and Labels specifications. */
const MOST = { name: 50, street: 50, city: 28 } as const;

const cut = (text: string, most: number): string => text.trim().slice(0, most).trim();

type Address = Partial<Recipient>;

/** USPS takes five digits, and the four behind them in a field of their own. */
export const zipOf = (zip: string | undefined): string => (zip ?? '').trim().slice(0, 5);

/** An address in USPS's fields. A name is one field with us and two with USPS, which wants both or a firm. */
export function addressBody({ name = '', street1 = '', street2 = '', city = '', state = '', zip }: Address): object {
  const plusFour = /^\d{5}-?(\d{4})$/.exec((zip ?? '').trim())?.[1];
  return {
    ...nameBody(name),
    ...streetBody(street1, street2),
    city: whole(city, MOST.city, 'city'),
    state: stateCodeOf(state),
    ZIPCode: zipOf(zip),
    ...(plusFour === undefined ? {} : { ZIPPlus4: plusFour }),
  };
}

/**
 * What does not fit the first line goes on the second, between words.
 * @throws AdapterError `refused` where it fits in no way: a parcel that is sent to half an address comes back.
 */
function streetBody(street1: string, street2: string): object {
  const [first, second] = [street1.trim(), street2.trim()];
  const fold = first.length <= MOST.street ? first.length : first.lastIndexOf(' ', MOST.street);
  const rest = [fold < 0 ? first : first.slice(fold).trim(), second].filter((part) => part !== '').join(' ');
  const streetAddress = whole(fold < 0 ? first : first.slice(0, fold).trim(), MOST.street, 'street');
  return { streetAddress, ...(rest === '' ? {} : { secondaryAddress: whole(rest, MOST.street, 'street') }) };
}

function whole(text: string, most: number, field: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= most) return trimmed;
  throw new AdapterError('refused', { provider: 'USPS', call: 'address', code: `${field} too long` });
}

/** The ship-from, whose name is a firm's. */
export const originBody = (from: ShipmentRequest['from']): object => {
  const { name, company, ...rest } = from;
  const firm = cut(company ?? name ?? '', MOST.name);
  return { ...addressBody(rest), ...(firm === '' ? {} : { firm }) };
};

/** The last word is the last name; a single word is a firm, for which one field is enough. */
export function nameBody(name: string): object {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const last = words.pop();
  if (last === undefined) return {};
  if (words.length === 0) return { firm: cut(last, MOST.name) };
  return { firstName: cut(words.join(' '), MOST.name), lastName: cut(last, MOST.name) };
}
