import { z } from 'zod';

const instant = z.iso.datetime();

/** What the command line needs of an alert in the API's answers. */
const Alert = z.object({
  key: z.string(),
  orderId: z.string(),
  shopId: z.string(),
  kind: z.string(),
  about: z.string(),
  sentence: z.string(),
  dueAt: instant.nullable(),
  state: z.string(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: instant.nullable(),
  settledAt: instant.nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const AlertList = z.object({ data: z.array(Alert), count: z.number(), asOf: instant });
export type AlertList = z.infer<typeof AlertList>;

export const AlertAnswer = z.object({ alert: Alert });
