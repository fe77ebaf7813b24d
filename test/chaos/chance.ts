/** Chance that comes out the same for the same seed. */
export type Chance = {
  /** From 0 up to `end`, without it. */
  below: (end: number) => number;
  between: (from: number, to: number) => number;
  pick: <T>(choices: readonly T[]) => T;
};

const TWO_TO_32 = 2 ** 32;

/** Mulberry32: small, and even enough to choose instants and processes by. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  };
  const below = (end: number): number => Math.floor(next() * end);
  return {
    below,
    between: (from, to) => from + below(to - from),
    pick: <T>(choices: readonly T[]) => choices[below(choices.length)] as T,
  };
}
