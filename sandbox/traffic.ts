import type { Request, Response } from 'express';
import { nowOf } from './clock';
import type { World } from './world';

/** A request seen on a wire. No query and no body: they carry signatures and addresses. */
type Seen = {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** `null` when it was never answered, or not yet. */
  status: number | null;
  ms: number | null;
};

/** The last requests of each shop, in memory only. */
export type Traffic = Map<string, Seen[]>;

const KEPT_PER_SHOP = 1_000;

/** Notes a request at its arrival and fills in how it ended. */
export function watch(world: World, shopId: string, { req, res }: { req: Request; res: Response }): void {
  const startedAt = Date.now();
  const path = `${req.baseUrl}${req.path}`;
  const seen: Seen = {
    at: new Date(nowOf(world, shopId)).toISOString(),
    method: req.method,
    path,
    status: null,
    ms: null,
  };
  const all = world.traffic.get(shopId) ?? [];
  all.push(seen);
  if (all.length > KEPT_PER_SHOP) all.shift();
  world.traffic.set(shopId, all);
  res.once('finish', () => {
    seen.status = res.statusCode;
    seen.ms = Date.now() - startedAt;
  });
}
