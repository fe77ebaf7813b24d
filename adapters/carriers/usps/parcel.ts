const OUNCES_PER_POUND = 16;
/** Three decimals are finer than any scale, and round nothing down that was not zero. */
const PARTS = 1_000;

/** USPS weighs in pounds. */
export const poundsOf = (ounces: number): number => Math.ceil((ounces / OUNCES_PER_POUND) * PARTS) / PARTS;
