import { z } from 'zod';

/** Under which key the demo of a state folder is kept. */
export const demoKey = 'demo';

/**
 * What is remembered of the demo shop's orders. It is there before the first of them is placed, so that a start that was cut off
 * goes on with it. A state folder without it never had a demo, or is older than the demo.
 */
export const DemoDocument = z.object({
  shop: z.string(),
  /** The instant from which the orders' ages count, epoch ms: a start that goes on writes the same orders. */
  at: z.number(),
  orders: z.array(z.string()),
  /** All of them stand in the list of orders. */
  isListed: z.boolean(),
  /** People, buyers and carriers have done their part. */
  isPlayed: z.boolean(),
});
export type DemoDocument = z.infer<typeof DemoDocument>;

/** Where documents are kept, as far as the demo needs it. */
export interface DemoDocuments {
  get(key: string): Promise<string | undefined>;
  put(key: string, text: string): Promise<void>;
}

/** What is known of the demo; undefined where there is none. */
export async function readDemo(documents: Pick<DemoDocuments, 'get'>): Promise<DemoDocument | undefined> {
  const text = await documents.get(demoKey);
  return text === undefined ? undefined : DemoDocument.parse(JSON.parse(text));
}

export async function writeDemo(documents: DemoDocuments, demo: DemoDocument): Promise<void> {
  await documents.put(demoKey, JSON.stringify(demo, null, 2));
}
