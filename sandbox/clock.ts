import type { World } from './world';

/** The shop's own time in epoch milliseconds. It ticks with the wall clock. */
export function nowOf(world: World, shopId: string): number {
  return Date.now() + (world.state.shops.get(shopId, shopId)?.offsetMs ?? 0);
}

/** The shop's own time in epoch seconds, as TikTok writes instants. */
export function nowSecondsOf(world: World, shopId: string): number {
  return toSeconds(nowOf(world, shopId));
}

/** Epoch milliseconds to whole epoch seconds. */
export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** Brings a shop's clock forward to an instant and answers its time then. It never goes back. */
export function bringClockTo(world: World, shopId: string, at: number): number {
  const shop = world.state.shops.get(shopId, shopId);
  const now = nowOf(world, shopId);
  if (shop === undefined || at <= now) return now;
  world.state.shops.put(shopId, shopId, { ...shop, offsetMs: at - Date.now() });
  return at;
}
