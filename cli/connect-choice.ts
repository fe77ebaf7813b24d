import { createInterface } from 'node:readline/promises';
import { PlainFailure } from '../engine/plain-failure';
import { connectCliFailures, connectCliWords } from '../words/connect';

/** A shop that its owner consented to. */
export type ConnectShop = { id: string; name: string; region: string; isKnown: boolean };

/** Which shops somebody wants: by id, all of them, or as they say when they see the list. */
export type Wish = readonly string[] | 'all' | 'ask';

/**
 * The ids of the shops to connect.
 * @throws PlainFailure where somebody must be asked and there is no terminal.
 */
export async function chooseShops(
  shops: readonly ConnectShop[],
  wish: Wish,
  tell: (shops: readonly ConnectShop[]) => void,
): Promise<string[]> {
  if (wish === 'all') return shops.map(({ id }) => id);
  if (wish !== 'ask') return [...wish];
  tell(shops);
  if (!process.stdin.isTTY) throw new PlainFailure(connectCliFailures.cannotAsk);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return chosenBy(await terminal.question(connectCliWords.ask), shops);
  } finally {
    terminal.close();
  }
}

/** Reads what a person typed: numbers of the list, or all. */
export function chosenBy(text: string, shops: readonly ConnectShop[]): string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 1 && words[0] === 'all') return shops.map(({ id }) => id);
  const chosen = words.map((word) => {
    const shop = /^\d{1,3}$/.test(word) ? shops[Number(word) - 1] : undefined;
    if (shop === undefined) throw new PlainFailure(connectCliFailures.noSuchNumber(word));
    return shop.id;
  });
  if (chosen.length === 0) throw new PlainFailure(connectCliFailures.noSuchNumber(''));
  return [...new Set(chosen)];
}
