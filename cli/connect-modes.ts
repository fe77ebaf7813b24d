import { PlainFailure } from '../engine/plain-failure';
import { connectCliWords } from '../words/connect';
import { askApi, readAs } from './api';
import { ShopList } from './shop-answer';

/** What may be done in each connected shop, by its id. One that was never connected is not in it. */
export type ShopModes = ReadonlyMap<string, string>;

/** Empty where it cannot be read: a consent is not thrown away for want of a sentence. */
export async function readShopModes(apiUrl: string): Promise<ShopModes> {
  try {
    const { data } = readAs(ShopList, await askApi(apiUrl, '/v1/shops'), apiUrl);
    const connected = data.filter(({ connection }) => connection !== 'notConnected');
    return new Map(connected.map(({ id, mode }) => [id, mode]));
  } catch (error) {
    if (error instanceof PlainFailure) return new Map();
    throw error;
  }
}

/** Says on which mode a shop is now, and whether it was before. */
export function sayMode(id: string, before: ShopModes, now: ShopModes): string[] {
  const mode = now.get(id);
  return mode === undefined ? [] : [connectCliWords.mode(mode, before.get(id) === mode)];
}
