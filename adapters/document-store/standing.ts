import { z } from 'zod';
import type { Shop } from '../../contracts/shop';
import { ALL_SHOPS_KEY, assumedMode, ShopStanding, standingKey, STANDING_KEPT_MS } from '../../contracts/standing';

const AllShops = z.object({ writes: z.enum(['on', 'off']) });

type Reads = { get(key: string): Promise<string | undefined> };

/**
 * What may be done in a shop now: its own switch and that of all shops taken together.
 * @param kindOf Asked of a shop that has no standing yet: a live one is only watched; so is one that nobody knows.
 * @throws where a document cannot be read: nothing is written in a shop of which that is not known.
 */
export function standingOf(
  documents: Reads,
  kindOf: (shopId: string) => Promise<Shop['kind'] | undefined>,
): (shopId: string) => Promise<ShopStanding> {
  const kept = new Map<string, { text: string | undefined; until: number }>();
  const read = async (key: string): Promise<unknown> => {
    const known = kept.get(key);
    const isOld = known === undefined || known.until <= Date.now();
    // What was true when it was asked for, not when the answer came.
    const until = Date.now() + STANDING_KEPT_MS;
    const text = isOld ? await documents.get(key) : known.text;
    if (isOld) kept.set(key, { text, until });
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
  return async (shopId) => {
    const [own, all] = await Promise.all([read(standingKey(shopId)), read(ALL_SHOPS_KEY)]);
    const standing = ShopStanding.parse(own ?? { mode: assumedMode(await kindOf(shopId)) });
    const isAllOff = all !== undefined && AllShops.parse(all).writes === 'off';
    return isAllOff ? { ...standing, writes: 'off' } : standing;
  };
}
