import { digits, hex } from '../ids';

export type Carrier = 'USPS' | 'UPS' | 'FedEx' | 'DHLeCommerce';

/** A fresh tracking number with a right check digit. */
export function newTrackingNumber(carrier: Carrier): string {
  if (carrier === 'USPS') return uspsNumber('9400');
  if (carrier === 'DHLeCommerce') return uspsNumber('9261');
  if (carrier === 'FedEx') return fedexNumber(digits(11));
  const body = `${hex(6).toUpperCase()}03${digits(7)}`;
  return `1Z${body}${upsCheckDigit(body)}`;
}

/** A fresh number of a SCAN Form: the one barcode that stands for all its parcels. */
export function newFormNumber(): string {
  return uspsNumber('9475');
}

/** The carrier whose number this is, by its form and check digit. */
export function carrierOf(number: string): Carrier | undefined {
  const [body, check] = [number.slice(0, -1), number.slice(-1)];
  if (/^9\d{21}$/.test(number)) {
    if (uspsCheckDigit(body) !== check) return undefined;
    return number.startsWith('9261') ? 'DHLeCommerce' : 'USPS';
  }
  if (/^\d{12}$/.test(number)) return fedexNumber(body) === number ? 'FedEx' : undefined;
  if (/^1Z[0-9A-Z]{15}\d$/.test(number)) return upsCheckDigit(body.slice(2)) === check ? 'UPS' : undefined;
  return undefined;
}

function uspsNumber(beginning: string): string {
  const number = `${beginning}${digits(17)}`;
  return `${number}${uspsCheckDigit(number)}`;
}

/** FedEx: the digits count 3, 1, 7 and so on from the left; the rest of eleven is the check digit, and ten is 0. */
function fedexNumber(body: string): string {
  const sum = Array.from(body).reduce((total, digit, index) => total + Number(digit) * ([3, 1, 7][index % 3] ?? 0), 0);
  return `${body}${(sum % 11) % 10}`;
}

/** USPS Publication 199: from the right, every other digit counts three times. */
function uspsCheckDigit(body: string): string {
  const fromRight = Array.from(body).reverse();
  return upToTen(fromRight.map((digit, index) => Number(digit) * (index % 2 === 0 ? 3 : 1)));
}

/** UPS: letters count as digits from A = 2, and every second place counts twice. */
function upsCheckDigit(body: string): string {
  return upToTen(Array.from(body, (sign, index) => upsValue(sign) * (index % 2 === 0 ? 1 : 2)));
}

function upsValue(sign: string): number {
  return /\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 63) % 10;
}

function upToTen(parts: readonly number[]): string {
  const sum = parts.reduce((total, part) => total + part, 0);
  return String((10 - (sum % 10)) % 10);
}
