import { shopKey } from '../../contracts/shop';
import { engineWords } from '../../words/engine';
import type { Say } from '../say';
import { readDemo, writeDemo } from './demo-document';
import type { DemoDocument, DemoDocuments } from './demo-document';
import type { DemoDoors } from './doors';
import { demoOrders } from './orders';
import { placeAll, resend, untilListed } from './place';
import { playDemo } from './play';

export interface DemoOptions {
  readonly documents: DemoDocuments;
  readonly shopId: string;
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly say: Say;
}

/** What is left to do for the demo of one state folder. Nothing of it rejects: the product runs with half a demo, or none. */
export interface Demo {
  /** Places what is missing and waits until all of it is listed. The API must be there. */
  place(): Promise<void>;
  /** Has people, buyers and carriers do their part. A worker must be there. */
  play(): Promise<void>;
  /** Does nothing more; settles when the call under way has ended. */
  stop(): Promise<void>;
}

const isDone = ({ isListed, isPlayed }: DemoDocument): boolean => isListed && isPlayed;

/**
 * The demo of a state folder: all of it where the shop was never opened, the rest of it where a start was cut off; undefined where
 * nothing is left to do. Asked before the shop is opened.
 */
export async function openDemo(options: DemoOptions): Promise<Demo | undefined> {
  const known = (await readDemo(options.documents)) ?? (await beginDemo(options));
  return known === undefined || isDone(known) ? undefined : demoFrom(options, known);
}

/** Where a demo that was cut off is not wanted any more, none of its orders is waited for. */
export async function giveUpDemo(documents: DemoDocuments): Promise<void> {
  const known = await readDemo(documents);
  if (known === undefined || isDone(known)) return;
  await writeDemo(documents, { ...known, orders: [], isListed: true, isPlayed: true });
}

async function beginDemo({ documents, shopId: shop }: DemoOptions): Promise<DemoDocument | undefined> {
  if ((await documents.get(shopKey(shop))) !== undefined) return undefined;
  const orders = demoOrders.map(({ id }) => id);
  const demo = { shop, at: Date.now(), orders, isListed: false, isPlayed: false };
  await writeDemo(documents, demo);
  return demo;
}

function demoFrom({ say, documents, ...where }: DemoOptions, begun: DemoDocument): Demo {
  const stopping = new AbortController();
  const doors: DemoDoors = { ...where, signal: stopping.signal };
  let demo = begun;
  let underWay = Promise.resolve();
  const keep = (change: Partial<DemoDocument>): Promise<void> => writeDemo(documents, (demo = { ...demo, ...change }));
  const run = (work: () => Promise<void>): Promise<void> => {
    underWay = underWay.then(work).catch((error: unknown) => {
      // A call that the stop has cut is no failure, and the next start goes on from here.
      if (!stopping.signal.aborted) say(engineWords.demoFailed(error instanceof Error ? error.message : String(error)));
    });
    return underWay;
  };
  const place = async (): Promise<void> => {
    if (demo.isListed) return;
    const problem = await placeAll(doors, demo.orders, demo.at);
    if (problem !== undefined) say(problem);
    // What could not be placed is not waited for.
    await keep({ orders: await untilListed(doors, demo.orders), isListed: true });
    say(engineWords.demoListed(demo.orders.length));
  };
  const play = async (): Promise<void> => {
    if (demo.isPlayed || !demo.isListed) return;
    if (begun.isListed) await resend(doors, demo.orders);
    await playDemo({ doors, at: demo.at, ids: demo.orders, say });
    stopping.signal.throwIfAborted();
    await keep({ isPlayed: true });
    say(engineWords.demoPlayed());
  };
  return {
    place: () => run(place),
    play: () => run(play),
    stop: async () => {
      stopping.abort();
      await underWay;
    },
  };
}
