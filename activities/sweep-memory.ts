import { z } from 'zod';
import { nothingSeen, type Seen } from '../domain/sweep/seen';
import type { PlatformStatus } from '../domain/order/facts';
import { rankOf } from '../domain/order/milestones';
import type { Ports } from './ports';

const Status = z.custom<PlatformStatus>((value) => typeof value === 'string' && rankOf(value as PlatformStatus) >= 0);

const SeenDocument = z.object({
  since: z.number(),
  reached: z.number(),
  orders: z.record(z.string(), z.tuple([z.number(), Status])),
});

/** What a shop's sweep has looked at; only its sweep writes it, one round at a time. */
const seenKey = (shopId: string): string => `sweeps/${shopId}/seen`;

export async function readSeen({ vault }: Pick<Ports, 'vault'>, shopId: string): Promise<Seen> {
  const text = await vault.get(seenKey(shopId));
  if (text === undefined) return nothingSeen();
  // One that was written by another edition is as good as none: its changes are told once more.
  return SeenDocument.safeParse(JSON.parse(text)).data ?? nothingSeen();
}

export const keepSeen = ({ vault }: Pick<Ports, 'vault'>, shopId: string, seen: Seen): Promise<void> =>
  vault.put(seenKey(shopId), JSON.stringify(seen));
