import { z } from 'zod';

const Switched = z.object({ by: z.string(), at: z.string() }).nullable();

/** A shop as the API tells it. */
export const ShopAnswer = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.string(),
  writes: z.enum(['on', 'off']),
  writesOfShop: z.enum(['on', 'off']),
  connection: z.string(),
  consentEndsAt: z.string().nullable(),
  switched: z.object({ mode: Switched, writes: Switched }),
});
export type ShopAnswer = z.infer<typeof ShopAnswer>;

/** The switch of all shops. */
export const WritesAnswer = z.object({
  writes: z.enum(['on', 'off']),
  by: z.string().nullable(),
  at: z.string().nullable(),
});

export const ShopList = z.object({ data: z.array(ShopAnswer), writes: WritesAnswer });

/** What became of a switch of one shop. */
export const SwitchedAnswer = z.object({ shopId: z.string(), mode: z.string(), writes: z.enum(['on', 'off']) });
