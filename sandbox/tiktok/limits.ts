import type { CallLimits } from '../shops';
import type { World } from '../world';
import { type Refusal, TOO_MANY } from './envelope';

/** A bucket of calls: each takes one, and time fills it up again. Instants are epoch milliseconds of the wall clock. */
type Bucket = { readonly calls: number; readonly filledAt: number };

/** How large a bucket is and how fast it fills. */
type Rate = { readonly size: number; readonly perSecond: number };

/** What a shop's calls have used up, in memory only: a limit of the second or the hour does not outlive its process. */
export type CallMeter = { readonly buckets: Map<string, Bucket>; readonly refused: Map<string, number> };

const SECONDS_PER_HOUR = 3_600;

/** A meter that has seen no call. */
export function newCallMeter(): CallMeter {
  return { buckets: new Map(), refused: new Map() };
}

/** Takes one call out of a bucket; without a bucket it was full. Answers what is left, and the wait if nothing was there to take. */
export function take(
  bucket: Bucket | undefined,
  { size, perSecond }: Rate,
  at: number,
): { bucket: Bucket; waitSeconds: number } {
  const before = bucket ?? { calls: size, filledAt: at };
  const filled = Math.min(before.calls + ((at - before.filledAt) / 1000) * perSecond, size);
  if (filled >= 1) return { bucket: { calls: filled - 1, filledAt: at }, waitSeconds: 0 };
  return { bucket: { calls: filled, filledAt: at }, waitSeconds: (1 - filled) / perSecond };
}

/** Counts a call of a shop against its limits, and says no to one too many. */
export function limitRefusal(world: World, shopId: string): Refusal | undefined {
  const limits = world.state.shops.get(shopId, shopId)?.limits;
  if (limits === undefined) return undefined;
  const { buckets, refused } = world.traffic.meter;
  const waits = ratesOf(limits).map(([name, rate]) => {
    const taken = take(buckets.get(`${name}:${shopId}`), rate, Date.now());
    buckets.set(`${name}:${shopId}`, taken.bucket);
    return taken.waitSeconds;
  });
  const waitSeconds = Math.max(0, ...waits);
  if (waitSeconds === 0) return undefined;
  refused.set(shopId, refusedCalls(world, shopId) + 1);
  return { ...TOO_MANY, retryAfterSeconds: limits.retryAfterSeconds ?? Math.ceil(waitSeconds) };
}

/** How many calls of a shop its limits have turned away. */
export function refusedCalls(world: World, shopId: string): number {
  return world.traffic.meter.refused.get(shopId) ?? 0;
}

/** New limits begin with full buckets. */
export function setLimits(world: World, shopId: string, limits: CallLimits): void {
  const shop = world.state.shops.get(shopId, shopId);
  if (shop === undefined) return;
  for (const name of ['second', 'hour']) world.traffic.meter.buckets.delete(`${name}:${shopId}`);
  world.state.shops.put(shopId, shopId, { ...shop, limits });
}

function ratesOf({ requestsPerSecond, requestsPerHour }: CallLimits): [string, Rate][] {
  const rates: [string, Rate][] = [];
  if (requestsPerSecond) rates.push(['second', { size: requestsPerSecond, perSecond: requestsPerSecond }]);
  if (requestsPerHour) rates.push(['hour', { size: requestsPerHour, perSecond: requestsPerHour / SECONDS_PER_HOUR }]);
  return rates;
}
