import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { storyReportWords } from '../words/stories';
import { askApi, orderPath } from './api';
import { secondOf } from './instant';

/** A story takes 10 to 60 s; each look is a query, which leaves nothing in the order's history. */
const lookAgainMs = 1_000;

const List = z.object({ data: z.array(z.object({ orderId: z.string() })) });
const Timeline = z.object({ timeline: z.array(z.object({ at: z.iso.datetime(), sentence: z.string() })) });

export interface Watched {
  readonly apiUrl: string;
  readonly shopId: string;
  readonly say: (line: string) => void;
}

/** Who watches while a story is played. */
export interface Watch {
  /** Tells what was not told yet, and no more after that. */
  readonly end: () => Promise<void>;
}

/** Tells what happens to the first order of a shop as it happens, in the order's own words and by its shop's clock. */
export function watchStory({ apiUrl, shopId, say }: Watched): Watch {
  const ending = new AbortController();
  /** How often each line was told. */
  const told = new Map<string, number>();
  let orderId: string | undefined;
  const tellNews = async (): Promise<void> => {
    orderId ??= await firstOrderOf(apiUrl, shopId);
    if (orderId === undefined) return;
    const { timeline } = Timeline.parse(await askApi(apiUrl, orderPath({ shopId, orderId })));
    const found = new Map<string, number>();
    for (const { at, sentence } of timeline) {
      // Several may be of one second, word for word the same, and what was late to be heard stands before what was told.
      const line = storyReportWords.happened(secondOf(at), sentence);
      const count = (found.get(line) ?? 0) + 1;
      found.set(line, count);
      if (count <= (told.get(line) ?? 0)) continue;
      say(line);
      told.set(line, count);
    }
  };
  // It is only shown: whoever plays the story hears of a product that does not answer.
  const look = (): Promise<void> => tellNews().catch(() => undefined);
  const keepLooking = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await look();
      await pause(lookAgainMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const watching = keepLooking();
  return {
    end: async () => {
      ending.abort();
      await watching;
      await look();
    },
  };
}

/** The list has the newest first. */
async function firstOrderOf(apiUrl: string, shopId: string): Promise<string | undefined> {
  return List.parse(await askApi(apiUrl, `/v1/orders?shop=${shopId}&limit=100`)).data.at(-1)?.orderId;
}
