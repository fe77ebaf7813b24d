import { z } from 'zod';

/** What the command line needs of the API's answers about batches. */
export const CreatedBatch = z.object({ batchId: z.string(), total: z.number() });

const Progress = {
  batchId: z.string(),
  createdAt: z.string(),
  status: z.string(),
  total: z.number(),
  settled: z.number(),
  failed: z.number(),
  pieces: z.number(),
};

export const BatchList = z.object({ data: z.array(z.object(Progress)) });

export const BatchAnswer = z.object({
  ...Progress,
  shopId: z.string(),
  format: z.enum(['pdf', 'zpl']),
  printable: z.number(),
  late: z.array(z.number()),
  failures: z.array(z.object({ number: z.number(), orderId: z.string(), sentence: z.string() })),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;
