import { z } from 'zod';

/** The desk's own wire: TikTok has pages for appeals and no API. Instants are ISO 8601. */
export const Case = z.looseObject({
  case_number: z.string().min(1),
  status: z.enum(['pending', 'won', 'lost']),
  decided_at: z.iso.datetime({ offset: true }).nullish(),
  /** What the decision gave back: cents, violation points, orders whose cancellation was taken back. */
  recovered: z
    .looseObject({
      amount_cents: z.int().nonnegative().nullish(),
      points: z.int().nonnegative().nullish(),
      orders: z.int().nonnegative().nullish(),
    })
    .nullish(),
});
export type Case = z.infer<typeof Case>;

export const Cases = z.looseObject({ cases: z.array(Case) });

export const Refusal = z.looseObject({ code: z.string() });
