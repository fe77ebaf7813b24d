import { digits, hex } from '../ids';

export type Carrier = 'USPS' | 'UPS';

/** A fresh tracking number with a right check digit. */
export function newTrackingNumber(carrier: Carrier): string {
  if (carrier === 'USPS') return uspsNumber('9400');
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
  if (/^9\d{21}$/.test(number)) return uspsCheckDigit(body) === check ? 'USPS' : undefined;
  if (/^1Z[0-9A-Z]{15}\d$/.test(number)) return upsCheckDigit(body.slice(2)) === check ? 'UPS' : undefined;
  return undefined;
}

function uspsNumber(beginning: string): string {
  const number = `${beginning}${digits(17)}`;
  return `${number}${uspsCheckDigit(number)}`;
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
