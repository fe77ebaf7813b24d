import { randomBytes, randomInt } from 'node:crypto';

/** Random decimal digits that do not begin with zero, as TikTok's ids are. */
export function digits(length: number): string {
  const rest = Array.from({ length: length - 1 }, () => String(randomInt(10)));
  return `${randomInt(1, 10)}${rest.join('')}`;
}

/** Random lower-case hex. */
export function hex(length: number): string {
  return randomBytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length);
}

/** A prefix that names the kind and 32 hex digits: how EasyPost writes its ids. */
export function prefixedId(prefix: string): string {
  return `${prefix}_${hex(32)}`;
}
