import { z } from 'zod';

const instant = z.iso.datetime();

const Deadline = z.object({
  name: z.string(),
  at: instant,
  platformAt: instant.nullable(),
  /** The instant as people of the rule's zone say it. */
  local: z.string(),
  rule: z.string(),
  severity: z.enum(['target', 'limit']),
  provisional: z.boolean(),
  workBy: instant,
  met: z.boolean().nullable(),
  metAt: instant.nullable(),
});
export type Deadline = z.infer<typeof Deadline>;

const Parcel = z.object({
  label: z.object({
    status: z.string(),
    trackingNumber: z.string().optional(),
    carrier: z.string().optional(),
    reason: z.string().optional(),
  }),
  upload: z.object({ status: z.string(), reason: z.string().optional() }),
  tracking: z.object({ meaning: z.string() }),
  manifest: z.object({ status: z.string(), date: z.string().optional() }),
  appeal: z.object({ status: z.string(), caseNumber: z.string().optional() }).optional(),
});
export type Parcel = z.infer<typeof Parcel>;

/** What the page needs of the API's answer about one order. */
export const OrderAnswer = z.object({
  shopId: z.string(),
  orderId: z.string(),
  phase: z.string(),
  outcome: z.string().nullable(),
  createdAt: instant.nullable(),
  /** Until when the buyer may cancel alone; null where that is over. */
  holdEndsAt: instant.nullable(),
  heldBy: z.string().nullable(),
  shipOn: z.string().nullable(),
  handover: z.object({ method: z.string().nullable(), at: instant.nullable() }).nullable(),
  agenda: z.array(Deadline),
  packages: z.record(z.string(), Parcel),
  toDo: z.array(z.string()),
  timeline: z.array(z.object({ at: instant, sentence: z.string() })),
  links: z.object({ temporal: z.string() }),
});
export type OrderAnswer = z.infer<typeof OrderAnswer>;
