import { createInterface } from 'node:readline/promises';
import { PlainFailure } from '../engine/plain-failure';
import { connectCliFailures, connectCliWords } from '../words/connect';

/** A shop that its owner consented to. */
export type ConnectShop = { id: string; name: string; region: string; isKnown: boolean };

/** Which shops somebody wants: by id, all of them, or as they say when they see the list. */
export type Wish = readonly string[] | 'all' | 'ask';

/** Puts a question to the person at the terminal. */
export type Ask = (question: string) => Promise<string>;

/** How shops are told of and chosen. */
export type Talk = {
  list: (shops: readonly ConnectShop[]) => void;
  /** What was wrong with an answer. */
  complain: (sentence: string) => void;
  /** Undefined where there is no terminal. */
  ask: Ask | undefined;
};

/**
 * The ids of the shops to connect. A slip is said and asked about again: the consent behind it is good for one use only.
 * @throws PlainFailure where somebody must be asked and there is no terminal.
 */
export async function chooseShops(shops: readonly ConnectShop[], wish: Wish, talk: Talk): Promise<string[]> {
  if (shops.length === 0) throw new PlainFailure(connectCliFailures.noShops);
  if (wish === 'all') return shops.map(({ id }) => id);
  if (wish !== 'ask') {
    const strangers = wish.filter((id) => !shops.some((shop) => shop.id === id));
    if (strangers.length === 0) return [...new Set(wish)];
    if (talk.ask !== undefined) talk.complain(connectCliFailures.notConsented(strangers));
    else return refuseStrangers(strangers, shops, talk);
  }
  talk.list(shops);
  if (talk.ask === undefined) throw new PlainFailure(connectCliFailures.cannotAsk);
  return askUntilChosen(talk.ask, shops, talk);
}

function refuseStrangers(strangers: readonly string[], shops: readonly ConnectShop[], { list }: Talk): never {
  list(shops);
  throw new PlainFailure(connectCliFailures.consentedOnly(strangers, shops));
}

async function askUntilChosen(ask: Ask, shops: readonly ConnectShop[], { complain }: Talk): Promise<string[]> {
  for (;;) {
    const text = await ask(connectCliWords.ask);
    try {
      return chosenBy(text, shops);
    } catch (error) {
      if (!(error instanceof PlainFailure)) throw error;
      complain(error.message);
    }
  }
}

/** Asks at the terminal, if there is one. A terminal that is closed instead of answered ends the command. */
export function askerOf(stdin: NodeJS.ReadStream): Ask | undefined {
  if (!stdin.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input: stdin, output: process.stderr });
    const closing = new AbortController();
    terminal.once('close', () => closing.abort());
    try {
      return await terminal.question(question, { signal: closing.signal });
    } catch (error) {
      if (!closing.signal.aborted) throw error;
      throw new PlainFailure(connectCliFailures.noAnswer, { cause: error });
    } finally {
      terminal.close();
    }
  };
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
