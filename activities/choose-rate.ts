import type { Rate } from './ports';

/**
 * The cheapest rate that arrives in time; where none promises that, the fastest, and the cheaper of two as fast.
 * A rate without a promise counts as the slowest.
 */
export function chooseRate(rates: readonly Rate[], maxTransitDays: number): Rate | undefined {
  const days = (rate: Rate): number => rate.deliveryDays ?? Infinity;
  const inTime = rates.filter((rate) => days(rate) <= maxTransitDays);
  const byPrice = (a: Rate, b: Rate): number => a.priceCents - b.priceCents;
  if (inTime.length > 0) return inTime.sort(byPrice)[0];
  return [...rates].sort((a, b) => (days(a) === days(b) ? byPrice(a, b) : days(a) - days(b)))[0];
}
