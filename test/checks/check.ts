import type { Floor } from '../support/floor';

/** What a check found: figures for the reader. A promise that was not kept is thrown. */
export type Figures = Record<string, number | string>;

/**
 * One promise, checked on the real engine. `size` is how much of it: the tests take a sample, `npm run prove` all.
 */
export type Check = (floor: Floor, size: 'sample' | 'all') => Promise<Figures>;

/** Fails with both values in words: these checks also run outside Jest. */
export function must(what: string, found: unknown, expected: unknown): void {
  const [is, wanted] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== wanted) throw new Error(`${what}: found ${is}, expected ${wanted}`);
}
