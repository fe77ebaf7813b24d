import { createHash } from 'node:crypto';

/** UPS keeps 35 characters of a package's reference. */
const MOST = 35;
const MARK_LENGTH = 8;

const markOf = (reference: string, length: number): string =>
  createHash('sha256').update(reference).digest('hex').slice(0, length);

/**
 * Our reference in what UPS keeps of it: a mark of the whole, which has the shop in it, and order, package and attempt, by which a
 * person finds it in UPS's own lists. One that is too long still is its mark alone.
 */
export function packageReferenceOf(reference: string): string {
  const rest = reference.split(':').slice(-3).join(':');
  const short = `${markOf(reference, MARK_LENGTH)}:${rest}`;
  return short.length <= MOST ? short : markOf(reference, MOST - 1);
}

/** A pickup's reference is shorter still: 20 characters. */
export const pickupReferenceOf = (reference: string): string => markOf(reference, 20);
