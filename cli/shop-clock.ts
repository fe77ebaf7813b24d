import { sandboxClock } from '../engine/sandbox-clock';
import { cliWords } from '../words/cli';
import { minuteOf } from './instant';
import { readShopDocument } from './shop-document';
import type { Surroundings } from './surroundings';

/** The clocks of sandbox shops by id, epoch ms. A shop that is not in it lives in the real now. */
export type ShopClocks = ReadonlyMap<string, number>;

/** Clocks are read one after the other and tick; only what is further apart than this was moved. */
const movedMs = 60_000;

/** Reads the clocks of these shops: after a fast-forward, the time left counts from there. */
export async function readShopClocks(surroundings: Surroundings, shopIds: readonly string[]): Promise<ShopClocks> {
  const shops = [...new Set(shopIds)];
  const readings = await Promise.all(shops.map((shopId) => readClock(surroundings, shopId)));
  return new Map(shops.flatMap((shopId, index) => pairOf(shopId, readings[index])));
}

const pairOf = (shopId: string, now: number | undefined): [string, number][] =>
  now === undefined ? [] : [[shopId, now]];

async function readClock({ documentsDir, sandboxUrl }: Surroundings, shopId: string): Promise<number | undefined> {
  try {
    const { kind, clock } = await readShopDocument(documentsDir, shopId);
    if (kind !== 'sandbox' || clock !== undefined) return undefined;
    return (await sandboxClock(sandboxUrl, shopId).read()).now;
  } catch {
    // An order must be readable where the sandbox is not, such as from another machine.
    return undefined;
  }
}

/** Tells which of the clocks do not stand at the real now. */
export const sayMovedClocks = (clocks: ShopClocks, realNow: number): string[] =>
  [...clocks]
    .filter(([, now]) => Math.abs(now - realNow) > movedMs)
    .map(([shopId, now]) => cliWords.shopClock(shopId, minuteOf(now)));
